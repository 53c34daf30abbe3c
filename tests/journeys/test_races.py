"""Two acts on one case at the same moment: one of them happens, the other is told why not."""

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.models import Case, CaseMessage, ClockSpan, Need, Offer, Question, Rating
from assistance.services import merging, messages, needs, resolution, triage
from assistance.states import CaseState, NeedState, OfferState
from foundation.errors import DomainError
from foundation.idempotency import once
from ledger.models import Entry
from tests.accounts.racing import behind, race
from tests.factories.accounts import EnterpriseMembershipFactory, StaffMembershipFactory
from tests.factories.assistance import (
    CaseFactory,
    ClockSpanFactory,
    CoordinatorFactory,
    NeedFactory,
    OfferFactory,
    QuestionFactory,
)

pytestmark = pytest.mark.django_db(transaction=True)
TODAY = timezone.localdate


class Scene:
    """What each race begins with; made anew so that one test can run many."""

    def __init__(self) -> None:
        self.smesa = CoordinatorFactory()
        self.duty = StaffMembershipFactory(agency=self.smesa, role=Role.DUTY).user
        self.lead = StaffMembershipFactory(agency=self.smesa, role=Role.LEAD).user
        self.owner = EnterpriseMembershipFactory(role=Role.OWNER)

    def case(self, **traits: Any) -> Any:
        if traits.keys() & {"in_progress", "waiting", "answered"}:
            traits["lead_officer"] = self.lead
        case = CaseFactory(enterprise=self.owner.enterprise, applicant=self.owner.user, **traits)
        if case.is_open:
            side = "sme" if case.state == CaseState.WAITING else "agency"
            ClockSpanFactory(case=case, side=side)
        return case


def refusals(results: list[Any]) -> int:
    return sum(isinstance(one, DomainError) for one in results)


def events(subject: Any, event: str) -> int:
    stream = f"{subject._meta.label_lower}:{subject.pk}"
    return Entry.objects.filter(stream=stream, event=f"assistance.{event}").count()


def clocks_run(case: Any) -> int:
    return ClockSpan.objects.filter(case=case, need=None, ended_at=None).count()


def test_two_acts_that_exclude_each_other_have_one_outcome() -> None:
    scene = Scene()

    for play in (
        answer_while_withdrawn,
        lapse_while_accepted,
        accept_while_declined,
        transfer_while_answered,
        question_answered_twice,
        question_answered_while_cancelled,
        rated_twice,
        reopened_twice,
        merged_both_ways,
        split_twice,
        claimed_while_withdrawn,
    ):
        play(scene)


def answer_while_withdrawn(scene: Scene) -> None:
    case = scene.case(in_progress=True)
    NeedFactory(case=case, answered=True)
    words = {"opening": "您好", "closing": ""}

    results = race(
        lambda: resolution.send_answer(case_id=case.pk, by_id=scene.lead.pk, **words),
        lambda: resolution.withdraw(case_id=case.pk, by_id=scene.owner.user_id, reason="不用了"),
    )

    case.refresh_from_db()
    assert refusals(results) == 1
    assert events(case, "case.answered") + events(case, "case.withdrawn") == 1
    assert case.state in (CaseState.ANSWERED, CaseState.WITHDRAWN)
    assert clocks_run(case) == 0


def lapse_while_accepted(scene: Scene) -> None:
    offer = OfferFactory(lapses_on=TODAY(), need__offer_lapses_on=TODAY())
    need = offer.need
    ClockSpanFactory(case=need.case)
    officer = StaffMembershipFactory(agency=need.agency).user
    tomorrow = TODAY() + dt.timedelta(days=30)

    results = race(
        lambda: needs.accept(need_id=need.pk, officer_id=officer.pk),
        lambda: needs.lapse_due(tomorrow),
    )

    need.refresh_from_db()
    offer.refresh_from_db()
    accepted = need.state == NeedState.ACCEPTED
    assert refusals(results) == (0 if accepted else 1)
    assert offer.state == (OfferState.ACCEPTED if accepted else OfferState.LAPSED)
    assert events(need.case, "need.accepted") + events(need.case, "need.lapsed") == 1
    assert (need.officer_id is not None) is accepted


def accept_while_declined(scene: Scene) -> None:
    need = OfferFactory().need
    ClockSpanFactory(case=need.case)
    two = [StaffMembershipFactory(agency=need.agency).user for _ in range(2)]

    results = race(
        lambda: needs.accept(need_id=need.pk, officer_id=two[0].pk),
        lambda: needs.decline(need_id=need.pk, by_id=two[1].pk, reason="not_ours", text=""),
    )

    assert refusals(results) == 1
    assert Offer.objects.filter(need=need).exclude(state=OfferState.OPEN).count() == 1


def transfer_while_answered(scene: Scene) -> None:
    need = NeedFactory(in_progress=True)
    other = StaffMembershipFactory().agency
    ClockSpanFactory(case=need.case, need=need)

    results = race(
        lambda: needs.answer(need_id=need.pk, by_id=need.officer_id, text="可申請"),
        lambda: needs.transfer(
            need_id=need.pk, agency_id=other.pk, by_id=need.officer_id, reason="誤派"
        ),
    )

    need.refresh_from_db()
    assert refusals(results) == 1
    assert need.state in (NeedState.ANSWERED, NeedState.OFFERED)
    assert (need.state == NeedState.OFFERED) is Offer.objects.filter(need=need).exists()


def question_answered_twice(scene: Scene) -> None:
    case = scene.case(waiting=True)
    question = QuestionFactory(case=case)

    results = race(
        *[
            lambda: messages.answer_question(
                question_id=question.pk, author_id=scene.owner.user_id, body="在此"
            )
        ]
        * 4
    )

    case.refresh_from_db()
    assert refusals(results) == 3
    assert CaseMessage.objects.filter(case=case, kind="reply").count() == 1
    assert case.state == CaseState.PROGRESS
    assert clocks_run(case) == 1


def question_answered_while_cancelled(scene: Scene) -> None:
    case = scene.case(waiting=True)
    question = QuestionFactory(case=case)

    results = race(
        lambda: messages.answer_question(question_id=question.pk, author_id=None, body="在此"),
        lambda: messages.cancel_question(question_id=question.pk, by_id=scene.lead.pk),
    )

    case.refresh_from_db()
    assert refusals(results) == 1
    assert case.state == CaseState.PROGRESS
    assert not Question.objects.filter(case=case, state="open").exists()


def _answered(scene: Scene) -> Any:
    case = scene.case(in_progress=True)
    NeedFactory(case=case, answered=True)
    resolution.send_answer(case_id=case.pk, by_id=scene.lead.pk, opening="您好", closing="")
    return case


def rated_twice(scene: Scene) -> None:
    case = _answered(scene)

    results = race(
        *[
            lambda: resolution.rate(
                case_id=case.pk, rated_by_id=scene.owner.user_id, score=5, text=""
            )
        ]
        * 4
    )

    assert refusals(results) == 3
    assert Rating.objects.filter(answer__case=case).count() == 1


def reopened_twice(scene: Scene) -> None:
    case = _answered(scene)

    results = race(*[lambda: resolution.reopen(case_id=case.pk, by_id=None, reason="還沒好")] * 3)

    assert refusals(results) == 2
    assert clocks_run(case) == 1
    assert events(case, "case.reopened") == 1


def merged_both_ways(scene: Scene) -> None:
    one, two = scene.case(in_progress=True), scene.case(in_progress=True)

    results = race(
        lambda: merging.merge(case_id=one.pk, into_id=two.pk, by_id=scene.duty.pk, reason="同案"),
        lambda: merging.merge(case_id=two.pk, into_id=one.pk, by_id=scene.duty.pk, reason="同案"),
    )

    one.refresh_from_db()
    two.refresh_from_db()
    assert refusals(results) == 1
    assert sorted([one.state, two.state]) == [CaseState.MERGED, CaseState.PROGRESS]
    assert clocks_run(one) + clocks_run(two) == 1


def split_twice(scene: Scene) -> None:
    case = scene.case()
    system = NeedFactory().system
    plan = triage.NeedPlan(system.pk, scene.smesa.pk, "一件事")

    results = race(*[lambda: triage.split(case_id=case.pk, by_id=scene.duty.pk, plans=[plan])] * 3)

    assert refusals(results) == 2
    assert Need.objects.filter(case=case).count() == 1
    assert Offer.objects.filter(need__case=case).count() == 1


def claimed_while_withdrawn(scene: Scene) -> None:
    case = scene.case()

    results = race(
        lambda: triage.claim(case_id=case.pk, officer_id=scene.duty.pk),
        lambda: resolution.withdraw(case_id=case.pk, by_id=None, reason=""),
    )

    case.refresh_from_db()
    assert case.state == CaseState.WITHDRAWN
    assert refusals(results) <= 1
    assert clocks_run(case) == 0


def test_a_form_sent_eight_times_at_once_through_the_door_writes_once() -> None:
    scene = Scene()
    case = scene.case(in_progress=True)
    key = str(uuid.uuid4())
    browsers = []
    for _ in range(8):
        browser = Client()
        browser.force_login(scene.owner.user)
        browsers.append(browser)
    path = reverse("cases:message", args=[case.reference])
    # The house is built at the first request of a process; eight at once would build it eightfold.
    assert browsers[0].get(reverse("cases:detail", args=[case.reference])).status_code == 200

    def send(browser: Client) -> Callable[[], int]:
        return lambda: browser.post(path, {"idempotency_key": key, "body": "一次"}).status_code

    statuses = race(*[send(browser) for browser in browsers])

    assert set(statuses) == {303}
    assert CaseMessage.objects.filter(case=case, body="一次").count() == 1
    assert events(case, "case.message_from_sme") == 1


def test_one_key_for_asking_pauses_the_clock_once() -> None:
    scene = Scene()
    case = scene.case(in_progress=True)
    key = uuid.uuid4()

    def ask() -> Question:
        return messages.ask_enterprise(
            case_id=case.pk,
            need_id=None,
            by_id=scene.lead.pk,
            agency_id=scene.smesa.pk,
            body="請補件",
            items=[],
            due_on=TODAY(),
        )

    race(*[lambda: once(key=key, act="assistance.staff_ask", by="1", do=ask)] * 8)

    assert Question.objects.filter(case=case).count() == 1
    assert ClockSpan.objects.filter(case=case).count() == 2
    assert clocks_run(case) == 1


def test_an_offer_made_anew_while_the_sweep_waits_does_not_lapse(caplog: Any) -> None:
    scene = Scene()
    offer = OfferFactory(lapses_on=TODAY(), need__offer_lapses_on=TODAY(), need__case=scene.case())
    need = offer.need
    tomorrow = TODAY() + dt.timedelta(days=1)

    def offer_anew() -> None:
        needs.decline(need_id=need.pk, by_id=scene.duty.pk, reason="no_capacity", text="")
        needs.offer(need_id=need.pk, agency_id=scene.smesa.pk, by_id=scene.duty.pk)

    lapsed = behind(offer_anew, lambda: needs.lapse_due(tomorrow))

    need.refresh_from_db()
    assert (lapsed, need.state) == (0, NeedState.OFFERED)
    assert "sweep_row_failed" not in caplog.messages


def test_an_offer_taken_while_the_sweep_waits_is_no_error_of_the_sweep(caplog: Any) -> None:
    scene = Scene()
    need = OfferFactory(need__offer_lapses_on=TODAY(), need__case=scene.case()).need

    lapsed = behind(
        lambda: needs.accept(need_id=need.pk, officer_id=scene.duty.pk),
        lambda: needs.lapse_due(TODAY() + dt.timedelta(days=30)),
    )

    assert lapsed == 0
    assert "sweep_row_failed" not in caplog.messages


def test_a_case_answered_anew_while_the_sweep_waits_stays_open_for_fourteen_days() -> None:
    scene = Scene()
    case = _answered(scene)
    later = timezone.now() + dt.timedelta(days=14, minutes=1)

    def answer_anew() -> None:
        resolution.reopen(case_id=case.pk, by_id=None, reason="還沒好")
        resolution.send_answer(
            case_id=case.pk,
            by_id=scene.lead.pk,
            opening="您好",
            closing="",
        )
        Case.objects.filter(pk=case.pk).update(answered_at=later - dt.timedelta(days=1))

    closed = behind(answer_anew, lambda: resolution.close_due(later))

    case.refresh_from_db()
    assert (closed, case.state) == (0, CaseState.ANSWERED)
