"""Courses, quarters, dated things, the official calendar."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from foundation.errors import DomainError
from foundation.holidays import official_calendar, years_at_hand
from foundation.languages import fell_back, pick, pick_in
from foundation.quarters import TAIPEI, Quarter
from foundation.transitions import Course, MoveNotAllowedError
from foundation.working_days import add_working_days, import_calendar, is_working

COURSE = Course({"new": {"open", "dropped"}, "open": {"done"}, "done": set(), "dropped": set()})
QUARTERS = st.builds(Quarter, st.integers(1912, 2900), st.integers(1, 4))


def test_a_course_allows_what_it_lists():
    assert COURSE.states == {"new", "open", "done", "dropped"}
    assert COURSE.ends == {"done", "dropped"}
    assert COURSE.following("new") == {"open", "dropped"}
    COURSE.check("new", "open")


@pytest.mark.parametrize(
    ("current", "wanted"), [("new", "done"), ("done", "new"), ("new", "new"), ("new", "x")]
)
def test_a_course_refuses_everything_else_by_name(current, wanted):
    with pytest.raises(MoveNotAllowedError) as refusal:
        COURSE.check(current, wanted)

    assert isinstance(refusal.value, DomainError)
    assert (refusal.value.current, refusal.value.wanted) == (current, wanted)


def test_a_course_that_leads_nowhere_is_refused():
    with pytest.raises(ValueError):
        Course({"new": {"gone"}})


def test_a_domain_error_says_its_words_or_those_it_is_given():
    assert str(DomainError("No beds")) == "No beds"
    with override("en"):
        assert str(MoveNotAllowedError("a", "b")).startswith("This has changed")


@given(QUARTERS)
def test_quarters_follow_one_another_without_gap_or_overlap(quarter):
    assert quarter.next.previous == quarter
    assert quarter.next.first_day == quarter.last_day + timedelta(days=1)
    assert quarter.first_day in quarter
    assert quarter.last_day in quarter
    assert quarter.next.first_day not in quarter
    assert Quarter.from_code(quarter.code) == quarter
    assert quarter < quarter.next


@given(
    st.datetimes(
        min_value=datetime(1950, 1, 1), max_value=datetime(2090, 1, 1), timezones=st.just(UTC)
    )
)
def test_every_moment_is_in_exactly_one_quarter(moment):
    quarter = Quarter.of(moment)

    assert quarter.starts_at <= moment < quarter.ends_at


def test_the_quarter_is_that_of_taipei():
    assert Quarter.of(datetime(2026, 3, 31, 16, 0, tzinfo=UTC)) == Quarter(2026, 2)
    assert Quarter.of(datetime(2026, 3, 31, 15, 59, tzinfo=UTC)) == Quarter(2026, 1)
    assert Quarter(2026, 1).starts_at == datetime(2026, 1, 1, tzinfo=TAIPEI)
    with pytest.raises(ValueError):
        Quarter.of(datetime(2026, 1, 1))


def test_quarters_are_named_in_both_languages():
    assert Quarter(2026, 2).label("zh-hant") == "115 年第 2 季"
    assert Quarter(2026, 2).label("en") == "Q2 2026"


@pytest.mark.parametrize("code", ["", "2026Q5", "2026q1", "26Q1", "2026Q11", "２０２６Q1"])
def test_what_is_no_quarter_is_refused(code):
    with pytest.raises(ValueError):
        Quarter.from_code(code)


class Content:
    name_zh = "融資"
    name_en = "Financing"
    note_zh = "只有中文"
    note_en = ""


def test_content_is_picked_by_language_and_says_when_it_fell_back():
    assert pick(Content, "name") == "融資"
    with override("en"):
        assert pick(Content, "name") == "Financing"
        assert pick(Content, "note") == "只有中文"
        assert fell_back(Content, "note")
        assert not fell_back(Content, "name")
    assert pick_in(Content, "name", "en") == "Financing"


@pytest.mark.django_db
def test_the_official_calendar_holds_breaks_and_make_up_days():
    import_calendar(official_calendar())

    assert 2026 in years_at_hand()
    assert not is_working(date(2026, 1, 1))
    assert not is_working(date(2026, 2, 17))
    assert is_working(date(2023, 2, 18))
    assert add_working_days(date(2026, 2, 13), 1) > date(2026, 2, 20)
