"""What those who review volunteers type."""

from itertools import pairwise
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import WholeNumberField
from foundation.forms import LineField, PortalForm, ProseField, RocDateField
from network.volunteer_states import Training


class ReasonForm(PortalForm):
    reason = ProseField(
        label=_("Reason"),
        max_length=500,
        rows=3,
        help_text=_("The person reads these words."),
    )


class TrainingForm(PortalForm):
    kind = forms.ChoiceField(
        label=_("Training"), choices=Training.choices, initial=Training.SPECIAL
    )
    held_on = RocDateField(
        label=_("Day of the training"), help_text=_("For example 115/08/07 or 2026-08-07.")
    )
    certificate = LineField(label=_("Number of the certificate"), max_length=60)


class RoundForm(PortalForm):
    """The days of one year's round; in order."""

    year = WholeNumberField(
        label=_("Year (Gregorian)"), largest=2100, required=True, help_text=_("For example 2027.")
    )
    opens_on = RocDateField(label=_("Applications from"))
    closes_on = RocDateField(
        label=_("Applications until"), help_text=_("Whoever comes later waits for the next round.")
    )
    term_starts_on = RocDateField(label=_("Term from"))
    term_ends_on = RocDateField(label=_("Term until"))

    def clean_year(self) -> int:
        year: int = self.cleaned_data["year"]
        if year < timezone.localdate().year:
            raise ValidationError(_("Choose this year or a later one."))
        return year

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        names = ("opens_on", "closes_on", "term_starts_on", "term_ends_on")
        words = {
            "closes_on": _("Applications end before they begin."),
            "term_starts_on": _("The term begins after applications have ended."),
            "term_ends_on": _("The term ends after it begins."),
        }
        for before, after in pairwise(names):
            first, last = self.cleaned_data.get(before), self.cleaned_data.get(after)
            if not (first and last):
                continue
            if last < first or (last == first and after != "closes_on"):
                self.add_error(after, ValidationError(words[after]))
        return cleaned
