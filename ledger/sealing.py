"""The chain of digests over all entries: a change by anyone, superuser included, shows."""

import hashlib
import json
from dataclasses import dataclass

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connection, transaction

from ledger.models import Entry, Seal

START = "0" * 64
_LOCK = 7_350_115
_AT_ONCE = 1_000
_LOOKS_BACK = 10_000
_PAGE = 2_000


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check of the chain found: the first bad entry (None where all is well).

    `first_entry_id` and `last_entry_id` are the ends of the stretch that was found sound.
    """

    checked: int
    bad_entry_id: int | None = None
    reason: str = ""
    head: str = START
    first_entry_id: int | None = None
    last_entry_id: int | None = None


def seal_due(limit: int = _AT_ONCE, *, from_the_start: bool = False) -> int:
    """Add entries that have no link yet to the chain; returns how many. One sealer at a time.

    It looks no further back than the last few thousand entries, which is where entries of long
    transactions turn up; `from_the_start` looks at all of them.
    """
    with transaction.atomic():
        if not _only_sealer():
            return 0
        last = Seal.objects.order_by("-number").first()
        number, previous = (last.number, last.digest) if last else (0, START)
        waiting = Entry.objects.unsealed()
        if last and not from_the_start:
            waiting = waiting.filter(pk__gt=last.entry_id - _LOOKS_BACK)
        seals = []
        for entry in waiting[:limit]:
            number, digest = number + 1, digest_of(entry, previous)
            seals.append(Seal(entry=entry, number=number, previous=previous, digest=digest))
            previous = digest
        Seal.objects.bulk_create(seals)
    return len(seals)


def verify() -> Finding:
    """Walk the chain from its start; names the first entry that does not fit."""
    return _walk(0, START)


def verify_latest(count: int) -> Finding:
    """Walk the last `count` links only; `checked` says how many, from the link before them on."""
    last = Seal.objects.order_by("-number").first()
    if last is None:
        return Finding(0)
    number = max(0, last.number - count)
    before = Seal.objects.filter(number=number).first()
    return _walk(number, before.digest if before else START)


def _walk(number: int, previous: str) -> Finding:
    """Follow the chain from a link to its end, a page at a time, so that no statement is long."""
    begun, first_id, last_id = number, None, None
    while page := list(
        Seal.objects.filter(number__gt=number).select_related("entry").order_by("number")[:_PAGE]
    ):
        for seal in page:
            number += 1
            if reason := _misfit(seal, number, previous):
                checked = number - begun - 1
                return Finding(checked, seal.entry_id, reason, previous, first_id, last_id)
            previous, last_id = seal.digest, seal.entry_id
            first_id = first_id or seal.entry_id
    return Finding(number - begun, None, "", previous, first_id, last_id)


def has_link(number: int, digest: str) -> bool:
    """Is that link, as it was once noted elsewhere, still in the chain?"""
    return (number == 0 and digest == START) or Seal.objects.filter(
        number=number, digest=digest
    ).exists()


def digest_of(entry: Entry, previous: str) -> str:
    """SHA-256 over every column of the entry and the digest before it."""
    content = json.dumps(
        [
            previous,
            entry.pk,
            entry.event,
            entry.subject_label,
            entry.subject_id,
            entry.stream,
            entry.actor_id,
            entry.facts,
            entry.at.timestamp(),
        ],
        cls=DjangoJSONEncoder,
        ensure_ascii=True,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(content.encode("ascii")).hexdigest()


def _misfit(seal: Seal, number: int, previous: str) -> str:
    if seal.number != number:
        return f"link {number} is missing from the chain"
    if seal.previous != previous:
        return "the link before it was changed or removed"
    if digest_of(seal.entry, previous) != seal.digest:
        return "the entry was changed"
    return ""


def _only_sealer() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [_LOCK])
        return bool(cursor.fetchone()[0])
