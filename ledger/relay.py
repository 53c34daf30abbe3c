"""Handing entries to their subscribers. Any number of relays may run at once."""

import logging
import random
from datetime import timedelta

from django.db import DatabaseError, transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from ledger.models import Delivery, DeliveryState
from ledger.subscriptions import find_subscriber

logger = logging.getLogger(__name__)

MAX_ATTEMPTS = 10
_HOLDS_UP_OTHERS_UNTIL = 3
_FIRST_PAUSE_SECONDS = 2.0
_LONGEST_PAUSE_SECONDS = 3600.0
_LONGEST_ERROR = 300


def relay_due(limit: int = 100) -> int:
    """Hand over up to `limit` deliveries that are due; returns how many were tried.

    Each is taken with SKIP LOCKED in a transaction of its own: a subscriber's work and the note
    that it is done are committed together. A delivery waits for an earlier one of the same
    subscriber about the same thing until that one is done, or has failed three times.
    """
    tried = 0
    while tried < limit and _relay_next():
        tried += 1
    return tried


def _relay_next() -> bool:
    with transaction.atomic():
        delivery = _take()
        if delivery is None:
            return False
        delivery.attempts += 1
        try:
            with transaction.atomic():
                _hand_over(delivery)
        except DatabaseError as failure:
            if transaction.get_connection().connection.closed:
                raise
            _put_off(delivery, failure)
        except Exception as failure:
            _put_off(delivery, failure)
        else:
            delivery.state = DeliveryState.DONE
            delivery.done_at = timezone.now()
            delivery.last_error = ""
        delivery.save(
            update_fields=["state", "attempts", "next_attempt_at", "last_error", "done_at"]
        )
    return True


def _take() -> Delivery | None:
    earlier = Delivery.objects.pending().filter(
        subscriber=OuterRef("subscriber"),
        stream=OuterRef("stream"),
        pk__lt=OuterRef("pk"),
        attempts__lt=_HOLDS_UP_OTHERS_UNTIL,
    )
    due = Delivery.objects.due(timezone.now()).filter(~Exists(earlier))
    return (
        due.select_related("entry")
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .order_by("next_attempt_at", "pk")
        .first()
    )


def _hand_over(delivery: Delivery) -> None:
    subscriber = find_subscriber(delivery.entry.event, delivery.subscriber)
    if subscriber is None:
        raise LookupError(f"nobody answers to the name {delivery.subscriber}")
    subscriber(delivery.entry)


def _put_off(delivery: Delivery, failure: Exception) -> None:
    logger.error(
        "entry %s not delivered to %s (attempt %s)",
        delivery.entry_id,
        delivery.subscriber,
        delivery.attempts,
        exc_info=failure,
    )
    # The kind of failure and the place, not its text: that may quote what a person typed.
    delivery.last_error = f"{type(failure).__module__}.{type(failure).__name__}"[:_LONGEST_ERROR]
    if delivery.attempts >= MAX_ATTEMPTS:
        delivery.state = DeliveryState.DEAD
    else:
        delivery.next_attempt_at = timezone.now() + pause_after(delivery.attempts)


def pause_after(attempts: int) -> timedelta:
    """How long to wait after so many failures: doubling from two seconds to an hour, ± a fifth."""
    seconds = min(
        _FIRST_PAUSE_SECONDS * 2 ** (attempts - 1) * 3 ** max(0, attempts - 5),
        _LONGEST_PAUSE_SECONDS,
    )
    return timedelta(seconds=seconds * random.uniform(0.8, 1.2))  # noqa: S311
