"""Taking a whole file over into the directory: every line of it, or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from accounts.models import User
from foundation.errors import DomainError
from foundation.idempotency import once
from ledger.recording import record
from network.directory_events import DirectoryEvent
from network.services.entries import OrganisationWords, make
from network.services.points import LocationWords, OfferingWords, make_location, make_offering


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """One line: the organisation, its desk, and its service given there."""

    line: int
    organisation: OrganisationWords
    location: LocationWords
    offering: OfferingWords


class LinesRefusedError(DomainError):
    """Some lines cannot be taken over; `wrong` says why, by their number."""

    def __init__(self, wrong: dict[int, str]) -> None:
        super().__init__()
        self.wrong = wrong


@transaction.atomic
def take_over(*, entries: Sequence[NewEntry], by_id: int, key: UUID) -> bool:
    """Add every entry, or none: the same key adds them once. Returns whether this call did.

    Raises LinesRefusedError, naming every line whose entry is there already or stands twice.
    """

    def do() -> User:
        wrong: dict[int, str] = {}
        for entry in entries:
            try:
                _add(entry, by_id)
            except DomainError as refusal:
                wrong[entry.line] = str(refusal)
        if wrong:
            raise LinesRefusedError(wrong)
        importer: User = User.objects.get(pk=by_id)
        facts = {"entries": len(entries)}
        record(DirectoryEvent.IMPORTED, subject=importer, actor_id=by_id, facts=facts)
        return importer

    _pk, is_new = once(key=key, act="network.import", by=f"user:{by_id}", do=do)
    return is_new


def _add(entry: NewEntry, by_id: int) -> None:
    organisation = make(words=entry.organisation, by_id=by_id)
    location = make_location(organisation_id=organisation.pk, words=entry.location, by_id=by_id)
    words = entry.offering
    offered = OfferingWords(
        name_zh=words.name_zh, topics=words.topics, areas=words.areas, locations=[location.pk]
    )
    make_offering(organisation_id=organisation.pk, words=offered, by_id=by_id)
