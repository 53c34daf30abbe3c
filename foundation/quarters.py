"""Quarters of the calendar year, in Taipei's time."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from zoneinfo import ZoneInfo

from foundation.roc import roc_year

TAIPEI = ZoneInfo("Asia/Taipei")


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """A quarter; `year` is Gregorian, `number` 1 to 4. Sorts by time."""

    year: int
    number: int

    def __post_init__(self) -> None:
        if self.number not in {1, 2, 3, 4}:
            raise ValueError("a year has the quarters 1 to 4")

    @classmethod
    def of(cls, when: date) -> Self:
        """The quarter that holds the day, or the aware moment as Taipei's clocks show it."""
        if isinstance(when, datetime):
            if when.tzinfo is None:
                raise ValueError("a moment without a time zone belongs to no quarter")
            when = when.astimezone(TAIPEI).date()
        return cls(when.year, (when.month - 1) // 3 + 1)

    @classmethod
    def from_code(cls, code: str) -> Self:
        """Read 2026Q3; ValueError where it is not a quarter."""
        year, q, number = code[:4], code[4:5], code[5:]
        if not (
            year.isdecimal() and year.isascii() and q == "Q" and number in {"1", "2", "3", "4"}
        ):
            raise ValueError(f"not a quarter: {code!r}")
        return cls(int(year), int(number))

    @property
    def code(self) -> str:
        return f"{self.year}Q{self.number}"

    @property
    def first_day(self) -> date:
        return date(self.year, self.number * 3 - 2, 1)

    @property
    def last_day(self) -> date:
        return self.next.first_day - timedelta(days=1)

    @property
    def starts_at(self) -> datetime:
        return datetime.combine(self.first_day, time.min, TAIPEI)

    @property
    def ends_at(self) -> datetime:
        """The first moment that no longer belongs to it: test with `>= starts_at, < ends_at`."""
        return self.next.starts_at

    @property
    def next(self) -> Self:
        return self.plus(1)

    @property
    def previous(self) -> Self:
        return self.plus(-1)

    def plus(self, quarters: int) -> Self:
        year, index = divmod(self.year * 4 + self.number - 1 + quarters, 4)
        return type(self)(year, index + 1)

    def label(self, lang: str) -> str:
        if lang.startswith("zh"):
            return f"{roc_year(self.first_day)} 年第 {self.number} 季"
        return f"Q{self.number} {self.year}"

    def __contains__(self, when: date) -> bool:
        return type(self).of(when) == self

    def __str__(self) -> str:
        return self.code
