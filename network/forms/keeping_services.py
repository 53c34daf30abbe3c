"""What is typed of a service of an entry: on what, for whom, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.reference import county_choices
from foundation.errors import DomainError
from foundation.forms import CreatingForm, LineField, PortalForm, ProseField, RocDateField
from network.areas import NATION, area_code, areas_text
from network.forms.areas import AreaError, check_excepted, joined_areas, read_areas
from network.hours import read_spans, spans_text, week_of
from network.models import (
    AreaExtent,
    Offering,
    OfferingAtLocation,
    OfferingState,
    SpokenLanguage,
    TaxonomyTerm,
    Weekday,
)


class OfferingForm(PortalForm):
    """A service: on which topics, for whom, where and when."""

    name_zh = LineField(label=_("Name in Chinese"), max_length=120)
    name_en = LineField(label=_("Name in English"), max_length=160, required=False)
    description_zh = ProseField(
        label=_("Description in Chinese"), max_length=1000, rows=4, required=False
    )
    description_en = ProseField(
        label=_("Description in English"), max_length=2000, rows=4, required=False
    )
    application_zh = ProseField(
        label=_("How to apply, in Chinese"), max_length=600, rows=3, required=False
    )
    application_en = ProseField(
        label=_("How to apply, in English"), max_length=1200, rows=3, required=False
    )
    fees_zh = LineField(label=_("Fees in Chinese"), max_length=200, required=False)
    fees_en = LineField(label=_("Fees in English"), max_length=300, required=False)
    state = forms.ChoiceField(label=_("State"), choices=OfferingState.choices)
    topics = forms.MultipleChoiceField(label=_("Topics"), widget=forms.CheckboxSelectMultiple)
    areas = forms.MultipleChoiceField(
        label=_("Areas served"), widget=forms.CheckboxSelectMultiple, required=False
    )
    districts = LineField(
        label=_("Single districts served"),
        max_length=600,
        required=False,
        help_text=_("With their county, such as 臺中市大里區；臺中市太平區."),
    )
    excepted = LineField(
        label=_("Not served"),
        max_length=600,
        required=False,
        help_text=_("Counties or districts inside the areas served that are left out."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"),
        widget=forms.CheckboxSelectMultiple,
        choices=SpokenLanguage.choices,
        required=False,
    )
    locations = forms.TypedMultipleChoiceField(
        label=_("Given at"), widget=forms.CheckboxSelectMultiple, coerce=int, required=False
    )

    def __init__(self, *args: Any, places: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = TaxonomyTerm.objects.in_order()
        self.fields["topics"].choices = [(term.code, term.name) for term in topics]
        self.fields["areas"].choices = [(NATION, AreaExtent.NATION.label), *county_choices()]
        self.fields["locations"].choices = list(places)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        self._settle_areas(given)
        return given

    def clean_districts(self) -> list[str]:
        found = read_areas(self.cleaned_data["districts"])
        if any("/" not in code for code in found):
            raise ValidationError(_("Write the district too."))
        return found

    def clean_excepted(self) -> list[str]:
        return read_areas(self.cleaned_data["excepted"])

    def _settle_areas(self, given: dict[str, Any]) -> None:
        """Together they must make sense: something served, and only from that something left out."""
        if {"areas", "districts", "excepted"} & set(self.errors):
            return
        try:
            given["areas"] = joined_areas([*given["areas"], *given["districts"]])
            check_excepted(given["areas"], given["excepted"])
        except AreaError as wrong:
            self.add_error(wrong.field, ValidationError(wrong.words))

    @property
    def words(self) -> dict[str, Any]:
        given = self.cleaned_data
        return {n: given[n] for n in OfferingForm.base_fields if n != "districts"}


class AddOfferingForm(OfferingForm, CreatingForm):
    """The same, for a new service; its first hours hold at every place named."""

    days = forms.TypedMultipleChoiceField(
        label=_("Open on"),
        widget=forms.CheckboxSelectMultiple,
        choices=Weekday.choices,
        coerce=int,
        required=False,
    )
    opens_at = forms.TimeField(label=_("Opens at"), required=False)
    closes_at = forms.TimeField(label=_("Closes at"), required=False)
    opens_again_at = forms.TimeField(label=_("Opens again at"), required=False)
    closes_again_at = forms.TimeField(label=_("Closes again at"), required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        self._check_span("opens_at", "closes_at")
        self._check_span("opens_again_at", "closes_again_at")
        first, second = given.get("closes_at"), given.get("opens_again_at")
        if second and (not first or second < first):
            wrong = _("This is before the first hours end.")
            self.add_error("opens_again_at", ValidationError(wrong))
        if (
            bool(given.get("days")) != bool(given.get("opens_at"))
            and "opens_at" not in self.errors
        ):
            name = "opens_at" if given.get("days") else "days"
            self.add_error(name, ValidationError(_("Days and hours belong together.")))
        return given

    def _check_span(self, opens: str, closes: str) -> None:
        first, last = self.cleaned_data.get(opens), self.cleaned_data.get(closes)
        if opens in self.errors or closes in self.errors or (not first and not last):
            return
        if not first or not last or last <= first:
            wrong = _("Give both, the later one second.")
            self.add_error(closes, ValidationError(wrong))

    @property
    def words(self) -> dict[str, Any]:
        given = self.cleaned_data
        pairs = (
            (given["opens_at"], given["closes_at"]),
            (given["opens_again_at"], given["closes_again_at"]),
        )
        spans = [pair for pair in pairs if pair[0]]
        return super().words | {"week": dict.fromkeys(sorted(set(given["days"])), spans)}


class WeekForm(PortalForm):
    """The hours of a week, one line a day; an empty line means closed."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for day in Weekday:
            help_text = _("Like 08:30-12:00, 13:30-17:30.") if day == Weekday.MONDAY else ""
            self.fields[f"d{day.value}"] = LineField(
                label=day.label, max_length=60, required=False, help_text=help_text
            )

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        for name, typed in list(given.items()):
            try:
                given[name] = read_spans(typed)
            except DomainError as wrong:
                self.add_error(name, ValidationError(str(wrong.message)))
        return given

    @property
    def week(self) -> dict[int, Any]:
        said = {day.value: self.cleaned_data[f"d{day.value}"] for day in Weekday}
        return {day: spans for day, spans in said.items() if spans}


class ExceptionForm(CreatingForm):
    """Days on which a place is closed, or keeps other hours."""

    first_on = RocDateField(
        label=_("First day"), help_text=_("For example 115/08/07 or 2026-08-07.")
    )
    last_on = RocDateField(label=_("Last day"), required=False)
    hours = LineField(
        label=_("Open at"),
        max_length=30,
        required=False,
        help_text=_("Like 09:00-12:00. Leave it empty if it is closed."),
    )
    reason_zh = LineField(label=_("Reason in Chinese"), max_length=80, required=False)
    reason_en = LineField(label=_("Reason in English"), max_length=120, required=False)

    def clean_hours(self) -> Any:
        try:
            spans = read_spans(self.cleaned_data["hours"])
        except DomainError as wrong:
            raise ValidationError(str(wrong.message)) from wrong
        if len(spans) > 1:
            raise ValidationError(_("Write one opening and one closing time."))
        return spans[0] if spans else None

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
        first = given.get("first_on")
        given["last_on"] = last = given.get("last_on") or first
        if first and last and last < first and "last_on" not in self.errors:
            self.add_error("last_on", ValidationError(_("The last day is before the first.")))
        return given


def offering_words(row: Offering) -> dict[str, Any]:
    """A service as the form's first values."""
    said = {name: getattr(row, name) for name in OfferingForm.base_fields if hasattr(row, name)}
    said["topics"] = list(row.terms.values_list("code", flat=True))
    areas = list(row.areas.order_by("pk"))
    held = [one for one in areas if not one.is_excepted]
    said["areas"] = [one.county or NATION for one in held if one.extent != AreaExtent.DISTRICT]
    districts = [one for one in held if one.extent == AreaExtent.DISTRICT]
    said["districts"] = areas_text(map(area_code, districts))
    said["excepted"] = areas_text(area_code(one) for one in areas if one.is_excepted)
    said["locations"] = list(row.at_locations.values_list("location_id", flat=True))
    return said


def week_words(row: OfferingAtLocation) -> dict[str, Any]:
    """The hours at a place as the form's first values."""
    return {f"d{day}": spans_text(spans) for day, spans in week_of(row.schedules.all()).items()}
