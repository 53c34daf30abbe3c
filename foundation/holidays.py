"""The official calendars of government offices, as the package `taiwan-holidays` brings them."""

import csv
from collections.abc import Iterator
from datetime import date
from functools import cache
from importlib.resources import files

from foundation.working_days import CalendarRow

_SATURDAY = 5
_DAY_OFF = "2"
_IN_ENGLISH = {
    "開國紀念日": "Founding Day",
    "農曆除夕": "Lunar New Year's Eve",
    "小年夜": "Day before Lunar New Year's Eve",
    "春節": "Lunar New Year",
    "和平紀念日": "Peace Memorial Day",
    "兒童節": "Children's Day",
    "兒童節及民族掃墓節": "Children's Day and Tomb Sweeping Day",
    "清明節": "Tomb Sweeping Day",
    "民族掃墓節": "Tomb Sweeping Day",
    "勞動節": "Labour Day",
    "端午節": "Dragon Boat Festival",
    "中秋節": "Mid-Autumn Festival",
    "孔子誕辰紀念日": "Confucius' Birthday",
    "孔子誕辰紀念日/教師節": "Confucius' Birthday and Teachers' Day",
    "國慶日": "National Day",
    "臺灣光復暨金門古寧頭大捷紀念日": "Retrocession and Battle of Guningtou Memorial Day",
    "行憲紀念日": "Constitution Day",
    "補假": "Substitute day off",
    "調整放假": "Day off by exchange",
    "放假": "Day off",
    "補行上班": "Make-up workday",
    "調整上班": "Workday by exchange",
}


def official_calendar(year: int | None = None) -> list[CalendarRow]:
    """The days on which the official calendar departs from the weekday rule, or that have a name."""
    return [row for row in _rows() if year is None or row.day.year == year]


def years_at_hand() -> list[int]:
    """The years whose official calendar is there, the latest first. Some may be missing."""
    return sorted({row.day.year for row in _rows()}, reverse=True)


@cache
def _rows() -> tuple[CalendarRow, ...]:
    return tuple(sorted(_read(), key=lambda row: row.day))


def _read() -> Iterator[CalendarRow]:
    for sheet in files("taiwan_holidays").joinpath("data").iterdir():
        if not sheet.name.endswith(".csv"):
            continue
        lines = sheet.read_text(encoding="utf-8-sig").splitlines()
        for line in csv.DictReader(lines):
            written = line["西元日期"].strip()
            day = date(int(written[:4]), int(written[4:6]), int(written[6:8]))
            is_working = line["是否放假"].strip() != _DAY_OFF
            note = (line["備註"] or "").strip()
            if note or is_working != (day.weekday() < _SATURDAY):
                yield CalendarRow(day, is_working, note, _IN_ENGLISH.get(note, ""))
