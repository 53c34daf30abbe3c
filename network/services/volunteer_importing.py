"""Taking over a list of volunteers who are appointed already: all of its lines, or none."""

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.services import people
from foundation.errors import DomainError
from foundation.idempotency import once
from ledger.recording import record
from network.models import Volunteer, VolunteerTraining
from network.models.volunteer_profile import PROFILE_FIELDS
from network.services.capacity import Holder, set_places
from network.services.volunteer_reviewing import give_term
from network.volunteer_events import VolunteerEvent
from network.volunteer_states import Training


class LineRefusedError(DomainError):
    """One line cannot be taken over, so none is; `line` counts from 0."""

    def __init__(self, line: int, reason: DomainError) -> None:
        super().__init__(str(reason.message))
        self.line = line


@transaction.atomic
def take_over(*, key: uuid.UUID, lines: Sequence[Mapping[str, Any]], actor_id: int) -> None:
    """Appoint everyone on the list; the same key does it once.

    Whoever has no account gets one. Raises LineRefusedError, and then nothing is kept.
    """

    def do() -> Volunteer:
        made = [_take(number, line, actor_id) for number, line in enumerate(lines)]
        facts = {"count": len(made)}
        record(VolunteerEvent.IMPORTED, subject=made[0], actor_id=actor_id, facts=facts)
        return made[0]

    once(key=key, act="network.import_volunteers", by=str(actor_id), do=do)


def _take(number: int, line: Mapping[str, Any], actor_id: int) -> Volunteer:
    try:
        return _appoint(line, actor_id)
    except DomainError as reason:
        raise LineRefusedError(number, reason) from reason


def _appoint(line: Mapping[str, Any], actor_id: int) -> Volunteer:
    user = people.admit(email=line["email"], name=line["name"], actor_id=actor_id)
    said = {name: line[name] for name in PROFILE_FIELDS if name in line}
    volunteer, _is_new = Volunteer.objects.update_or_create(user=user, defaults=said)
    give_term(volunteer, line["term_starts_on"], line["term_ends_on"])
    for kind in Training:
        certificate, day = line[f"{kind}_certificate"], line[f"{kind}_trained_on"]
        if certificate and day:
            VolunteerTraining.objects.get_or_create(
                volunteer=volunteer,
                kind=kind,
                certificate=certificate,
                defaults={"held_on": day, "seen_by_id": actor_id},
            )
    holder = Holder(volunteer_id=volunteer.pk)
    set_places(holder=holder, month=None, places=line["places"], actor_id=actor_id)
    return volunteer
