"""Counts of what the post room owes: for the delivery page, health and metrics."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.utils import timezone

from notifications.models import Message
from notifications.states import MessageState

LATE_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class PostCounts:
    """E-mails by what is owed to them. `late` waits for more than fifteen minutes."""

    pending: int
    retrying: int
    late: int
    failed: int
    suppressed: int
    digest: int
    oldest_pending_at: datetime | None

    @property
    def oldest_pending_seconds(self) -> float:
        if self.oldest_pending_at is None:
            return 0.0
        return (timezone.now() - self.oldest_pending_at).total_seconds()


def post_counts(now: datetime | None = None) -> PostCounts:
    """Count in one query over the rows that are not settled."""
    late = (now or timezone.now()) - LATE_AFTER
    pending = Q(state=MessageState.PENDING)
    counts = (
        Message.objects.by_email()
        .exclude(state=MessageState.SENT)
        .aggregate(
            pending=Count("pk", filter=pending),
            retrying=Count("pk", filter=pending & Q(attempts__gt=0)),
            late=Count("pk", filter=pending & Q(created_at__lt=late)),
            failed=Count("pk", filter=Q(state=MessageState.FAILED)),
            suppressed=Count("pk", filter=Q(state=MessageState.SUPPRESSED)),
            digest=Count("pk", filter=Q(state=MessageState.DIGEST)),
            oldest_pending_at=Min("created_at", filter=pending),
        )
    )
    return PostCounts(**counts)
