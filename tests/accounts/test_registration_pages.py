"""Adding an enterprise step by step."""

import uuid

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from accounts.models import Enterprise, EnterpriseMembership
from accounts.views import registration as pages
from tests.factories.accounts import EnterpriseFactory, SizeThresholdFactory, UserFactory

pytestmark = pytest.mark.django_db
NUMBER = "99990004"
START = reverse("account:enterprise_start")
DETAILS = reverse("account:enterprise_details")
CHECK = reverse("account:enterprise_check")
ANSWERS = {
    "name_zh": "示範甲木業有限公司",
    "registration_kind": "company",
    "industry": "C",
    "county": "nantou",
    "founded_on": "98/03/18",
    "paid_in_capital": "6,200,000",
    "regular_staff": "18",
}


class SilentRegistry:
    name = "silent"
    is_local = True

    def find(self, business_number):
        return None


@pytest.fixture
def person(client):
    someone = UserFactory()
    client.force_login(someone)
    return someone


def go_to_check(client, number=NUMBER, **answers):
    client.post(START, {"business_number": number})
    return client.post(DETAILS, {**ANSWERS, **answers})


def register(client):
    return client.post(CHECK, {"idempotency_key": str(uuid.uuid4())})


def test_an_enterprise_is_registered_in_three_steps(client, person):
    SizeThresholdFactory()
    assert client.get(START).status_code == 200

    looked_up = client.post(START, {"business_number": NUMBER})
    prefilled = client.get(DETAILS).content.decode()
    told = client.post(DETAILS, ANSWERS)
    check = client.get(CHECK).content.decode()
    done = register(client)

    assert looked_up["Location"] == DETAILS
    assert 'value="示範甲木業有限公司"' in prefilled
    assert 'value="6200000"' in prefilled
    assert told["Location"] == CHECK
    assert "6,200,000" in check
    assert "100,000,000" in check
    enterprise = Enterprise.objects.get()
    assert done["Location"] == reverse("account:enterprise", args=[enterprise.pk])
    assert enterprise.registry_source == "fixture"
    assert enterprise.memberships.get().user == person


def test_a_known_and_an_unknown_number_are_answered_alike(client, person):
    EnterpriseFactory(business_number=NUMBER, owner=UserFactory(), representative="秘密")
    pages_of = {}

    for number in (NUMBER, "99990009"):
        first = client.post(START, {"business_number": number})
        second = client.get(DETAILS)
        third = client.post(DETAILS, ANSWERS)
        fourth = client.get(CHECK)
        assert "秘密" not in second.content.decode() + fourth.content.decode()
        pages_of[number] = [(r.status_code, r.get("Location")) for r in (first, second, third)]

    assert pages_of[NUMBER] == pages_of["99990009"]


def test_the_second_claimant_is_told_of_the_review_and_sees_nothing(client, person):
    known = EnterpriseFactory(business_number=NUMBER, owner=UserFactory())
    go_to_check(client)

    response = register(client)

    assert response["Location"] == reverse("account:enterprise_sent")
    assert known.name_zh not in client.get(response["Location"]).content.decode()
    assert EnterpriseMembership.objects.get(user=person).state == "pending"
    assert client.get(reverse("account:enterprise", args=[known.pk])).status_code == 404


def test_a_double_click_registers_once(client, person):
    go_to_check(client)
    key = str(uuid.uuid4())
    client.post(CHECK, {"idempotency_key": key})
    go_to_check(client)
    client.post(CHECK, {"idempotency_key": key})

    assert EnterpriseMembership.objects.count() == 1


def test_the_number_is_looked_up_twenty_times_an_hour_at_most(client, person):
    half_past = timezone.now().replace(minute=30)
    with time_machine.travel(half_past, tick=False):
        codes = [client.post(START, {"business_number": NUMBER}).status_code for _ in range(21)]

    assert codes == [303] * 20 + [429]


@pytest.mark.parametrize("number", ["", "123", "12345678", "\x00", "x" * 5000])
def test_a_bad_number_is_explained(client, person, number):
    response = client.post(START, {"business_number": number})

    assert response.status_code in {400, 422}


def test_a_silent_registry_leaves_the_filling_in_to_the_person(client, person, settings):
    settings.ENTERPRISE_REGISTRY = f"{__name__}.SilentRegistry"

    client.post(START, {"business_number": NUMBER})
    page = client.get(DETAILS)

    assert page.status_code == 200
    assert "示範甲木業" not in page.content.decode()


def test_a_dissolved_enterprise_is_not_filled_in(client, person):
    client.post(START, {"business_number": "99990068"})

    assert "示範卯紡織" not in client.get(DETAILS).content.decode()


def test_bad_answers_are_explained_and_kept(client, person):
    client.post(START, {"business_number": NUMBER})

    response = client.post(DETAILS, {**ANSWERS, "founded_on": "113/02/30", "name_en": "Jia Wood"})

    assert response.status_code == 422
    assert 'value="113/02/30"' in response.content.decode()
    assert 'value="Jia Wood"' in response.content.decode()


def test_later_steps_lead_back_to_the_first(client, person):
    assert client.get(DETAILS)["Location"] == START
    assert client.get(CHECK)["Location"] == START
    client.post(START, {"business_number": NUMBER})
    client.post(START, {"business_number": "04595257"})
    assert client.get(CHECK)["Location"] == DETAILS


def test_without_a_key_nothing_is_registered(client, person):
    go_to_check(client)

    assert client.post(CHECK, {}).status_code == 422
    assert not Enterprise.objects.exists()


def test_too_many_claims_are_refused_in_words(client, person):
    for number in ("99990004", "99990009", "99990010", "99990015", "99990021", "99990026"):
        EnterpriseFactory(business_number=number, owner=UserFactory())
        go_to_check(client, number)
        response = register(client)

    assert response.status_code == 409


def test_the_facts_of_the_size_class_are_shown_for_half_known_enterprises(client, person):
    SizeThresholdFactory()
    go_to_check(client, paid_in_capital="200000000", regular_staff="")

    page = client.get(CHECK).content.decode()

    assert "200,000,000" in page
    assert str(pages.wording.QUESTIONS[pages.wording.Datum.REGULAR_STAFF]) in page
