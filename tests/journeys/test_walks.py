"""Random lives of a case through the real services: whatever comes, the house stays in order."""

from collections import Counter
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from assistance.models import Case, ClockSpan, Need, Offer, Question
from assistance.states import (
    AGENCY_HOLDS_NEED_STATES,
    AGENCY_TURN_STATES,
    ASSIGNED_CASE_STATES,
    CASE_COURSE,
    NEED_COURSE,
    WORKING_NEED_STATES,
    CaseState,
    NeedState,
)
from foundation.errors import DomainError
from ledger.models import Entry
from ledger.timeline import timeline_for
from tests.journeys.walking import ACTS, NothingThereError, Walk

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(400)]
Step = tuple[str, int]
Path = tuple[Step, ...]


# Each walk comes to at most one end, at its end: so most of it is lived, and every end is met.
ENDS = ("withdraw", "decline_case", "merge")
STEPS = st.lists(
    st.tuples(st.sampled_from([name for name in ACTS if name not in ENDS]), st.integers(0, 5)),
    min_size=6,
    max_size=12,
)
ENDING = st.sampled_from([(), *(((name, 0),) for name in ENDS)])
# What chance seldom strings together: refused, offered again, passed on, answered, reopened.
A_LONG_LIFE = [
    ("decline", 0),
    ("offer", 0),
    ("accept", 0),
    ("start", 0),
    ("transfer", 1),
    ("accept", 0),
    ("answer_need", 0),
    ("send_answer", 0),
    ("rate", 4),
    ("reopen", 0),
    ("reopen_need", 0),
]
A_LIFE_OF_QUESTIONS = [
    ("assign", 0),
    ("change_lead", 0),
    ("split", 0),
    ("lapse", 0),
    ("drop_need", 0),
    ("split", 1),
    ("accept", 0),
    ("ask", 0),
    ("reply", 0),
    ("ask", 0),
    ("cancel_question", 0),
    ("write", 0),
    ("answer_need", 0),
    ("send_answer", 1),
    ("close", 0),
]
# Most begin as cases do, so that the walk gets somewhere.
OPENING = st.sampled_from(
    [
        (),
        (("claim", 0), ("decline_case", 0)),
        (("split", 0), ("accept", 0)),
        (("split", 0), ("split", 1), ("accept", 0), ("accept", 1), ("start", 0)),
        (("split", 0), ("accept", 0), ("answer_need", 0), ("send_answer", 1)),
        (("split", 0), ("accept", 0), ("ask", 1)),
    ]
)


@pytest.fixture
def walk() -> Walk:
    return Walk()


@settings(
    max_examples=50,
    deadline=None,
    derandomize=True,
    database=None,
    # The failing walk is told act by act; making it shorter takes minutes.
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(opening=OPENING, steps=STEPS, ending=ENDING)
@example(opening=(("split", 0),), steps=A_LONG_LIFE, ending=(("withdraw", 0),))
@example(opening=(("claim", 0),), steps=A_LIFE_OF_QUESTIONS, ending=())
@example(opening=(("claim", 0),), steps=[], ending=(("decline_case", 0),))
@example(opening=(("claim", 0),), steps=[], ending=(("merge", 0),))
def _live(walk: Walk, done: Counter[str], opening: Path, steps: list[Step], ending: Path) -> None:
    with transaction.atomic():
        walk.begin()
        for name, pick in (*opening, *steps, *ending):
            before = _standing(walk)
            moved = _try(walk, name, pick)
            done[name] += moved
            _check(walk, f"{name} from {before}", before, moved=moved)
        transaction.set_rollback(True)


def test_no_life_of_a_case_leaves_the_house_in_disorder(walk: Walk) -> None:
    done: Counter[str] = Counter()

    _live(walk, done)

    assert set(ACTS) == set(+done), "walks on which some act never happened prove nothing of it"


def _try(walk: Walk, name: str, pick: int) -> bool:
    """Do the act as a request would: whole or not at all; only a refusal in words may stop it."""
    try:
        with transaction.atomic():
            ACTS[name](walk, pick)
    except (DomainError, NothingThereError):
        return False
    return True


def _standing(walk: Walk) -> tuple[Any, ...]:
    """The case's state, its needs' states, and how many entries tell of them."""
    case = Case.objects.get(pk=walk.case.pk)
    states = dict(Need.objects.filter(case=case).values_list("pk", "state"))
    return case.state, states, Entry.objects.filter(stream=f"assistance.case:{case.pk}").count()


def _check(walk: Walk, told: str, before: tuple[Any, ...], *, moved: bool) -> None:
    case = Case.objects.get(pk=walk.case.pk)
    rows = list(Need.objects.filter(case=case))
    state, states, entries = _standing(walk)
    assert moved or before == (state, states, entries), f"{told}: half done"
    _check_responsible(case, rows, told)
    _check_clocks(case, rows, told)
    _check_offers(rows, told)
    open_questions = Question.objects.filter(case=case, state="open").count()
    assert (case.state == CaseState.WAITING) is (open_questions > 0), told
    changed = state != before[0] or states != before[1]
    assert not changed or entries > before[2], f"{told}: nobody can read what happened"
    assert len(timeline_for(case, "staff")) <= entries, told


def _check_responsible(case: Case, rows: list[Need], told: str) -> None:
    assert case.lead_agency_id is not None, told
    if case.state in ASSIGNED_CASE_STATES:
        assert case.lead_officer_id is not None, f"{told}: nobody is responsible"
    for need in rows:
        assert need.returns_to_id is not None, told
        assert (need.agency_id is not None) or need.state not in AGENCY_HOLDS_NEED_STATES, told
        assert need.is_open is False or case.is_open, f"{told}: an open need in a settled case"
        assert need.state != NeedState.WAITING or case.state == CaseState.WAITING, told


def _check_clocks(case: Case, rows: list[Need], told: str) -> None:
    running = ClockSpan.objects.filter(case=case, ended_at=None)
    of_case = running.filter(need=None)
    assert of_case.count() == (1 if case.is_open else 0), f"{told}: clocks of the case"
    if case.is_open:
        assert of_case.get().side == case.turn, f"{told}: the wrong side's clock runs"
    assert (case.due_on is not None) is (case.state in AGENCY_TURN_STATES), f"{told}: due_on"
    ticking = set(running.exclude(need=None).values_list("need_id", flat=True))
    for need in rows:
        if need.state in WORKING_NEED_STATES:
            assert need.pk in ticking, f"{told}: no clock on a need that is worked on"
        if not need.is_open:
            assert need.pk not in ticking, f"{told}: a clock on a settled need"
    assert case.is_open or not ticking, told


def _check_offers(rows: list[Need], told: str) -> None:
    for need in rows:
        is_open = Offer.objects.filter(need=need, state="open").count()
        assert is_open == (1 if need.state == NeedState.OFFERED else 0), f"{told}: offers"


@pytest.mark.parametrize(
    ("course", "begins", "ends_in"),
    [
        (
            CASE_COURSE,
            {CaseState.SUBMITTED},
            {CaseState.MERGED, CaseState.WITHDRAWN, CaseState.DECLINED},
        ),
        (NEED_COURSE, {NeedState.PROPOSED}, {NeedState.WITHDRAWN}),
    ],
)
def test_every_state_is_reached_and_only_ends_lead_nowhere(
    course: Any, begins: set[str], ends_in: set[str]
) -> None:
    reached = {state for one in course.states for state in course.following(one)}
    ends = {state for state in course.states if not course.following(state)}

    assert set(course.states) - reached <= begins
    assert ends == ends_in


def _leading_to(course: Any, state: str) -> set[str]:
    return {one for one in course.states if state in course.following(one)}


def test_a_case_that_nobody_has_is_taken_before_anything_else_is_done_with_it() -> None:
    assert CASE_COURSE.following(CaseState.SUBMITTED) & set(ASSIGNED_CASE_STATES) == {
        CaseState.TRIAGE
    }


def test_answers_come_from_work_and_refusals_from_an_offer() -> None:
    assert _leading_to(CASE_COURSE, CaseState.ANSWERED) == {CaseState.PROGRESS, CaseState.REOPENED}
    assert _leading_to(CASE_COURSE, CaseState.CLOSED) == {CaseState.ANSWERED}
    assert _leading_to(NEED_COURSE, NeedState.ANSWERED) == {NeedState.ACCEPTED, NeedState.PROGRESS}
    assert _leading_to(NEED_COURSE, NeedState.DECLINED) == {NeedState.OFFERED}
    assert _leading_to(NEED_COURSE, NeedState.LAPSED) == {NeedState.OFFERED}
