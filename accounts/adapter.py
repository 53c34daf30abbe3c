"""How allauth behaves here: languages, letters, links, and who counts as one visitor."""

import ipaddress
import logging
import smtplib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.hashers import make_password
from django.core.mail import EmailMultiAlternatives
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from accounts.letters import LETTERS
from accounts.models import Language, User
from accounts.signing_in_words import ACCOUNT_ERRORS

logger = logging.getLogger(__name__)

_NETWORK_BITS = 24
_CHOSEN_PASSWORD = "account_chosen_password"  # noqa: S105
_CONFIRMED_PASSWORD = "account_confirmed_password"  # noqa: S105


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {**DefaultAccountAdapter.error_messages, **ACCOUNT_ERRORS}

    def new_user(self, request: HttpRequest) -> User:
        return User(language=_known(get_language()))

    def save_user(
        self,
        request: HttpRequest,
        user: User,
        form: Any,
        commit: bool = True,  # noqa: FBT001
    ) -> User:
        """Make the account; its password counts once the address is confirmed.

        Otherwise a stranger could sign up with someone's address and wait for its owner to come.
        """
        user.name = form.cleaned_data.get("name", "")
        super().save_user(request, user, form, commit=False)
        if user.has_usable_password():
            request.session[_CHOSEN_PASSWORD] = user.password
            user.set_unusable_password()
        if commit:
            user.save()
        return user

    def confirm_email(self, request: HttpRequest, email_address: EmailAddress) -> bool:
        """Called in the very window that signed up, after the code was entered there."""
        chosen = request.session.pop(_CHOSEN_PASSWORD, None)
        confirmed = bool(super().confirm_email(request, email_address))
        if confirmed and chosen:
            request.session[_CONFIRMED_PASSWORD] = [email_address.user_id, chosen]
        return confirmed

    def login(self, request: HttpRequest, user: User) -> None:
        """Keep the confirmed password before the session is tied to it."""
        user_id, password = request.session.pop(_CONFIRMED_PASSWORD, (None, ""))
        if user_id == user.pk and not user.has_usable_password():
            user.password = password
            user.save(update_fields=["password"])
        super().login(request, user)

    def clean_email(self, email: str) -> str:
        return str(super().clean_email(email)).lower()

    def get_login_redirect_url(self, request: HttpRequest) -> str:
        """Home, in the language the person has chosen."""
        with override(_known(getattr(request.user, "language", None))):
            return resolve_url(settings.LOGIN_REDIRECT_URL)

    def get_reauthentication_methods(self, user: User) -> list[dict[str, Any]]:
        """The ways in which a person can show once more that it is her, in our words."""
        words = {
            "reauthenticate": _("With the password"),
            "mfa_reauthenticate": _("With a code of the app"),
            "mfa_reauthenticate:webauthn": _("With a passkey"),
        }
        ways = super().get_reauthentication_methods(user)
        return [{**way, "description": words.get(way["id"], way["description"])} for way in ways]

    def get_client_ip(self, request: HttpRequest) -> str:
        """One visitor to the rate limits is a /24 network, so that one range gets one quota."""
        address = super().get_client_ip(request)
        if isinstance(ipaddress.ip_address(address), ipaddress.IPv4Address):
            network = ipaddress.IPv4Network(f"{address}/{_NETWORK_BITS}", strict=False)
            return str(network.network_address)
        return str(address)

    def send_account_already_exists_mail(self, email: str) -> None:
        """Spend the time that a new account would take: the password is hashed here too."""
        if self.request.POST.get("password1"):
            make_password(self.request.POST["password1"])
        super().send_account_already_exists_mail(email)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send the letter in the reader's language; mail that fails is a message, not an error."""
        person = context.get("user")
        language = _known(person.language if isinstance(person, User) else get_language())
        with override(language):
            letter = self.letter(template_prefix, email, context)
        try:
            letter.send()
        except (smtplib.SMTPException, OSError):
            logger.exception("a sign-in letter could not be sent")
            messages.error(
                self.request, _("We could not send the e-mail just now. Try again in a minute.")
            )

    def letter(
        self, template_prefix: str, email: str, context: dict[str, Any]
    ) -> EmailMultiAlternatives:
        """The e-mail with a plain and an HTML part. Links use the configured address only."""
        words = LETTERS[template_prefix]
        links = {
            "login_url": settings.PORTAL_ORIGIN + reverse("account_login"),
            "signup_url": settings.PORTAL_ORIGIN + reverse("account_signup"),
        }
        shown = {**context, **links}.get(words.shows, "") if words.shows else ""
        filling = {
            "letter": words,
            "shown": shown,
            "is_link": words.shows in links,
            "portal_origin": settings.PORTAL_ORIGIN,
        }
        mail = EmailMultiAlternatives(
            " ".join(str(words.subject).split()),
            render_to_string("accounts/letters/letter.txt", filling),
            settings.DEFAULT_FROM_EMAIL,
            [email],
            headers={"Auto-Submitted": "auto-generated"},
        )
        mail.attach_alternative(
            render_to_string("accounts/letters/letter.html", filling), "text/html"
        )
        return mail


def _known(language: str | None) -> Language:
    return Language.EN if (language or "").startswith("en") else Language.ZH_HANT
