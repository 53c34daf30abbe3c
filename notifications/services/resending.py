"""Helping messages that were not delivered, and holding addresses back."""

from django.db import transaction
from django.utils import timezone

from foundation.text import clean_line
from ledger.recording import record
from notifications.errors import (
    AddressHeldBackError,
    AlreadyHeldBackError,
    AlreadyReleasedError,
    NotTroubledError,
    TextForgottenError,
)
from notifications.events import PostEvent
from notifications.models import Message, SuppressedAddress
from notifications.states import MessageState

TROUBLED = (MessageState.FAILED, MessageState.SUPPRESSED)


@transaction.atomic
def resend(*, message_id: int, actor_id: int) -> Message:
    """Put a failed or held message back into the post, under its own key.

    NotTroubledError where it was sent meanwhile, AddressHeldBackError where its address is
    on the list of addresses held back, TextForgottenError where it is too old.
    """
    message = Message.objects.locked().by_email().get(pk=message_id)
    if message.is_forgotten:
        raise TextForgottenError
    if message.state not in TROUBLED:
        raise NotTroubledError
    if SuppressedAddress.objects.holds_back(message.email):
        raise AddressHeldBackError
    _post_again(message)
    message.save(update_fields=["state", "attempts", "next_attempt_at", "last_error"])
    record(PostEvent.MESSAGE_RESENT, subject=message, actor_id=actor_id, facts=_facts(message))
    return message


@transaction.atomic
def resend_all_failed(*, actor_id: int, limit: int = 1000) -> int:
    """Put every failed message back into the post, the oldest first; say how many."""
    failed = list(
        Message.objects.failed()
        .by_email()
        .filter(forgotten_at=None)
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .order_by("pk")[:limit]
    )
    for message in failed:
        _post_again(message)
    Message.objects.bulk_update(failed, ["state", "attempts", "next_attempt_at", "last_error"])
    if failed:
        record(
            PostEvent.ALL_FAILED_RESENT,
            subject=failed[0],
            actor_id=actor_id,
            facts={"count": len(failed), "last_id": failed[-1].pk},
        )
    return len(failed)


@transaction.atomic
def hold_address_back(*, message_id: int, reason: str, actor_id: int) -> SuppressedAddress:
    """Send nothing more to the address of this message, until it is released.

    AlreadyHeldBackError where it is on the list, TextForgottenError where the message no longer
    knows its address. Messages that follow are kept, not lost.
    """
    message = Message.objects.locked().by_email().get(pk=message_id)
    if message.is_forgotten:
        raise TextForgottenError
    if SuppressedAddress.objects.holds_back(message.email):
        raise AlreadyHeldBackError
    address = SuppressedAddress.objects.create(
        email=message.email.lower(), reason=clean_line(reason), suppressed_by_id=actor_id
    )
    record(PostEvent.ADDRESS_SUPPRESSED, subject=address, actor_id=actor_id)
    return address


@transaction.atomic
def release_address(*, address_id: int, actor_id: int) -> SuppressedAddress:
    """Let mail go to this address again; what was held meanwhile is sent from its own row."""
    address = SuppressedAddress.objects.locked().get(pk=address_id)
    if address.released_at is not None:
        raise AlreadyReleasedError
    address.released_at = timezone.now()
    address.save(update_fields=["released_at"])
    record(PostEvent.ADDRESS_RELEASED, subject=address, actor_id=actor_id)
    return address


def _post_again(message: Message) -> None:
    message.move_to(MessageState.PENDING)
    message.attempts = 0
    message.next_attempt_at = timezone.now()
    message.last_error = ""


def _facts(message: Message) -> dict[str, str]:
    return {"kind": message.kind}
