"""Dates as people in Taiwan write them: years of the Republic (Gregorian less 1911)."""

import re
import unicodedata
from datetime import date
from typing import Literal

FIRST_YEAR = 1912

Style = Literal["long", "weekday", "short", "number"]

_DIGITS_ZH = "零一二三四五六七八九"
_WEEKDAYS_ZH = "一二三四五六日"
_WEEKDAYS_EN = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS_EN = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WRITTEN = re.compile(
    r"(?:民國|中華民國|roc)?\s*(?P<year>\d{1,4})\s*[/.\-年]\s*(?P<month>\d{1,2})\s*[/.\-月]\s*"
    r"(?P<day>\d{1,2})\s*日?",
    re.IGNORECASE,
)
_RUN_TOGETHER = re.compile(r"(?P<year>\d{3}|\d{4})(?P<month>\d{2})(?P<day>\d{2})")


def roc_year(day: date) -> int:
    """The year of the Republic; 0 and less before 1912."""
    return day.year - FIRST_YEAR + 1


def from_roc(year: int, month: int, day: int) -> date:
    """The day, or ValueError where the calendar has no such day."""
    if year < 1:
        raise ValueError("the Republic's first year is 1912")
    return date(year + FIRST_YEAR - 1, month, day)


def parse_date(written: str) -> date:
    """Read 115/08/07, 115.8.7, 115年8月7日, 1150807 or 2026-08-07, full width or not.

    A year of four digits is Gregorian and must be 1912 or later, a shorter one is of the
    Republic. Anything else, and every day the calendar lacks, is a ValueError: a date is never
    guessed at.
    """
    plain = unicodedata.normalize("NFKC", written).strip()
    match = _WRITTEN.fullmatch(plain) or _RUN_TOGETHER.fullmatch(plain)
    if match is None:
        raise ValueError(f"not a date: {plain!r}")
    digits = match["year"]
    month, day = int(match["month"]), int(match["day"])
    if len(digits) < 4:
        return from_roc(int(digits), month, day)
    if int(digits) < FIRST_YEAR:
        raise ValueError("a year of four digits is Gregorian, from 1912")
    return date(int(digits), month, day)


def format_date(day: date, lang: str, style: Style = "weekday") -> str:
    """Write a day as the language does.

    weekday: 115 年 8 月 7 日（五） / Friday 7 August 2026; long: the same without the weekday;
    short: 8/7（五） / Fri 7 Aug; number: 115/08/07 / 2026-08-07.
    """
    if lang.startswith("zh"):
        return _in_chinese(day, style)
    month, weekday = _MONTHS_EN[day.month - 1], _WEEKDAYS_EN[day.weekday()]
    return {
        "weekday": f"{weekday} {day.day} {month} {day.year}",
        "long": f"{day.day} {month} {day.year}",
        "short": f"{weekday[:3]} {day.day} {month[:3]}",
        "number": day.isoformat(),
    }[style]


def in_characters(number: int) -> str:
    """A number below a thousand as laws write it: 七十三, 一百零一. Raises ValueError beyond."""
    if not 0 < number < 1_000:
        raise ValueError("only from 1 to 999")
    hundreds, rest = divmod(number, 100)
    tens, ones = divmod(rest, 10)
    words = f"{_DIGITS_ZH[hundreds]}百" if hundreds else ""
    if tens:
        words += ("" if number < 20 else _DIGITS_ZH[tens]) + "十"
    elif hundreds and ones:
        words += "零"
    return words + (_DIGITS_ZH[ones] if ones else "")


def _in_chinese(day: date, style: Style) -> str:
    year = roc_year(day)
    era = f"{year} 年" if year > 0 else f"民國前 {1 - year} 年"
    weekday = f"（{_WEEKDAYS_ZH[day.weekday()]}）"
    return {
        "weekday": f"{era} {day.month} 月 {day.day} 日{weekday}",
        "long": f"{era} {day.month} 月 {day.day} 日",
        "short": f"{day.month}/{day.day}{weekday}",
        "number": f"{year:03d}/{day.month:02d}/{day.day:02d}" if year > 0 else day.isoformat(),
    }[style]
