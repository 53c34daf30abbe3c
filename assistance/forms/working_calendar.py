"""What an administrator types to keep the working-day calendar."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.forms import LineField, PortalForm, RocDateField
from foundation.languages import is_english
from foundation.roc import roc_year

FIRST_YEAR, LAST_YEAR = 2019, 2040


def year_label(year: int) -> str:
    """The year as the reader's language counts it."""
    if is_english():
        return str(year)
    return f"{roc_year(dt.date(year, 1, 1))} 年"


def _is_in_reach(day: dt.date) -> None:
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise ValidationError(
            _("Choose a day between %(first)s and %(last)s.")
            % {"first": year_label(FIRST_YEAR), "last": year_label(LAST_YEAR)}
        )


class DayForm(PortalForm):
    """One day the calendar names."""

    day = RocDateField(
        label=_("Day"),
        help_text=_("Write the date like 115/08/07 or 2026-08-07."),
        validators=[_is_in_reach],
    )
    is_working = forms.TypedChoiceField(
        label=_("On this day agencies"),
        choices=[("no", _("do not work")), ("yes", _("work"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
        initial="no",
    )
    note_zh = LineField(label=_("Why (Chinese)"), max_length=80, required=False)
    note_en = LineField(label=_("Why (English)"), max_length=120, required=False)


class YearForm(PortalForm):
    """A year of the official calendar."""

    year = forms.TypedChoiceField(label=_("Year"), coerce=int)

    def __init__(self, *args: object, years: list[int], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["year"].choices = [(year, year_label(year)) for year in years]
