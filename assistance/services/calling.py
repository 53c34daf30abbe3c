"""Cases that staff open for callers: the business number a caller states proves nothing.

A case belongs to an enterprise only when the caller's e-mail address is a member's confirmed one,
when a member confirms the call, or when it is taken into an account with the access code.
"""

import re
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from accounts.models import Enterprise, EnterpriseMembership
from assistance.asking import Asking
from assistance.events import CaseEvent
from assistance.models import Case, StatedEnterprise, Statement
from assistance.services import belonging, intake, reasons
from assistance.services.errors import (
    AlreadyInAnAccountError,
    NotThatCaseError,
    NumberSettledError,
    SameNumberError,
    StatementSettledError,
)
from assistance.services.ground import check_state
from assistance.states import OPEN_CASE_STATES
from ledger.recording import record

_NO_DIGIT = re.compile(r"[^0-9]")
_FEWEST_DIGITS = 8


@transaction.atomic
def open_for_caller(*, key: UUID, by: str, asking: Asking, opened_by_id: int) -> Case:
    """Open a case for a caller, once per key; who is named is asked unless the address tells.

    Raises NobodyCoordinatesError.
    """
    named = _named(asking.business_number)
    if named is not None and _is_members_address(named.pk, asking.contact_email):
        asking = replace(asking, enterprise_id=named.pk, regular_staff=named.regular_staff)
    case = intake.submit(key=key, by=by, asking=asking, opened_by_id=opened_by_id)
    if named is not None and case.enterprise_id is None:
        _ask(case, named, case.submitted_at, opened_by_id)
    return case


@transaction.atomic
def correct_number(*, case_id: int, number: str, by_id: int, reason: str) -> Case:
    """Put right the business number of a caller's case while nobody has confirmed it; blank for none.

    The enterprise that was asked before is asked no longer, the one of the right number is; both numbers
    and the reason are kept as an internal note. Raises MoveNotAllowedError where the case is settled,
    NumberSettledError where it belongs to somebody or no caller stated it, SameNumberError.
    """
    case = Case.objects.locked().get(pk=case_id)
    check_state(case, OPEN_CASE_STATES)
    if case.opened_by_id is None or case.applicant_id or case.enterprise_id:
        raise NumberSettledError
    if number == case.business_number:
        raise SameNumberError
    now, was, named = timezone.now(), case.business_number, _named(number)
    _restate(case, number, named, now)
    note_id = reasons.keep_note(
        case, f"{was or '—'} → {number or '—'}\n{reason}", by_id=by_id, at=now
    )
    facts = {"note": note_id, "asked_before": _ask_no_longer(case)}
    facts["enterprise"] = case.enterprise_id
    record(CaseEvent.NUMBER_CORRECTED, subject=case, actor_id=by_id, facts=facts)
    if named is not None and case.enterprise_id is None:
        _ask(case, named, now, by_id)
    return case


def _restate(case: Case, number: str, named: Enterprise | None, now: datetime) -> None:
    """Write the number where it stands, and look again who asked the same before."""
    case.business_number = number
    if named is not None and _is_members_address(named.pk, case.contact_email):
        case.enterprise = named
    intake.note_number(case)
    case.updated_at = now
    changed = ["business_number", "enterprise", "search", "suspected_duplicate_of", "updated_at"]
    case.save(update_fields=changed)


def _ask(case: Case, named: Enterprise, at: datetime, by_id: int) -> None:
    """Ask an enterprise whether the call was one of theirs, once a case."""
    stated, is_new = StatedEnterprise.objects.get_or_create(
        case=case, defaults={"enterprise": named, "stated_at": at}
    )
    if is_new:
        _record(CaseEvent.ENTERPRISE_STATED, stated, by_id)


def _ask_no_longer(case: Case) -> int | None:
    """Drop the question to the enterprise of the wrong number; which one still waited with it."""
    stated = StatedEnterprise.objects.locked().filter(case=case).first()
    if stated is None:
        return None
    stated.delete()
    return stated.enterprise_id if stated.statement == Statement.WAITING else None


@transaction.atomic
def confirm(*, stated_id: int, user_id: int, reference: str, contact: str) -> Case:
    """Tie the case to the enterprise, for a member who knows its number and the caller's contact.

    The caller, who is told, follows it in the enterprise's account from then on, and by no code.
    Raises NotThatCaseError, StatementSettledError, NotAMemberError; AlreadyInAnAccountError where the
    case was taken into an account meanwhile.
    """
    stated, case = _waiting(stated_id, user_id)
    if reference != case.reference or not _reaches(case, contact):
        raise NotThatCaseError
    if case.applicant_id is not None or case.enterprise_id is not None:
        raise AlreadyInAnAccountError
    case.enterprise = stated.enterprise
    case.enterprise_name = stated.enterprise.name_zh
    case.taken_in_at = case.updated_at = timezone.now()
    case.save(update_fields=["enterprise", "enterprise_name", "taken_in_at", "updated_at"])
    _decide(stated, Statement.OURS, user_id)
    _record(CaseEvent.ENTERPRISE_CONFIRMED, stated, user_id)
    return case


@transaction.atomic
def deny(*, stated_id: int, user_id: int) -> None:
    """Say that nobody of the enterprise called; staff read it.

    Raises StatementSettledError, NotAMemberError.
    """
    stated, _case = _waiting(stated_id, user_id)
    _decide(stated, Statement.NOT_OURS, user_id)
    _record(CaseEvent.ENTERPRISE_DENIED, stated, user_id)


def _named(number: str) -> Enterprise | None:
    return Enterprise.objects.filter(business_number=number).first() if number else None


def _is_members_address(enterprise_id: int, email: str) -> bool:
    confirmed = EmailAddress.objects.filter(
        user_id=OuterRef("user_id"), verified=True, email__iexact=email
    )
    members = EnterpriseMembership.objects.active().filter(enterprise_id=enterprise_id)
    return members.filter(Exists(confirmed)).exists()


def _waiting(stated_id: int, user_id: int) -> tuple[StatedEnterprise, Case]:
    """The question and its case, locked, for a member of the enterprise that is asked."""
    case = Case.objects.locked().filter(stated_enterprise=stated_id).first()
    rows = StatedEnterprise.objects.locked().select_related("enterprise")
    stated = rows.filter(pk=stated_id).first()
    # There is no such row any more where staff have corrected the number.
    if case is None or stated is None or stated.statement != Statement.WAITING:
        raise StatementSettledError
    belonging.check_member(user_id=user_id, enterprise_id=stated.enterprise_id)
    return stated, case


def _reaches(case: Case, contact: str) -> bool:
    """Is this the e-mail address or the phone number of the caller?"""
    digits, phone = _NO_DIGIT.sub("", contact), _NO_DIGIT.sub("", case.contact_phone)
    if len(digits) >= _FEWEST_DIGITS and digits == phone:
        return True
    return contact.casefold() == case.contact_email.casefold()


def _decide(stated: StatedEnterprise, statement: Statement, user_id: int) -> None:
    stated.statement = statement
    stated.decided_at = timezone.now()
    stated.decided_by_id = user_id
    stated.save(update_fields=["statement", "decided_at", "decided_by"])


def _record(event: CaseEvent, stated: StatedEnterprise, actor_id: int) -> None:
    facts = {"enterprise": stated.enterprise_id, "stated": stated.pk}
    record(event, subject=stated.case, actor_id=actor_id, facts=facts)
