"""Following a case without an account."""

import datetime as dt

import pytest
import time_machine
from django.utils import timezone

from notifications.models import Message
from notifications.registry import LETTER_KIND
from tests.assistance.asking import catalogue as two_systems
from tests.assistance.asking import newest_code, submit
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db
EMAIL = "lin@example.test"


@pytest.fixture
def case(db):
    two_systems()
    return submit()


def look_up(client, case, contact=EMAIL):
    return client.post("/track/", {"reference": case.reference, "contact": contact})


def follow(client, case):
    look_up(client, case)
    return client.post("/track/code/", {"code": newest_code()})


def test_number_and_code_open_the_case_for_this_session(client, case):
    response = follow(client, case)

    assert response["Location"] == f"/track/{case.reference}/"
    assert case.subject in client.get(response["Location"]).content.decode()
    assert type(client)().get(response["Location"]).status_code == 404


def test_only_that_case_is_opened(client, case):
    other = submit()
    follow(client, case)

    assert client.get(f"/track/{other.reference}/").status_code == 404


def test_known_and_unknown_numbers_answer_alike(client, case):
    known = look_up(client, case)
    first = client.get("/track/code/").content.decode()
    other = type(client)()
    unknown = other.post("/track/", {"reference": "A115-01-99999", "contact": EMAIL})
    second = other.get("/track/code/").content.decode()

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert first.count("<p>") == second.count("<p>")
    assert Message.objects.filter(kind=LETTER_KIND).count() == 1


def test_a_wrong_code_says_the_same_for_known_and_unknown(client, case):
    look_up(client, case)
    wrong = f"{(int(newest_code()) + 1) % 10**6:06d}"
    known = client.post("/track/code/", {"code": wrong})
    other = type(client)()
    other.post("/track/", {"reference": "A115-01-99999", "contact": EMAIL})
    unknown = other.post("/track/code/", {"code": wrong})

    assert known.status_code == unknown.status_code == 422
    assert "驗證碼不正確或已失效" in known.content.decode()
    assert "驗證碼不正確或已失效" in unknown.content.decode()


def test_full_width_numbers_and_small_letters_are_understood(client, case):
    typed = case.reference.lower().replace("1", "１")

    client.post("/track/", {"reference": typed, "contact": EMAIL.upper()})

    assert Message.objects.filter(kind=LETTER_KIND).exists()


def test_it_ends_after_four_hours_and_when_she_leaves(client, case):
    url = follow(client, case)["Location"]
    with time_machine.travel(timezone.now() + dt.timedelta(hours=5)):
        assert client.get(url).status_code == 404

    client.post("/track/leave/")

    assert client.get(url).status_code == 404


def test_the_session_changes_its_id_when_a_case_opens(client, case):
    look_up(client, case)
    before = client.session.session_key

    client.post("/track/code/", {"code": newest_code()})

    assert client.session.session_key != before


@pytest.mark.parametrize("typed", ["", "x", "A115", "\x00", "A115-08-00417' OR 1=1"])
def test_nonsense_numbers_are_refused_in_words(client, db, typed):
    response = client.post("/track/", {"reference": typed, "contact": EMAIL})

    assert response.status_code in {400, 422}


def test_the_code_page_leads_back_without_a_number(client, db):
    assert client.get("/track/code/")["Location"] == "/track/"
    assert client.post("/track/code/again/")["Location"] == "/track/"


def test_trying_codes_from_one_place_is_slowed_down(client, case):
    look_up(client, case)

    codes = [client.post("/track/code/", {"code": "000000"}).status_code for _ in range(22)]

    assert codes[-1] == 429


def test_a_signed_in_stranger_follows_by_code_too(client, case):
    client.force_login(UserFactory())

    assert follow(client, case).status_code == 303


def test_the_english_pages_are_drawn(client, case):
    assert client.get("/en/track/").status_code == 200
    client.post("/en/track/", {"reference": case.reference, "contact": EMAIL})
    assert client.get("/en/track/code/").status_code == 200
