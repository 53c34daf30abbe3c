from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from foundation.models import CalendarDay
from foundation.working_days import (
    CalendarRow,
    add_working_days,
    import_calendar,
    is_working,
    name_day,
    next_working_day,
    unname_day,
    working_days_between,
)

pytestmark = pytest.mark.django_db

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31))
FRIDAY = date(2026, 8, 7)


@pytest.fixture
def new_year() -> None:
    """A break of five days in the week of 16 February 2026, made up for on Saturday the 28th."""
    off = [
        CalendarRow(date(2026, 2, day), is_working=False, note_zh="春節") for day in range(16, 21)
    ]
    import_calendar([*off, CalendarRow(date(2026, 2, 28), is_working=True, note_en="Make-up day")])


def test_where_the_calendar_is_silent_weekdays_work():
    assert is_working(FRIDAY)
    assert not is_working(FRIDAY + timedelta(days=1))
    assert next_working_day(date(2026, 8, 8)) == date(2026, 8, 10)


@pytest.mark.usefixtures("new_year")
def test_holidays_rest_and_make_up_saturdays_work():
    assert add_working_days(date(2026, 2, 13), 1) == date(2026, 2, 23)
    assert add_working_days(date(2026, 2, 27), 1) == date(2026, 2, 28)
    assert working_days_between(date(2026, 2, 13), date(2026, 3, 2)) == 7
    assert add_working_days(date(2026, 2, 23), -1) == date(2026, 2, 13)


@given(day=DAYS, n=st.integers(min_value=1, max_value=400))
def test_adding_and_counting_agree(day, n):
    end = add_working_days(day, n)
    assert working_days_between(day, end) == n
    assert is_working(end)
    assert working_days_between(end, day) == -n


@given(a=DAYS, b=DAYS)
def test_counting_agrees_with_walking(a, b):
    first, last = min(a, b), min(max(a, b), min(a, b) + timedelta(days=500))
    walked = sum(is_working(first + timedelta(days=i)) for i in range(1, (last - first).days + 1))
    assert working_days_between(first, last) == walked


@pytest.mark.usefixtures("new_year")
def test_counting_agrees_with_walking_across_named_days():
    for start in range(1, 29):
        first, last = date(2026, 2, start), date(2026, 3, 10)
        walked = sum(
            is_working(first + timedelta(days=i)) for i in range(1, (last - first).days + 1)
        )
        assert working_days_between(first, last) == walked


def test_importing_again_replaces_and_is_seen_at_once():
    name_day(day=FRIDAY, is_working=False, note_zh="颱風", note_en="Typhoon")
    assert not is_working(FRIDAY)

    assert import_calendar([CalendarRow(FRIDAY, is_working=True)]) == 1
    assert is_working(FRIDAY)
    assert CalendarDay.objects.get().note_zh == ""

    assert unname_day(day=FRIDAY)
    assert not unname_day(day=FRIDAY)


def test_a_list_of_deadlines_reads_the_calendar_once(django_assert_num_queries):
    with django_assert_num_queries(1):
        for days in range(50):
            add_working_days(FRIDAY + timedelta(days=days), 5)
