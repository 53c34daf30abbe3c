"""How the second step of signing in speaks here."""

from typing import Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from accounts.signing_in_words import SECOND_STEP_ERRORS


class SecondStepAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    error_messages = {**DefaultMFAAdapter.error_messages, **SECOND_STEP_ERRORS}

    def generate_authenticator_name(self, user: Any, type: Authenticator.Type) -> str:  # noqa: A002
        """A key without a name of its own is numbered."""
        held = Authenticator.objects.filter(user=user, type=type).count()
        return _("Key %(number)d") % {"number": held + 1}
