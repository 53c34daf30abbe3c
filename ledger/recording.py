"""Writing down what happened, beside the change itself."""

from typing import Any

from django.db import models, transaction

from foundation.writing import Insert, LastId
from ledger.models import Delivery, Entry
from ledger.models.entry import stream_name
from ledger.nudging import nudge
from ledger.subscriptions import subscribers_of

_LONGEST_FACT = 200
_entries = Insert(Entry)
_deliveries = Insert(Delivery, entry=LastId(Entry))


def record(
    event: str,
    *,
    subject: models.Model,
    actor_id: int | None,
    stream: models.Model | None = None,
    facts: dict[str, Any] | None = None,
) -> Entry:
    """Write one entry, and what is owed to each of its subscribers.

    Belongs inside the transaction that makes the event true; RuntimeError outside one. `stream`
    is the thing whose timeline shows the entry (the subject itself where it is not given).
    `facts` holds codes, ids, counts and days, never what a person typed.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("record() belongs inside the transaction that makes the event true")
    _refuse_prose(facts or {})
    entry = Entry(
        event=str(event),
        subject_label=subject._meta.label_lower,
        subject_id=str(subject.pk),
        stream=stream_name(subject if stream is None else stream),
        actor_id=actor_id,
        facts=facts or {},
    )
    owed = [
        Delivery(subscriber=name, stream=entry.stream)
        for name in sorted(subscribers_of(entry.event))
    ]
    _entries.one(entry, _deliveries(*owed))
    if owed:
        transaction.on_commit(nudge, robust=True)
    return entry


def _refuse_prose(facts: dict[str, Any]) -> None:
    for name, value in facts.items():
        if isinstance(value, str) and len(value) > _LONGEST_FACT:
            raise ValueError(f"the fact {name!r} is prose; the ledger holds codes and ids")
