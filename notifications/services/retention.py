"""Forgetting what old e-mails said and to whom: the row and its key stay, the words do not.

The row tells for good that a message of a kind went out at a moment, and its key keeps it from
being written a second time. What was said lies with the case; who could read it there still can.
"""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from ledger.recording import record
from notifications.events import PostEvent
from notifications.models import Message

BATCH = 500
MOST_BATCHES = 100


def forget_due(now: datetime | None = None) -> int:
    """Forget the words of settled e-mails older than `MESSAGE_TEXT_DAYS`; return of how many.

    In small batches, each a transaction of its own; what one night leaves over the next takes.
    """
    before = (now or timezone.now()) - timedelta(days=settings.MESSAGE_TEXT_DAYS)
    forgotten = 0
    for _batch in range(MOST_BATCHES):
        done = forget_batch(before=before)
        forgotten += done
        if done < BATCH:
            break
    return forgotten


@transaction.atomic
def forget_batch(*, before: datetime, limit: int = BATCH) -> int:
    """Forget the words of up to `limit` e-mails settled before a moment; return of how many.

    Rows that somebody else holds just now are left for the next time.
    """
    old = list(
        Message.objects.to_forget(before)
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .only("pk")[:limit]
    )
    if not old:
        return 0
    ids = [message.pk for message in old]
    Message.objects.filter(pk__in=ids).update(
        email="",
        subject="",
        text="",
        html="",
        path="",
        unsubscribe_path="",
        forgotten_at=timezone.now(),
    )
    record(
        PostEvent.TEXTS_FORGOTTEN,
        subject=old[-1],
        actor_id=None,
        facts={"count": len(ids), "before": before.date().isoformat()},
    )
    return len(ids)
