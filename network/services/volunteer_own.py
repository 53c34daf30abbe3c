"""What a volunteer says about herself once appointed: details, ties, and what may be shown."""

import uuid
from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from foundation.idempotency import once
from ledger.recording import record
from network.models import ConflictOfInterest, PublicConsent, Volunteer
from network.models.volunteer_profile import PROFILE_FIELDS
from network.volunteer_errors import ConflictEndedError, ConflictKnownError
from network.volunteer_events import VolunteerEvent
from network.volunteer_states import ShownField, Tie


@transaction.atomic
def change_profile(*, volunteer_id: int, said: Mapping[str, Any], actor_id: int) -> Volunteer:
    """Change what one says about oneself; nothing is recorded where nothing changes."""
    volunteer = Volunteer.objects.locked().get(pk=volunteer_id)
    changed = [
        name for name in PROFILE_FIELDS if name in said and getattr(volunteer, name) != said[name]
    ]
    if not changed:
        return volunteer
    for name in changed:
        setattr(volunteer, name, said[name])
    volunteer.save(update_fields=changed)
    _record(VolunteerEvent.PROFILE_CHANGED, volunteer, volunteer, actor_id, changed=changed)
    return volunteer


@transaction.atomic
def set_consents(*, volunteer_id: int, fields: set[ShownField], actor_id: int) -> None:
    """Show exactly these things about oneself from now on; the rest is hidden at once."""
    volunteer = Volunteer.objects.locked().get(pk=volunteer_id)
    standing = PublicConsent.objects.standing().filter(volunteer=volunteer)
    before = set(standing.values_list("field", flat=True))
    wanted = {str(field) for field in fields}
    if wanted == before:
        return
    now = timezone.now()
    standing.filter(field__in=before - wanted).update(withdrawn_at=now)
    PublicConsent.objects.bulk_create(
        PublicConsent(volunteer=volunteer, field=field, given_at=now)
        for field in sorted(wanted - before)
    )
    _record(
        VolunteerEvent.CONSENTS_CHANGED,
        volunteer,
        volunteer,
        actor_id,
        given=sorted(wanted - before),
        withdrawn=sorted(before - wanted),
    )


@transaction.atomic
def declare_conflict(
    *,
    key: uuid.UUID,
    volunteer_id: int,
    business_number: str,
    enterprise_name: str,
    tie: Tie,
    note: str,
    actor_id: int,
) -> ConflictOfInterest:
    """Declare an enterprise of which one takes no case. Raises ConflictKnownError."""

    def do() -> ConflictOfInterest:
        volunteer = Volunteer.objects.locked().get(pk=volunteer_id)
        try:
            with transaction.atomic():
                made = ConflictOfInterest.objects.create(
                    volunteer=volunteer,
                    business_number=business_number,
                    enterprise_name=enterprise_name,
                    tie=tie,
                    note=note,
                )
        except IntegrityError as known:
            raise ConflictKnownError from known
        _record(VolunteerEvent.CONFLICT_DECLARED, made, volunteer, actor_id, tie=str(tie))
        return made

    pk, _is_new = once(key=key, act="network.declare_conflict", by=str(actor_id), do=do)
    return ConflictOfInterest.objects.get(pk=pk)


@transaction.atomic
def end_conflict(*, conflict_id: int, actor_id: int) -> ConflictOfInterest:
    """Say that a tie no longer holds; the declaration is kept. Raises ConflictEndedError."""
    declared = ConflictOfInterest.objects.select_for_update(no_key=True).get(pk=conflict_id)
    if declared.ended_at:
        raise ConflictEndedError
    declared.ended_at = timezone.now()
    declared.save(update_fields=["ended_at"])
    stream = Volunteer(pk=declared.volunteer_id)
    _record(VolunteerEvent.CONFLICT_ENDED, declared, stream, actor_id)
    return declared


def _record(
    event: VolunteerEvent, subject: Any, volunteer: Volunteer, actor_id: int, **facts: Any
) -> None:
    record(event, subject=subject, actor_id=actor_id, stream=volunteer, facts=facts)
