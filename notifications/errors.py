"""What the post room refuses, in words fit to show."""

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError


class NotTroubledError(DomainError):
    message = _("This message is no longer waiting for help: it was sent, or is about to be.")


class AddressHeldBackError(DomainError):
    message = _("This address is held back. Release it first, then send the message again.")


class AlreadyHeldBackError(DomainError):
    message = _("This address is already held back.")


class AlreadyReleasedError(DomainError):
    message = _("This address was already released.")


class TextForgottenError(DomainError):
    message = _("This message is too old: its text and its address were removed.")


class KindNotChosenError(DomainError):
    message = _("These notifications cannot be switched off.")
