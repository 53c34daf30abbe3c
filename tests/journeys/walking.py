"""What can be done with a case, as steps of a walk: each does one act of the real services."""

import datetime as dt
from collections.abc import Callable

from django.utils import timezone

from accounts.roles import Role
from assistance.models import Need, Question
from assistance.services import merging, messages, needs, resolution, triage
from assistance.services.triage import NeedPlan
from assistance.states import (
    WORKING_NEED_STATES,
    NeedState,
)
from tests.factories.accounts import (
    AgencyFactory,
    EnterpriseMembershipFactory,
    StaffMembershipFactory,
)
from tests.factories.assistance import CaseFactory, ClockSpanFactory, CoordinatorFactory
from tests.factories.catalogue import EditionFactory, SystemFactory

ACTS: dict[str, Callable[["Walk", int], object]] = {}


def act(do: Callable[["Walk", int], object]) -> Callable[["Walk", int], object]:
    ACTS[do.__name__] = do
    return do


class Walk:
    """A case, its people, and picks among what the case has at the moment."""

    def __init__(self) -> None:
        self.smesa, self.other = CoordinatorFactory(), AgencyFactory()
        self.agencies = [self.smesa, self.other]
        self.duty = StaffMembershipFactory(agency=self.smesa, role=Role.DUTY).user
        self.lead = StaffMembershipFactory(agency=self.smesa, role=Role.LEAD).user
        self.officer = StaffMembershipFactory(agency=self.other, role=Role.OFFICER).user
        self.owner = EnterpriseMembershipFactory(role=Role.OWNER)
        self.systems = [SystemFactory(number=number) for number in (1, 2)]
        for system in self.systems:
            EditionFactory(system=system)

    def begin(self) -> None:
        self.case = CaseFactory(enterprise=self.owner.enterprise, applicant=self.owner.user)
        ClockSpanFactory(case=self.case)

    def need(self, pick: int, *states: NeedState) -> int:
        """One of the case's needs, preferably in a state where the act makes sense."""
        rows = list(Need.objects.filter(case=self.case).order_by("pk"))
        fitting = [row for row in rows if row.state in states] or rows
        if not fitting:
            raise NothingThereError
        return fitting[pick % len(fitting)].pk

    def question(self, pick: int) -> int:
        rows = list(Question.objects.filter(case=self.case).order_by("-pk")[:3])
        if not rows:
            raise NothingThereError
        return rows[pick % len(rows)].pk


class NothingThereError(Exception):
    """The act has nothing to act on yet."""


@act
def claim(walk: Walk, pick: int) -> object:
    return triage.claim(case_id=walk.case.pk, officer_id=walk.duty.pk)


@act
def assign(walk: Walk, pick: int) -> object:
    return triage.assign(case_id=walk.case.pk, to_id=walk.lead.pk, by_id=walk.duty.pk)


@act
def split(walk: Walk, pick: int) -> object:
    agency = [*walk.agencies, None][pick % 3]
    plan = NeedPlan(walk.systems[pick % 2].pk, agency.pk if agency else None, "需求")
    return triage.split(case_id=walk.case.pk, by_id=walk.duty.pk, plans=[plan])


@act
def change_lead(walk: Walk, pick: int) -> object:
    agency, officer = [(walk.smesa, walk.lead), (walk.other, walk.officer)][pick % 2]
    return triage.change_lead(
        case_id=walk.case.pk, agency_id=agency.pk, officer_id=officer.pk, by_id=walk.duty.pk
    )


@act
def decline_case(walk: Walk, pick: int) -> object:
    words = {"reason": "out_of_scope", "text": "不屬本案", "where_instead": "法扶"}
    return triage.decline(case_id=walk.case.pk, by_id=walk.duty.pk, **words)


@act
def offer(walk: Walk, pick: int) -> object:
    back = (NeedState.PROPOSED, NeedState.DECLINED, NeedState.LAPSED)
    agency = walk.agencies[pick % 2]
    return needs.offer(need_id=walk.need(pick, *back), agency_id=agency.pk, by_id=walk.duty.pk)


@act
def accept(walk: Walk, pick: int) -> object:
    return needs.accept(need_id=walk.need(pick, NeedState.OFFERED), officer_id=walk.officer.pk)


@act
def decline(walk: Walk, pick: int) -> object:
    need = walk.need(pick, NeedState.OFFERED)
    return needs.decline(need_id=need, by_id=walk.officer.pk, reason="no_capacity", text="")


@act
def lapse(walk: Walk, pick: int) -> object:
    return needs.lapse_due(timezone.localdate() + dt.timedelta(days=60))


@act
def start(walk: Walk, pick: int) -> object:
    return needs.start(need_id=walk.need(pick, NeedState.ACCEPTED), by_id=walk.officer.pk)


@act
def transfer(walk: Walk, pick: int) -> object:
    return needs.transfer(
        need_id=walk.need(pick, *WORKING_NEED_STATES),
        agency_id=walk.agencies[pick % 2].pk,
        by_id=walk.officer.pk,
        reason="改由他機關",
    )


@act
def answer_need(walk: Walk, pick: int) -> object:
    need = walk.need(pick, *WORKING_NEED_STATES)
    return needs.answer(need_id=need, by_id=walk.officer.pk, text="可以申請")


@act
def drop_need(walk: Walk, pick: int) -> object:
    return needs.withdraw(need_id=walk.need(pick), by_id=walk.duty.pk, reason="不需要")


@act
def ask(walk: Walk, pick: int) -> object:
    return messages.ask_enterprise(
        case_id=walk.case.pk,
        need_id=None if pick % 3 == 0 else walk.need(pick, *WORKING_NEED_STATES),
        by_id=walk.lead.pk,
        agency_id=walk.smesa.pk,
        body="請補件",
        items=[],
        due_on=timezone.localdate() + dt.timedelta(days=7),
    )


@act
def reply(walk: Walk, pick: int) -> object:
    return messages.answer_question(question_id=walk.question(pick), author_id=None, body="在此")


@act
def cancel_question(walk: Walk, pick: int) -> object:
    return messages.cancel_question(question_id=walk.question(pick), by_id=walk.lead.pk)


@act
def write(walk: Walk, pick: int) -> object:
    return messages.send_from_agency(
        case_id=walk.case.pk,
        need_id=None,
        by_id=walk.lead.pk,
        agency_id=walk.smesa.pk,
        body="進度說明",
    )


@act
def send_answer(walk: Walk, pick: int) -> object:
    return resolution.send_answer(
        case_id=walk.case.pk,
        by_id=walk.lead.pk,
        opening="您好",
        closing="",
        open_needs_reason="其餘另案" if pick % 2 else "",
    )


@act
def rate(walk: Walk, pick: int) -> object:
    return resolution.rate(case_id=walk.case.pk, rated_by_id=None, score=pick % 5 + 1, text="")


@act
def reopen(walk: Walk, pick: int) -> object:
    return resolution.reopen(case_id=walk.case.pk, by_id=None, reason="還沒解決")


@act
def reopen_need(walk: Walk, pick: int) -> object:
    need = walk.need(pick, NeedState.ANSWERED)
    return resolution.reopen_need(need_id=need, by_id=walk.lead.pk)


@act
def close(walk: Walk, pick: int) -> object:
    return resolution.close_due(timezone.now() + dt.timedelta(days=15))


@act
def withdraw(walk: Walk, pick: int) -> object:
    return resolution.withdraw(case_id=walk.case.pk, by_id=None, reason="不用了")


@act
def merge(walk: Walk, pick: int) -> object:
    other = CaseFactory(enterprise=walk.owner.enterprise)
    return merging.merge(
        case_id=walk.case.pk, into_id=other.pk, by_id=walk.duty.pk, reason="同一件事"
    )
