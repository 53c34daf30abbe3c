"""E-mails about a past that nobody is to be written to about: a demonstration's, or imported."""

from django.db import transaction
from django.utils.translation import gettext_noop

from notifications.models import Message
from notifications.states import MessageState

ABOUT_THE_PAST = gettext_noop("Written about the past: not to be sent.")


@transaction.atomic
def hold_back_all() -> int:
    """Hold back every e-mail that waits, for a digest too; return how many.

    For history that is loaded, before the portal serves anybody. An administrator may still
    send each one.
    """
    waiting = Message.objects.by_email().filter(
        state__in=[MessageState.PENDING, MessageState.DIGEST]
    )
    return waiting.update(state=MessageState.SUPPRESSED, last_error=ABOUT_THE_PAST)
