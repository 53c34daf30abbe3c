"""Giving what an officer no longer in post has left open in a case to somebody who is."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import StaffMembership
from assistance.events import CaseEvent, NeedEvent
from assistance.models import Case, Need
from assistance.roles import TAKES_CASES
from assistance.services import reasons
from assistance.services.triage import present
from foundation.errors import DomainError
from ledger.recording import record


class NothingLeftBehindError(DomainError):
    message = _("The officer of this case is still in post, or it has been handed over already.")


class TakerNotInTheAgencyError(DomainError):
    message = _("This person does not work for the agency that has this part of the case.")


@transaction.atomic
def hand_over(
    *,
    case_id: int,
    to_id: int,
    by_id: int,
    agency_ids: Collection[int] | None,
    note: str = "",
) -> Case:
    """Give the lead and the needs that leavers still hold in a case to one officer.

    Only what belongs to `agency_ids` (None: to any agency) and to an agency the taker works for
    moves; the rest of the case stays. Raises NothingLeftBehindError where no leaver holds
    anything, TakerNotInTheAgencyError where the taker works for none of the agencies concerned.
    """
    case = Case.objects.locked().get(pk=case_id)
    now = timezone.now()
    taker_id = present(to_id, now)
    left_needs = list(Need.objects.locked().filter(case=case).held_by_leavers())
    is_left = Case.objects.filter(pk=case.pk).led_by_leavers().exists()
    concerned = {need.agency_id for need in left_needs}
    concerned |= {case.lead_agency_id} if is_left else set()
    if agency_ids is not None:
        concerned &= set(agency_ids)
    if not concerned:
        raise NothingLeftBehindError
    taken = concerned & _agencies_of(taker_id)
    if not taken:
        raise TakerNotInTheAgencyError
    if is_left and case.lead_agency_id in taken:
        _give_lead(case, taker_id, to_id=to_id, by_id=by_id, at=now)
    for need in left_needs:
        if need.agency_id in taken:
            _give_need(case, need, taker_id, by_id=by_id)
    reasons.keep_note(case, note, by_id=by_id, at=now)
    case.updated_at = now
    case.save(update_fields=["lead_officer", "updated_at"])
    return case


def _agencies_of(officer_id: int) -> set[int | None]:
    posts = StaffMembership.objects.in_force().filter(
        user_id=officer_id, user__is_active=True, role__in=TAKES_CASES
    )
    return set(posts.values_list("agency_id", flat=True))


def _give_lead(case: Case, taker_id: int, *, to_id: int, by_id: int, at: datetime) -> None:
    facts = {"from": case.lead_officer_id, "to": taker_id, "deputy": taker_id != to_id}
    case.lead_officer_id = taker_id
    record(CaseEvent.ASSIGNED, subject=case, actor_id=by_id, facts=facts | {"was": case.state})


def _give_need(case: Case, need: Need, taker_id: int, *, by_id: int) -> None:
    facts = {"system": need.system_id, "agency": need.agency_id}
    facts |= {"from": need.officer_id, "officer": taker_id}
    need.officer_id = taker_id
    need.save(update_fields=["officer"])
    record(NeedEvent.HANDED_OVER, subject=need, actor_id=by_id, stream=case, facts=facts)
