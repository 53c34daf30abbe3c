"""From asking to a case: one transaction, one number, however often the form is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from accounts.models import Agency
from assistance.asking import SUBJECT_LENGTH, Asking, subject_of
from assistance.deadlines import DEFAULT_PROMISE, Promise, at_submission
from assistance.events import CaseEvent
from assistance.models import (
    Attachment,
    Case,
    ClockSpan,
    Consent,
    Draft,
    KnownAnswer,
    KnownAs,
    RoutingOutcome,
    StatedEnterprise,
    Statement,
    SystemEdition,
)
from assistance.models.case import CaseQuerySet
from assistance.routing import Facts, Suggestion, suggest
from assistance.search_text import case_search_text
from assistance.services import belonging
from assistance.services.errors import (
    AlreadyInAnAccountError,
    AnotherBusinessNumberError,
    DraftAlreadySubmittedError,
    NobodyCoordinatesError,
)
from assistance.states import Side
from foundation.idempotency import once
from foundation.plans import Written
from foundation.prepared import Prepared
from foundation.references import next_reference
from foundation.working_days import add_working_days
from foundation.writing import Insert, LastId, Update, send
from ledger.recording import record

SUBMIT_ACT = "assistance.case"
CONSENT_VERSION = "2026-11"
# Kept in the case as it was stated.
_AS_STATED = (
    "source",
    "kind",
    "language",
    "enterprise_id",
    "branch_id",
    "enterprise_name",
    "business_number",
    "industry",
    "county",
    "district",
    "contact_name",
    "contact_email",
    "contact_phone",
    "contact_time",
    "description",
    "hoped_for",
)
_PROMISE_FIELDS = ("first_answer_days", "next_update_days", "resolution_days", "offer_days")
_GROUND_FIELDS = (
    *("system_id", "system__code", *_PROMISE_FIELDS),
    *("coordinator_id", "duplicate_id"),
)


@dataclass(frozen=True)
class _Ground:
    """What the day of submission says: who coordinates, what is promised, who asked before."""

    coordinator_id: int
    system_ids: dict[str, int]
    promises: dict[str, Promise]
    duplicate_id: int | None


def submit(
    *,
    key: UUID,
    by: str,
    asking: Asking,
    draft_id: UUID | None = None,
    applicant_id: int | None = None,
    opened_by_id: int | None = None,
) -> Case:
    """Make a case of what was asked, once per key, and record it.

    Dates count from today in Taipei. The papers of the draft move into the case. Raises
    DraftAlreadySubmittedError when the draft went out under another key, NobodyCoordinatesError.
    The transaction is that of `once`.
    """
    made: list[Case] = []

    def do() -> Case:
        now = timezone.now()
        suggestions = suggest(facts_of(asking))
        ground = _ground(asking, suggestions, timezone.localdate(now))
        case = _open_case(asking, suggestions, ground, applicant_id, opened_by_id, now)
        papers = _write(case, _what_hangs_on_it(asking, suggestions, ground, now), draft_id)
        facts = {"systems": list(asking.system_codes), "source": asking.source, "files": papers}
        facts["unsure"] = asking.is_unsure
        record(
            CaseEvent.SUBMITTED,
            subject=case,
            actor_id=opened_by_id or applicant_id,
            facts=facts,
        )
        made.append(case)
        return case

    pk, is_new = once(key=key, act=SUBMIT_ACT, by=by, do=do)
    return made[0] if is_new else Case.objects.get(pk=pk)


@transaction.atomic
def claim_into_account(*, case_id: int, user_id: int, enterprise_id: int | None) -> Case:
    """Give a case that was filed without an account to a person, or to her enterprise.

    From then on it is followed there, and by no code.
    The caller has settled that she reads the case's e-mail. A number that staff heard on the phone may
    be corrected by it; one she typed herself may not. Raises AlreadyInAnAccountError, NotAMemberError;
    AnotherBusinessNumberError where the numbers differ.
    """
    case = Case.objects.locked().get(pk=case_id)
    if case.applicant_id is not None or case.enterprise_id is not None:
        raise AlreadyInAnAccountError
    if enterprise_id is not None:
        belonging.check_member(user_id=user_id, enterprise_id=enterprise_id)
    case.applicant_id = user_id
    case.enterprise_id = enterprise_id
    if case.enterprise is not None:
        heard = case.opened_by_id is not None
        if not heard and case.business_number not in ("", case.enterprise.business_number):
            raise AnotherBusinessNumberError
        case.business_number = case.enterprise.business_number
        case.enterprise_name = case.enterprise.name_zh
    case.taken_in_at = case.updated_at = timezone.now()
    case.save(
        update_fields=[
            "applicant",
            "enterprise",
            "business_number",
            "enterprise_name",
            "taken_in_at",
            "updated_at",
        ]
    )
    if enterprise_id is not None:
        _settle_statement(case, enterprise_id, user_id)
    facts = {"enterprise": enterprise_id}
    record(CaseEvent.CLAIMED_INTO_ACCOUNT, subject=case, actor_id=user_id, facts=facts)
    return case


def _settle_statement(case: Case, enterprise_id: int, user_id: int) -> None:
    """What a caller said of the enterprise is answered by taking the case there."""
    waiting = StatedEnterprise.objects.filter(case=case, statement=Statement.WAITING)
    ours = waiting.filter(enterprise_id=enterprise_id).update(
        statement=Statement.OURS, decided_at=case.updated_at, decided_by=user_id
    )
    if not ours:
        waiting.update(
            statement=Statement.NOT_OURS, decided_at=case.updated_at, decided_by=user_id
        )


def facts_of(asking: Asking) -> Facts:
    """What the suggestion rules may know."""
    return Facts(
        text="\n".join((asking.subject, asking.description, asking.hoped_for)),
        industry=asking.industry,
        county=asking.county,
        regular_staff=asking.regular_staff,
        has_factory=asking.has_factory,
    )


def open_duplicates(asking: Asking, system_codes: Sequence[str]) -> CaseQuerySet:
    """Open cases of the same business, or of the same address, about one of these systems."""
    return _alike(_known_by(asking), system_codes)


def _known_by(asking: Asking) -> tuple[str, int | str]:
    """What tells a business from others: its enterprise, its number, or the address alone."""
    if asking.enterprise_id is not None:
        return "enterprise_id", asking.enterprise_id
    if asking.business_number:
        return "business_number", asking.business_number
    return "contact_email", asking.contact_email


def _alike(known_by: tuple[str, int | str], system_codes: Sequence[str]) -> CaseQuerySet:
    whose = Q(known_by)
    if known_by[0] == "contact_email":
        whose &= Q(business_number="", enterprise=None)
    through = Case.wanted_systems.through.objects
    wanted = through.filter(case_id=OuterRef("pk"), guidancesystem__code__in=system_codes)
    about = Q(main_system__code__in=system_codes) | Exists(wanted)
    return Case.objects.open().filter(whose).filter(about).order_by("-submitted_at")


def _coordinators(on: date) -> QuerySet[Agency]:
    found: QuerySet[Agency] = Agency.objects.on(on).filter(is_coordinator=True).order_by("pk")
    return found


@Prepared
def _grounds(on: date, codes: list[str], value: int | str, *, known_by: str) -> Any:
    """What the systems promise, who coordinates, and what seems asked before: one query."""
    return (
        SystemEdition.objects.on(on)
        .filter(system__code__in=codes)
        .annotate(
            coordinator_id=Subquery(_coordinators(on).values("pk")[:1]),
            duplicate_id=Subquery(_alike((known_by, value), codes).values("pk")[:1]),
        )
        .values_list(*_GROUND_FIELDS)
    )


def _ground(asking: Asking, suggestions: Sequence[Suggestion], on: date) -> _Ground:
    codes = [*asking.system_codes, *(one.system_code for one in suggestions[:1])]
    name, value = _known_by(asking)
    found = _grounds(on, codes, value, known_by=name) if codes else []
    rows = [dict(zip(_GROUND_FIELDS, row, strict=True)) for row in found]
    coordinator_id = (
        rows[0]["coordinator_id"]
        if rows
        else _coordinators(on).values_list("pk", flat=True).first()
    )
    if coordinator_id is None:
        raise NobodyCoordinatesError
    return _Ground(
        coordinator_id=coordinator_id,
        system_ids={row["system__code"]: row["system_id"] for row in rows},
        promises={
            row["system__code"]: Promise(*(row[name] for name in _PROMISE_FIELDS)) for row in rows
        },
        duplicate_id=rows[0]["duplicate_id"] if rows else None,
    )


def main_system_code(asking: Asking, suggestions: Sequence[Suggestion]) -> str:
    """The system that answers first: of those she chose the one that fits best, else the best."""
    chosen = asking.system_codes
    for one in suggestions:
        if one.system_code in chosen or not chosen:
            return one.system_code
    return chosen[0] if chosen else ""


def _open_case(
    asking: Asking,
    suggestions: Sequence[Suggestion],
    ground: _Ground,
    applicant_id: int | None,
    opened_by_id: int | None,
    now: datetime,
) -> Case:
    today = timezone.localdate(now)
    main = main_system_code(asking, suggestions)
    promise = ground.promises.get(main, DEFAULT_PROMISE)
    due = at_submission(promise, today)
    case = Case(
        **{name: getattr(asking, name) for name in _AS_STATED},
        reference=next_reference("A", today),
        subject=(asking.subject or subject_of(asking.description))[:SUBJECT_LENGTH],
        applicant_id=applicant_id,
        opened_by_id=opened_by_id,
        is_unsure_of_system=asking.is_unsure,
        main_system_id=ground.system_ids.get(main),
        lead_agency_id=ground.coordinator_id,
        due_on=due.on,
        due_kind=due.kind,
        resolution_due_on=add_working_days(today, promise.resolution_days),
        submitted_at=now,
        updated_at=now,
        suspected_duplicate_of_id=ground.duplicate_id,
    )
    case.search = _search_text(case)
    return case


def _search_text(case: Case) -> str:
    return case_search_text(
        reference=case.reference,
        subject=case.subject,
        enterprise_name=case.enterprise_name,
        business_number=case.business_number,
        description=case.description,
    )


def note_number(case: Case) -> None:
    """Take up another business number of a case: what finds it, and which case it seems to repeat."""
    case.search = _search_text(case)
    codes = set(case.wanted_systems.values_list("code", flat=True))
    codes |= {case.main_system.code} if case.main_system else set()
    known_by: tuple[str, int | str] = ("contact_email", case.contact_email)
    if case.enterprise_id is not None:
        known_by = ("enterprise_id", case.enterprise_id)
    elif case.business_number:
        known_by = ("business_number", case.business_number)
    case.suspected_duplicate_of = _alike(known_by, sorted(codes)).exclude(pk=case.pk).first()


def _what_hangs_on_it(
    asking: Asking, suggestions: Sequence[Suggestion], ground: _Ground, now: datetime
) -> list[Written | None]:
    through = Case.wanted_systems.through
    wanted = [
        through(guidancesystem_id=ground.system_ids[code])
        for code in asking.system_codes
        if code in ground.system_ids
    ]
    consents = [
        Consent(
            purpose=purpose,
            text_version=CONSENT_VERSION,
            language=asking.language,
            given_at=now,
        )
        for purpose in asking.consents
    ]
    outcome = RoutingOutcome(
        suggested=[one.system_code for one in suggestions],
        chosen_by_sme=list(asking.system_codes),
        suggested_at=now,
    )
    clock = ClockSpan(side=Side.AGENCY, started_at=now)
    hanging = [_wanted(*wanted), _consents(*consents), _outcomes(outcome), _clocks(clock)]
    return [*hanging, *_read_before(asking, now)]


def _read_before(asking: Asking, now: datetime) -> list[Written | None]:
    """The published answer that did not help her enough."""
    if asking.read_before_id is None:
        return []
    known = {"question_id": asking.read_before_id, "known_as": KnownAs.READ_BEFORE}
    return [_known(KnownAnswer(**known, noted_at=now))]


def _write(case: Case, hanging: list[Written | None], draft_id: UUID | None) -> int:
    """Write all of it in one trip; the draft goes off, its papers with it: tell how many."""
    if draft_id is None:
        _cases.one(case, *hanging)
        return 0
    leaving = _sent_off(draft_id, case.submitted_at), _papers_follow(draft_id)
    went = send(_cases(case), *hanging, *leaving, _went.written(draft_id)).rows
    if not went:
        raise DraftAlreadySubmittedError
    ((case_id, papers),) = went
    _cases.settle(case, case_id)
    return int(papers)


@Update
def _sent_off(draft_id: UUID, now: datetime) -> Any:
    alive = Draft.objects.alive_at(now).filter(pk=draft_id)
    return alive, {"submitted_case": LastId(Case), "answers": {}}


@Update
def _papers_follow(draft_id: UUID) -> Any:
    return Attachment.objects.filter(draft_id=draft_id), {"case": LastId(Case), "draft": None}


@Prepared
def _went(draft_id: UUID) -> Any:
    """The case that the draft became just now, and how many papers it has; nothing if it did not."""
    papers = Count("submitted_case__attachments")
    sent = Draft.objects.filter(pk=draft_id, submitted_case=LastId(Case))
    return sent.values_list("submitted_case_id", papers)


_cases = Insert(Case)
_wanted = Insert(Case.wanted_systems.through, case=LastId(Case))
_consents = Insert(Consent, case=LastId(Case))
_outcomes = Insert(RoutingOutcome, case=LastId(Case))
_clocks = Insert(ClockSpan, case=LastId(Case))
_known = Insert(KnownAnswer, case=LastId(Case))
