"""Deciding who takes a case: claiming, assigning, splitting into needs, declining."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.models import Absence, Agency, StaffMembership
from accounts.roles import Permission
from assistance.events import CaseEvent
from assistance.models import Case, GuidanceSystem, Need, RoutingOutcome
from assistance.services import clocks, needs, reasons, sharing
from assistance.services.errors import (
    AgencyNotInForceError,
    AlreadyClaimedError,
    AlreadyNeededError,
    NoNeedsError,
    NotAnOfficerOfTheAgencyError,
)
from assistance.services.ground import check_state
from assistance.states import AGENCY_TURN_STATES, OPEN_CASE_STATES, CaseState, NeedState
from ledger.recording import record


@dataclass(frozen=True)
class NeedPlan:
    """One part a case is to be split into; without an agency it stays proposed."""

    system_id: int
    agency_id: int | None = None
    summary: str = ""


@transaction.atomic
def claim(*, case_id: int, officer_id: int) -> Case:
    """Take an unassigned case; of two who try at once, one wins and the other learns who."""
    case = Case.objects.locked().get(pk=case_id)
    if case.state != CaseState.SUBMITTED:
        raise AlreadyClaimedError(case.lead_officer.name if case.lead_officer else "—")
    _take(case, officer_id, timezone.now())
    record(CaseEvent.CLAIMED, subject=case, actor_id=officer_id)
    return case


def _take(case: Case, officer_id: int, now: datetime) -> None:
    case.move_to(CaseState.TRIAGE)
    case.lead_officer_id = officer_id
    case.has_unread_from_sme = False
    case.updated_at = now
    case.save(update_fields=["state", "lead_officer", "has_unread_from_sme", "updated_at"])


@transaction.atomic
def assign(*, case_id: int, to_id: int, by_id: int, note: str = "") -> Case:
    """Give a case to an officer of its lead agency, or to the deputy of one who is away."""
    case = Case.objects.locked().get(pk=case_id)
    now = timezone.now()
    check_state(case, OPEN_CASE_STATES)
    taker_id = present(to_id, now)
    check_works_for(taker_id, case.lead_agency_id)
    before_id, was = case.lead_officer_id, case.state
    if case.state == CaseState.SUBMITTED:
        case.move_to(CaseState.TRIAGE)
    case.lead_officer_id = taker_id
    case.updated_at = now
    case.save(update_fields=["state", "lead_officer", "updated_at"])
    facts = {"from": before_id, "to": taker_id, "deputy": taker_id != to_id, "was": was}
    facts["note"] = reasons.keep_note(case, note, by_id=by_id, at=now)
    record(CaseEvent.ASSIGNED, subject=case, actor_id=by_id, facts=facts)
    return case


def present(officer_id: int, now: datetime) -> int:
    """The officer, or the deputy of one who is away today."""
    return Absence.objects.deputy_for(officer_id, timezone.localdate(now)) or officer_id


def check_works_for(officer_id: int, agency_id: int) -> None:
    """Refuse who takes no cases in this agency today."""
    posts = StaffMembership.objects.in_force().filter(
        user_id=officer_id, user__is_active=True, agency_id=agency_id
    )
    if not (posts.giving(Permission.CASE_WORK) | posts.giving(Permission.CASE_TRIAGE)).exists():
        raise NotAnOfficerOfTheAgencyError


@transaction.atomic
def split(
    *,
    case_id: int,
    by_id: int,
    plans: Sequence[NeedPlan],
    lead_agency_id: int | None = None,
    lead_officer_id: int | None = None,
) -> list[Need]:
    """Split a case into needs and offer those for which an agency is named.

    Raises NoNeedsError without plans, AlreadyNeededError where the case has an open need for
    one of the systems.
    """
    case = Case.objects.locked().get(pk=case_id)
    now = timezone.now()
    check_state(case, AGENCY_TURN_STATES)
    if case.state == CaseState.SUBMITTED:
        _take(case, by_id, now)
        record(CaseEvent.CLAIMED, subject=case, actor_id=by_id)
    created = _create_needs(case, plans, by_id, now)
    if lead_agency_id is not None:
        _give_lead(case, lead_agency_id, lead_officer_id or by_id, by_id)
    _note_choice(case, plans, by_id, now)
    facts = {"needs": [need.pk for need in created], "systems": [n.system_id for n in created]}
    record(CaseEvent.SPLIT, subject=case, actor_id=by_id, facts=facts)
    for need, plan in zip(created, plans, strict=True):
        if plan.agency_id is not None:
            needs.make_offer(case, need, agency_id=plan.agency_id, by_id=by_id, at=now)
    case.updated_at = now
    case.save(update_fields=["main_system", "updated_at", *clocks.DUE_FIELDS])
    return created


def _create_needs(case: Case, plans: Sequence[NeedPlan], by_id: int, now: datetime) -> list[Need]:
    if not plans:
        raise NoNeedsError
    systems = [plan.system_id for plan in plans]
    taken = Need.objects.open().filter(case=case, system_id__in=systems)
    if len(set(systems)) < len(systems) or taken.exists():
        raise AlreadyNeededError
    if case.main_system_id is None:
        case.main_system_id = systems[0]
    return [
        Need.objects.create(
            case=case,
            system_id=plan.system_id,
            state=NeedState.PROPOSED,
            returns_to_id=by_id,
            summary=plan.summary,
            created_at=now,
        )
        for plan in plans
    ]


def _note_choice(case: Case, plans: Sequence[NeedPlan], by_id: int, now: datetime) -> None:
    outcome = RoutingOutcome.objects.filter(case=case).first()
    if outcome is None or outcome.decided_at is not None:
        return
    codes = GuidanceSystem.objects.in_bulk([plan.system_id for plan in plans])
    outcome.chosen_by_staff = [codes[plan.system_id].code for plan in plans]
    outcome.decided_at = now
    outcome.decided_by_id = by_id
    outcome.save(update_fields=["chosen_by_staff", "decided_at", "decided_by"])


@transaction.atomic
def change_lead(*, case_id: int, agency_id: int, officer_id: int, by_id: int) -> Case:
    """Give the lead of a case to an agency and one of its officers."""
    case = Case.objects.locked().get(pk=case_id)
    check_state(case, OPEN_CASE_STATES)
    if case.state == CaseState.SUBMITTED:
        _take(case, by_id, timezone.now())
    _give_lead(case, agency_id, officer_id, by_id)
    return case


def _give_lead(case: Case, agency_id: int, officer_id: int, by_id: int) -> None:
    now = timezone.now()
    if not Agency.objects.on(timezone.localdate(now)).filter(pk=agency_id).exists():
        raise AgencyNotInForceError
    sharing.check(case, agency_id)
    officer_id = present(officer_id, now)
    check_works_for(officer_id, agency_id)
    if (case.lead_agency_id, case.lead_officer_id) == (agency_id, officer_id):
        return
    facts = {"from": case.lead_agency_id, "to": agency_id, "officer": officer_id}
    case.lead_agency_id = agency_id
    case.lead_officer_id = officer_id
    case.updated_at = now
    case.save(update_fields=["lead_agency", "lead_officer", "updated_at"])
    record(CaseEvent.LEAD_CHANGED, subject=case, actor_id=by_id, facts=facts)


@transaction.atomic
def decline(*, case_id: int, by_id: int, reason: str, text: str, where_instead: str) -> Case:
    """Refuse a case with a reason and where to go instead; nothing of it stays open."""
    case = Case.objects.locked().get(pk=case_id)
    now = timezone.now()
    if case.state == CaseState.SUBMITTED:
        _take(case, by_id, now)
    case.move_to(CaseState.DECLINED)
    case.refusal_reason = reason
    case.refusal_text = text
    case.where_instead = where_instead
    case.has_unread_for_sme = True
    case.updated_at = now
    needs.drop_open(case, by_id=by_id, at=now)
    clocks.stop_case(case, at=now)
    case.save()
    record(CaseEvent.DECLINED, subject=case, actor_id=by_id, facts={"reason": reason})
    return case
