"""Asking those who work for the same enterprise to coordinate, without reading what they work on."""

from collections.abc import Collection

from django.db import transaction
from django.utils import timezone

from assistance.events import CaseEvent, NeedEvent
from assistance.models import Case, Need
from assistance.services import reasons
from assistance.services.errors import NobodyAtWorkError
from assistance.states import WORKING_NEED_STATES
from ledger.recording import record


@transaction.atomic
def ask(
    *, case_id: int, need_ids: Collection[int], by_id: int, agency_id: int, text: str
) -> list[Need]:
    """Let the officers of these needs know, in a note of their agency, that somebody asks them.

    Nothing of their cases is told to who asks, nor of hers to them but that she works for the
    same enterprise. Raises NobodyAtWorkError where none of the needs is worked on any more.
    """
    wanted = Need.objects.filter(pk__in=need_ids)
    cases = Case.objects.locked().filter(pk__in=[case_id, *wanted.values_list("case", flat=True)])
    locked = {case.pk: case for case in cases.order_by("pk")}
    found = list(wanted.filter(state__in=WORKING_NEED_STATES).order_by("pk"))
    if not found:
        raise NobodyAtWorkError
    now = timezone.now()
    for need in found:
        theirs = locked[need.case_id]
        note = reasons.keep_note(theirs, text, by_id=by_id, at=now, need=need)
        facts = {"system": need.system_id, "agency": agency_id, "need": need.pk, "note": note}
        record(
            NeedEvent.COORDINATION_ASKED,
            subject=need,
            actor_id=by_id,
            stream=theirs,
            facts=facts,
        )
    for system_id in dict.fromkeys(n.system_id for n in found if n.case_id != case_id):
        record(
            CaseEvent.COORDINATION_SOUGHT,
            subject=locked[case_id],
            actor_id=by_id,
            facts={"system": system_id, "agency": agency_id},
        )
    return found
