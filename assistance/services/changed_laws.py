"""A law has changed: the cases that were told, or had read, an answer which rests on it hear of it."""

from __future__ import annotations

from django.db import transaction

from assistance.events import CaseEvent
from assistance.models import Case, KnownAnswer
from ledger.recording import record


@transaction.atomic
def tell_cases(*, law_id: int, by_id: int | None) -> int:
    """Record on every case that is not settled yet that the ground has moved; returns how many."""
    touched = KnownAnswer.objects.resting_on(law_id).values("case")
    cases = list(Case.objects.unsettled().filter(pk__in=touched).locked().order_by("pk"))
    for case in cases:
        record(CaseEvent.LAW_CHANGED, subject=case, actor_id=by_id, facts={"law": law_id})
    return len(cases)
