"""Reading one's own messages. Private to the reader, so nothing of it goes into the ledger."""

from django.db import transaction
from django.utils import timezone

from notifications.models import Message


@transaction.atomic
def mark_read(*, message_id: int) -> Message:
    """Note when a message was first read; reading it again changes nothing."""
    message = Message.objects.locked().get(pk=message_id)
    if message.read_at is None:
        message.read_at = timezone.now()
        message.save(update_fields=["read_at"])
    return message


@transaction.atomic
def mark_all_read(*, user_id: int, up_to_id: int) -> int:
    """Mark as read what the person saw listed, up to the newest shown; say how many."""
    unread = Message.objects.filter(user_id=user_id, pk__lte=up_to_id).unread()
    return unread.update(read_at=timezone.now())
