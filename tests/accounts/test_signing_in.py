"""Signing up and in: by password and by code, without telling who is here."""

import re
import time
from pathlib import Path

import allauth
import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse

from accounts.adapter import AccountAdapter
from accounts.letters import LETTERS
from accounts.models import User
from accounts.roles import Role
from tests.factories.accounts import (
    PASSWORD,
    EnterpriseFactory,
    EnterpriseInvitationFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db
SIGN_UP = reverse("account_signup")
SIGN_IN = reverse("account_login")
BY_CODE = reverse("account_request_login_code")
NEW = {"email": "New@Example.com", "name": "王示範", "password1": ""}


def sign_in(client, email, password):
    return client.post(SIGN_IN, {"login": email, "password": password})


def code_in(mail):
    return re.search(r"^([A-Z0-9-]{6,})$", mail.body, re.MULTILINE)[1]


def test_a_person_signs_up_without_a_password_by_a_code(client, mailoutbox):
    told = client.post(SIGN_UP, NEW)
    done = client.post(told["Location"], {"code": code_in(mailoutbox[-1])})

    assert done.status_code == 302
    person = User.objects.get()
    assert (person.email, person.name, person.language) == ("new@example.com", "王示範", "zh-hant")
    assert not person.has_usable_password()
    assert client.get(reverse("account:profile")).status_code == 200


def test_a_chosen_password_counts_once_the_address_is_confirmed(client, mailoutbox):
    told = client.post(SIGN_UP, {**NEW, "password1": "correct-horse-115"})
    assert not User.objects.get().has_usable_password()

    client.post(told["Location"], {"code": code_in(mailoutbox[-1])})

    assert User.objects.get().check_password("correct-horse-115")
    assert client.get(reverse("account:profile")).status_code == 200


def test_a_stranger_who_signed_up_with_my_address_gets_no_way_in(client, mailoutbox):
    client.post(SIGN_UP, {**NEW, "password1": "strangers-password-1"})
    mine = Client()

    asked = mine.post(BY_CODE, {"email": "new@example.com"})
    mine.post(asked["Location"], {"code": code_in(mailoutbox[-1])})

    assert mine.get(reverse("account:profile")).status_code == 200
    sign_in(Client(), "new@example.com", "strangers-password-1")
    assert not User.objects.get().check_password("strangers-password-1")


def test_the_language_of_the_page_becomes_the_language_of_the_person(client, mailoutbox):
    client.post("/en" + SIGN_UP, NEW)

    assert User.objects.get().language == "en"
    assert "Enter this code" in mailoutbox[-1].body


def test_a_known_and_an_unknown_address_sign_up_alike(client, mailoutbox):
    UserFactory(email="known@example.com", verified=True)

    known = client.post(SIGN_UP, {**NEW, "email": "Known@example.com"})
    client.logout()
    unknown = client.post(SIGN_UP, {**NEW, "email": "unknown@example.com"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    assert [mail.to for mail in mailoutbox] == [["known@example.com"], ["unknown@example.com"]]
    assert "已經有帳號" in mailoutbox[0].body
    assert User.objects.count() == 2


def test_a_known_and_an_unknown_address_ask_for_a_code_alike(client, mailoutbox):
    UserFactory(email="known@example.com", verified=True)
    answers = []

    for email in ("known@example.com", "unknown@example.com"):
        response = client.post(BY_CODE, {"email": email})
        answers.append((response.status_code, response.get("Location")))
        client.logout()

    assert answers[0] == answers[1]
    assert len(mailoutbox) == 2


def test_a_known_and_an_unknown_address_reset_the_password_alike(client, mailoutbox):
    UserFactory(email="known@example.com", verified=True)
    answers = []

    for email in ("known@example.com", "unknown@example.com"):
        response = client.post(reverse("account_reset_password"), {"email": email})
        answers.append((response.status_code, response.get("Location")))
        client.logout()

    assert answers[0] == answers[1]
    assert len(mailoutbox) == 2


def test_a_wrong_password_and_an_unknown_address_are_answered_alike(client):
    UserFactory(email="known@example.com", verified=True)

    wrong = sign_in(client, "known@example.com", "wrong").content.decode()
    unknown = sign_in(client, "nobodyy@example.com", "wrong").content.decode()

    def words(page):
        page = re.sub(r"\w+@example.com", "", page)
        return re.sub(
            r'(name="csrfmiddlewaretoken" value|nonce|X-CSRFToken)":? ?"?[^"]*', "", page
        )

    assert len(words(wrong)) == pytest.approx(len(words(unknown)), abs=80)


def test_a_person_signs_in_by_password_in_their_language_and_gets_a_new_session(client):
    UserFactory(email="known@example.com", verified=True, language="en")
    client.get(SIGN_IN)
    client.session.save()
    before = client.session.session_key

    response = sign_in(client, "KNOWN@example.com", PASSWORD)

    assert response["Location"] == "/en/start/"
    assert client.session.session_key != before


def test_the_old_session_is_dead_after_signing_out(client):
    client.force_login(UserFactory(), backend="django.contrib.auth.backends.ModelBackend")
    old = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("account_logout"))

    client.cookies[settings.SESSION_COOKIE_NAME] = old

    assert client.get(reverse("account:profile")).status_code == 302


def test_a_person_signs_in_by_code(client, mailoutbox):
    UserFactory(email="known@example.com", verified=True)
    asked = client.post(BY_CODE, {"email": "known@example.com"})

    done = client.post(asked["Location"], {"code": code_in(mailoutbox[-1])})

    assert done.status_code == 302
    assert client.get(reverse("account:profile")).status_code == 200


def test_a_code_is_guessed_at_three_times_at_most(client, mailoutbox):
    UserFactory(email="known@example.com", verified=True)
    asked = client.post(BY_CODE, {"email": "known@example.com"})
    for _ in range(3):
        client.post(asked["Location"], {"code": "WRONG1"})

    client.post(asked["Location"], {"code": code_in(mailoutbox[-1])})

    assert client.get(reverse("account:profile")).status_code == 302


def test_after_ten_wrong_passwords_even_the_right_one_waits(client):
    UserFactory(email="known@example.com", verified=True)
    for _ in range(10):
        sign_in(client, "known@example.com", "wrong")

    assert sign_in(client, "known@example.com", PASSWORD).status_code in {200, 429}
    assert client.get(reverse("account:profile")).status_code == 302


def test_a_whole_network_has_one_quota_of_wrong_passwords(client):
    for n in range(10):
        client.post(
            SIGN_IN,
            {"login": f"someone{n}@example.com", "password": "wrong"},
            REMOTE_ADDR=f"203.0.113.{n}",
        )
    UserFactory(email="known@example.com", verified=True)

    client.post(
        SIGN_IN,
        {"login": "known@example.com", "password": PASSWORD},
        REMOTE_ADDR="203.0.113.200",
    )

    assert client.get(reverse("account:profile")).status_code == 302


def test_a_closed_account_does_not_sign_in(client):
    UserFactory(email="known@example.com", verified=True, is_active=False)

    sign_in(client, "known@example.com", PASSWORD)

    assert client.get(reverse("account:profile")).status_code == 302


@pytest.mark.parametrize("text", ["\x00", "字" * 5000, "a@b", "ㅤ", "<b>@x.tw"])
def test_bad_input_at_sign_up_is_never_an_error(client, text):
    response = client.post(SIGN_UP, {"email": text, "name": text, "password1": text})

    assert response.status_code in {200, 400, 422}
    assert not User.objects.exists()


def test_an_open_redirect_is_not_followed(client):
    UserFactory(email="known@example.com", verified=True)

    response = client.post(
        SIGN_IN,
        {"login": "known@example.com", "password": PASSWORD, "next": "https://evil.example/"},
    )

    assert "evil" not in response["Location"]


@pytest.mark.parametrize("language", ["zh-hant", "en"])
@pytest.mark.parametrize("name", LETTERS)
def test_every_letter_is_written_in_both_languages_with_equal_parts(rf, name, language):
    person = UserFactory.build(language=language)
    adapter = AccountAdapter(rf.get("/", HTTP_HOST="evil.example"))
    context = {"user": person, "code": "ABC-123", "signup_url": "https://evil.example/x"}

    letter = adapter.letter(name, "a@example.com", context)

    html = letter.alternatives[0].content
    assert "\n" not in letter.subject
    assert "evil" not in letter.body + html
    for line in LETTERS[name].lines:
        assert str(line) in letter.body
    if LETTERS[name].shows == "code":
        assert "ABC-123" in letter.body
        assert "ABC-123" in html


def test_letters_cover_every_mail_that_allauth_may_send():
    root = Path(allauth.__file__).parent / "templates"
    folders = ("account/email", "mfa/email")
    sent = {
        f"{folder}/{path.name.removesuffix('_subject.txt')}"
        for folder in folders
        for path in (root / folder).glob("*_subject.txt")
    }

    assert sent - set(LETTERS) == {"account/email/password_reset_key"}


def test_mail_that_cannot_be_sent_is_a_message_and_no_error(client, settings):
    settings.EMAIL_BACKEND = "tests.accounts.test_signing_in.BrokenBackend"

    response = client.post(SIGN_UP, NEW, follow=True)

    assert response.status_code == 200
    assert "電子郵件暫時寄不出去" in response.content.decode()


class BrokenBackend:
    def __init__(self, **kwargs):
        pass

    def send_messages(self, messages):
        raise ConnectionRefusedError


def test_staff_add_a_second_factor_before_anything_else_where_it_is_required(client, settings):
    settings.PORTAL_STAFF_MFA_REQUIRED = True
    officer = UserFactory(staff_role=Role.ADMINISTRATOR)
    client.force_login(officer)

    sent_off = client.get(reverse("account:staff"))
    assert sent_off["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200

    Authenticator.objects.create(user=officer, type="totp", data={"secret": "x"})
    assert client.get(reverse("account:staff")).status_code == 200


def test_owners_need_no_second_factor(client, settings):
    settings.PORTAL_STAFF_MFA_REQUIRED = True
    client.force_login(UserFactory())

    assert client.get(reverse("account:profile")).status_code == 200


def test_the_demo_asks_staff_for_none(client):
    client.force_login(UserFactory(staff_role=Role.ADMINISTRATOR))

    assert client.get(reverse("account:staff")).status_code == 200


@pytest.mark.parametrize("email", ["known@example.com", "unknown@example.com"])
def test_answers_to_an_address_come_at_even_moments(client, settings, email):
    settings.SIGN_IN_ANSWER_QUANTUM = 0.4
    UserFactory(email="known@example.com", verified=True)

    started = time.monotonic()
    client.post(SIGN_UP, {**NEW, "email": email})

    assert time.monotonic() - started > 0.38


def test_a_known_address_costs_a_hash_at_sign_up_as_an_unknown_one_does(client, settings):
    settings.PASSWORD_HASHERS = ["tests.accounts.test_signing_in.CountingHasher"]
    UserFactory(email="known@example.com", verified=True, password="x")
    counts = []

    for email in ("known@example.com", "unknown@example.com"):
        CountingHasher.count = 0
        Client().post(SIGN_UP, {**NEW, "email": email, "password1": "correct-horse-115"})
        counts.append(CountingHasher.count)

    assert counts == [1, 1]


class CountingHasher(MD5PasswordHasher):
    algorithm = "counting"
    count = 0

    def encode(self, password, salt):
        type(self).count += 1
        return super().encode(password, salt)


def test_an_invited_stranger_signs_up_and_comes_back_to_the_invitation(client, mailoutbox):
    owner = UserFactory()
    invitation = EnterpriseInvitationFactory(
        enterprise=EnterpriseFactory(owner=owner), email="new@example.com"
    )
    page = reverse("account:invitation", args=[invitation.token])
    assert f"{SIGN_UP}?next={page}" in client.get(page).content.decode()

    told = client.post(f"{SIGN_UP}?next={page}", {**NEW, "next": page})
    back = client.post(told["Location"], {"code": code_in(mailoutbox[-1])})
    joined = client.post(page + "accept/")

    assert back["Location"] == page
    assert joined["Location"] == reverse("account:enterprise", args=[invitation.enterprise_id])
