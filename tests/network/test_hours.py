"""Open now or not: said by the clock, the days that differ and the holidays, never guessed."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from foundation.working_days import CalendarRow, import_calendar
from network.hours import now_words, read_week, week_text, weekly
from network.models import HoursException, Schedule

TAIPEI = ZoneInfo("Asia/Taipei")
OFFICE = [
    Schedule(weekday=day, opens_at=opens, closes_at=closes)
    for day in range(1, 6)
    for opens, closes in ((dt.time(8, 30), dt.time(12)), (dt.time(13, 30), dt.time(17, 30)))
]


def said(text: str, exceptions: list[HoursException] | None = None) -> str:
    now = dt.datetime.fromisoformat(text).replace(tzinfo=TAIPEI)
    with translation.override("en"):
        return now_words(OFFICE, exceptions or [], now)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("2026-08-12T08:30", "Open now until 12:00"),
        ("2026-08-12T11:59", "Open now until 12:00"),
        ("2026-08-12T12:00", "Closed now; opens today at 13:30"),
        ("2026-08-12T07:00", "Closed now; opens today at 08:30"),
        ("2026-08-12T17:30", "Closed now; opens on Thursday at 08:30"),
        ("2026-08-14T18:00", "Closed now; opens on Monday at 08:30"),
        ("2026-08-15T10:00", "Closed now; opens on Monday at 08:30"),
    ],
)
def test_an_office_says_until_when_or_when_next(at: str, words: str) -> None:
    assert said(at) == words


@pytest.mark.django_db
def test_a_holiday_of_which_the_entry_says_nothing_is_not_guessed() -> None:
    import_calendar([CalendarRow(dt.date(2026, 8, 12), False, "休假", "Holiday")])

    assert said("2026-08-12T10:00") == "Today is a holiday. Please call before you go."
    assert said("2026-08-11T18:00") == "Closed now; opens on Thursday at 08:30"


@pytest.mark.django_db
def test_days_that_differ_come_before_the_ordinary_week() -> None:
    day = dt.date(2026, 8, 12)
    closed = HoursException(first_on=day, last_on=day)
    short = HoursException(
        first_on=day, last_on=day, opens_at=dt.time(10), closes_at=dt.time(11, 30)
    )

    assert said("2026-08-12T10:30", [closed]) == "Closed now; opens on Thursday at 08:30"
    assert said("2026-08-12T10:30", [short]) == "Open now until 11:30"
    assert said("2026-08-12T09:00", [short]) == "Closed now; opens today at 10:00"


@pytest.mark.django_db
def test_no_hours_say_nothing_and_a_long_closure_names_no_day() -> None:
    away = HoursException(first_on=dt.date(2026, 8, 10), last_on=dt.date(2026, 9, 30))

    assert now_words([], [], dt.datetime(2026, 8, 12, 10, tzinfo=TAIPEI)) == ""
    assert said("2026-08-12T10:00", [away]) == "Closed now"


def test_hours_that_overlap_are_one_span() -> None:
    rows = [
        Schedule(weekday=1, opens_at=dt.time(9), closes_at=dt.time(12)),
        Schedule(weekday=1, opens_at=dt.time(11), closes_at=dt.time(17)),
    ]

    (hours,) = weekly(rows)

    assert hours.spans == ((dt.time(9), dt.time(17)),)


@pytest.mark.parametrize(
    "text", ["1-5 08:30-12:00, 13:30-17:30; 6 09:00-12:00", "2 09:00-10:00", "", "1 09:00-10:00; 3-4 09:00-10:00"]
)  # fmt: skip
def test_a_week_is_written_as_it_is_read(text: str) -> None:
    assert week_text(read_week(text)) == text
