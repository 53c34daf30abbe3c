"""Noting on a new case which agency the routing rules name, and why not another."""

from django.db import transaction
from django.utils import timezone

from assistance.models import Case, RoutingOutcome
from assistance.placing import ground_today, placements


@transaction.atomic
def place_case(*, case_id: int) -> int:
    """Place the systems of a case by the rules in force; return how many. Only once a case.

    What fired is kept as it was: later versions of a rule do not change it. It is a proposal:
    whoever splits the case decides, and that is recorded.
    """
    outcomes = RoutingOutcome.objects.select_for_update(of=("self",), no_key=True)
    outcome = outcomes.filter(case_id=case_id, placed_at__isnull=True).first()
    if outcome is None:
        return 0
    case = Case.objects.select_related("enterprise", "main_system", "routing_outcome").get(
        pk=case_id
    )
    found = placements(case, ground_today())
    outcome.units = [one.as_data() for one in found]
    outcome.placed_at = timezone.now()
    outcome.save(update_fields=["units", "placed_at"])
    return len(found)
