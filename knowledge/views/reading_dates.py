"""Choosing answers by when they were last read: in the last twelve months, or in a year."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from foundation.languages import is_english
from foundation.roc import roc_year
from knowledge.models.question import QuestionQuerySet

LAST_YEAR = "recent"
_DAYS = 365


def read_of(typed: str, questions: QuestionQuerySet) -> tuple[str, QuestionQuerySet]:
    """What was asked for, and the questions narrowed to it; what we do not know asks nothing."""
    if typed == LAST_YEAR:
        since = timezone.localdate() - timedelta(days=_DAYS)
        return typed, questions.read_again_since(since)
    if len(typed) == 4 and typed.isascii() and typed.isdecimal() and typed > "1911":
        return typed, questions.read_again_in(int(typed))
    return "", questions


def choices(years: list[int], chosen: str) -> list[dict[str, Any]]:
    """The choices of a list, the one at hand marked; a year that holds nothing stays while chosen."""
    is_other = chosen.isdecimal() and int(chosen) not in years
    kept = [*years, int(chosen)] if is_other else years
    offered = [("", _("At any time")), (LAST_YEAR, _("In the last 12 months"))]
    offered += [(str(year), _year(year)) for year in kept]
    return [{"value": value, "label": label, "on": value == chosen} for value, label in offered]


def _year(year: int) -> str:
    return str(year) if is_english() else f"{roc_year(date(year, 1, 1))} 年"
