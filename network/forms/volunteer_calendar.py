"""Places by the month and days away, of a volunteer or of an organisation."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import WholeNumberField
from foundation.forms import CreatingForm, PortalForm, RocDateField
from foundation.languages import is_english
from foundation.roc import roc_year
from network.capacity import MOST_PLACES, Calendar


def month_label(month: date) -> str:
    """The month as the reader's language counts it."""
    if is_english():
        return f"{month:%B} {month.year}"
    return f"{roc_year(month)} 年 {month.month} 月"


class PlacesForm(PortalForm):
    """The usual number of places, and those of months that differ."""

    usual = WholeNumberField(
        label=_("Cases in an ordinary month"), largest=MOST_PLACES, required=True
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        months: Sequence[date],
        calendar: Calendar,
        **kwargs: Any,
    ) -> None:
        first: dict[str, Any] = {"usual": calendar.usual}
        first |= {f"m{month:%Y%m}": calendar.months.get(month) for month in months}
        super().__init__(data, initial=first, **kwargs)
        self.months = {f"m{month:%Y%m}": month for month in months}
        for name, month in self.months.items():
            self.fields[name] = WholeNumberField(
                label=month_label(month), largest=MOST_PLACES, required=False
            )

    @property
    def month_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.months]

    @property
    def by_month(self) -> dict[date, int | None]:
        """The places of each month; None where the month follows the usual number."""
        return {month: self.cleaned_data[name] for name, month in self.months.items()}


class LeaveForm(CreatingForm):
    starts_on = RocDateField(
        label=_("First day"), help_text=_("For example 115/08/07 or 2026-08-07.")
    )
    ends_on = RocDateField(label=_("Last day"))

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("The last day is before the first.")))
        return cleaned
