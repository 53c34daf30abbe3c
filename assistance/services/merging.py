"""Joining two cases of one enterprise about the same matter: one goes on, one points to it."""

from django.db import transaction
from django.utils import timezone

from assistance.events import CaseEvent
from assistance.models import Case, StatedEnterprise, Statement
from assistance.services import clocks, needs, reasons
from assistance.services.errors import (
    MergeIntoItselfError,
    MergeIntoSettledError,
    NotSuspectedError,
    NotTheSameEnterpriseError,
)
from assistance.states import CaseState
from ledger.recording import record


@transaction.atomic
def merge(*, case_id: int, into_id: int, by_id: int, reason: str) -> Case:
    """Merge a case into another open one of the same enterprise; return the one that ends.

    Both rows are locked in id order. What was said and uploaded stays with its own case, which
    everybody who may see it reaches through the link. Raises MergeIntoItselfError,
    MergeIntoSettledError, NotTheSameEnterpriseError.
    """
    if case_id == into_id:
        raise MergeIntoItselfError
    locked = {case.pk: case for case in _lock_both(case_id, into_id)}
    case, target = locked[case_id], locked[into_id]
    if not target.is_open:
        raise MergeIntoSettledError
    if not same_enterprise(case, target) or _is_denied(case, target):
        raise NotTheSameEnterpriseError
    now = timezone.now()
    case.move_to(CaseState.MERGED)
    case.merged_into = target
    case.resumes_as = ""
    needs.drop_open(case, by_id=by_id, at=now)
    clocks.stop_case(case, at=now)
    case.updated_at = now
    case.has_unread_for_sme = True
    case.save()
    Case.objects.filter(suspected_duplicate_of=case).update(suspected_duplicate_of=target)
    Case.objects.filter(pk=target.pk).update(
        suspected_duplicate_of=None, has_unread_from_sme=True, updated_at=now
    )
    note_id = reasons.keep_note(case, reason, by_id=by_id, at=now)
    facts = {"into": target.pk, "from": case.pk, "note": note_id}
    record(CaseEvent.MERGED, subject=case, actor_id=by_id, facts=facts)
    record(CaseEvent.MERGED, subject=target, actor_id=by_id, facts=facts)
    return case


@transaction.atomic
def keep_apart(*, case_id: int, by_id: int) -> Case:
    """Say that a case only looked like another one; it is no longer suspected.

    Raises NotSuspectedError where no suspicion is left, or the case is settled.
    """
    case = Case.objects.locked().get(pk=case_id)
    if case.suspected_duplicate_of_id is None or not case.is_open:
        raise NotSuspectedError
    facts = {"of": case.suspected_duplicate_of_id}
    case.suspected_duplicate_of = None
    case.save(update_fields=["suspected_duplicate_of"])
    record(CaseEvent.FOUND_DISTINCT, subject=case, actor_id=by_id, facts=facts)
    return case


def _lock_both(case_id: int, into_id: int) -> list[Case]:
    return list(Case.objects.locked().filter(pk__in=[case_id, into_id]).order_by("pk"))


def _is_denied(case: Case, target: Case) -> bool:
    """Has the enterprise of one said that the caller of the other was none of its people?"""
    owners = [one.enterprise_id for one in (case, target) if one.enterprise_id is not None]
    denied = StatedEnterprise.objects.filter(statement=Statement.NOT_OURS)
    return denied.filter(case__in=[case, target], enterprise_id__in=owners).exists()


def same_enterprise(case: Case, other: Case) -> bool:
    """Tell whether two cases come from one enterprise, registered here or only named."""
    if case.enterprise_id is not None and other.enterprise_id is not None:
        return case.enterprise_id == other.enterprise_id
    if case.business_number or other.business_number:
        return case.business_number == other.business_number
    return case.contact_email.casefold() == other.contact_email.casefold()
