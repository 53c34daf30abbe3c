"""Every page and letter about signing in speaks the portal's own plain words, in both languages."""

import html
import re
from collections.abc import Iterator
from pathlib import Path

import allauth
import polib
import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.test import Client
from django.urls import reverse
from django.utils import translation

from accounts.forms.signing_in import Worded
from tests.factories.accounts import PASSWORD, UserFactory

pytestmark = pytest.mark.django_db

OUTSIDE = (
    "account_login",
    "account_signup",
    "account_request_login_code",
    "account_reset_password",
    "account_inactive",
    "account_password_reset_completed",
)
INSIDE = (
    "account_email",
    "account_change_password",
    "account_reauthenticate",
    "account_logout",
    "mfa_index",
    "mfa_activate_totp",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
)
PROTECTED = (
    "mfa_index",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_list_webauthn",
    "account_reauthenticate",
    "mfa_reauthenticate",
)
WRONG = {
    "email": "x",
    "login": "x",
    "password": "y",
    "oldpassword": "y",
    "password1": "1",
    "password2": "2",
    "code": "ZZZZ",
    "action_add": "1",
}
# Words both have, because there is no plainer way to say it.
SHARED = {
    "密碼", "登入", "登出", "移除", "驗證碼", "電子郵件", "新密碼", "修改密碼", "重設密碼",
    "繼續", "停用驗證器", "Password", "Forgot your password?", "Sign out", "Remove", "Code",
    "New password", "備用碼", "Recovery codes", "Passkey", "Sign in", "取消", "Email", "Name", "Phone",
}  # fmt: skip
LATIN = re.compile(r"[A-Za-z]{3,}")
KNOWN_LATIN = {
    "App", "USB", "PIN", "SME", "example", "com", "www", "name", "company", "password",
    "ann", "new", "other", "Phone", "JavaScript",
}  # fmt: skip


def at(prefix: str, name: str, *args: object) -> str:
    """The address of a page, whatever language the last page left behind."""
    with translation.override("zh-hant"):
        return prefix + reverse(name, args=args)


def words(response) -> list[str]:
    """The visible texts of the main part of a page, one by one."""
    found = re.search(r"<main.*?</main>", response.content.decode(), re.DOTALL)
    page = re.sub(r"<(script|style|svg|code)\b.*?</\1>", "", found.group(), flags=re.DOTALL)
    texts = re.findall(r'(?:placeholder|aria-label|title|alt)="([^"]*)"', page)
    texts += re.split(r"<[^>]+>", page)
    return [" ".join(html.unescape(text).split()) for text in texts if text.strip()]


def of_the_package(language: str) -> set[str]:
    """What the package says of its own accord."""
    here = Path(allauth.__file__).parent / "locale" / "zh_Hant" / "LC_MESSAGES" / "django.po"
    entries = polib.pofile(str(here))
    texts = {entry.msgstr if language == "zh" else entry.msgid for entry in entries}
    return {" ".join(text.split()) for text in texts if len(text) > 1} - SHARED


@pytest.fixture(params=["zh", "en"])
def language(request) -> str:
    return request.param


def walk(language: str, mailoutbox: list) -> Iterator[tuple[str, list[str]]]:
    """Every page about signing in, as it opens and as it refuses."""
    prefix = "/en" if language == "en" else ""
    guest = Client()
    for name in OUTSIDE:
        yield name, words(guest.get(at(prefix, name)))
        if name in OUTSIDE[:4]:
            yield f"{name} refused", words(guest.post(at(prefix, name), WRONG))
            yield f"{name} empty", words(guest.post(at(prefix, name), {}))
    user = UserFactory(
        email="ann@example.com", verified=True, language="en" if prefix else "zh-hant"
    )
    for name, said in (
        ("account_request_login_code", {"email": user.email}),
        ("account_reset_password", {"email": user.email}),
        ("account_signup", {"email": "new@example.com", "name": "王", "password1": ""}),
    ):
        visitor = Client()
        there = visitor.post(at(prefix, name), said)["Location"]
        yield f"{name} code", words(visitor.get(there))
        yield f"{name} wrong code", words(visitor.post(there, {"code": "ZZZZ"}))
        if name == "account_reset_password":
            code = re.search(r"^([A-Z0-9-]{6,})$", mailoutbox[-1].body, re.MULTILINE)[1]
            there = visitor.post(there, {"code": code})["Location"]
            yield "new password", words(visitor.get(there))
            yield "new password refused", words(visitor.post(there, WRONG))
    yield from _inside(prefix, user)


def _inside(prefix: str, user) -> Iterator[tuple[str, list[str]]]:
    member = Client()
    member.post(at(prefix, "account_login"), {"login": user.email, "password": PASSWORD})
    member.post(at(prefix, "account_reauthenticate"), {"password": PASSWORD})
    for name in INSIDE:
        yield name, words(member.get(at(prefix, name), follow=True))
        if name not in {"account_logout", "mfa_index", "mfa_list_webauthn"}:
            refused = member.post(at(prefix, name), WRONG, follow=True)
            yield f"{name} refused", words(refused)
    TOTP.activate(user, generate_totp_secret())
    RecoveryCodes.activate(user)
    key = Authenticator.objects.create(
        user=user, type="webauthn", data={"name": "Phone", "credential": {}}
    )
    for name in PROTECTED:
        yield f"{name} protected", words(member.get(at(prefix, name), follow=True))
    for name in ("mfa_edit_webauthn", "mfa_remove_webauthn"):
        yield name, words(member.get(at(prefix, name, key.pk), follow=True))


def test_no_page_speaks_the_packages_words(language, mailoutbox):
    theirs = of_the_package(language)

    wrong = {
        f"{name}: {text}" for name, said in walk(language, mailoutbox) for text in said
        if text in theirs
    }  # fmt: skip

    assert not wrong, "\n".join(sorted(wrong))


def test_chinese_pages_hold_no_english(mailoutbox):
    wrong = {
        f"{name}: {text}" for name, said in walk("zh", mailoutbox) for text in said
        if set(LATIN.findall(text)) - KNOWN_LATIN and not re.fullmatch(r"[A-Z2-7]{32}", text)
    }  # fmt: skip

    assert not wrong, "\n".join(sorted(wrong))


def test_every_form_of_the_package_that_is_shown_has_our_words(settings):
    for path in (*settings.ACCOUNT_FORMS.values(), *settings.MFA_FORMS.values()):
        module, name = path.rsplit(".", 1)
        made = getattr(__import__(module, fromlist=[name]), name)
        assert issubclass(made, Worded)
