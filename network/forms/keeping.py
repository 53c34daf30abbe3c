"""What is typed of an entry of the directory: the organisation, its places, its services."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import BusinessNumberField
from accounts.forms.places import CountyField, DistrictField, PlacedForm
from accounts.reference import county_choices
from foundation.forms import CreatingForm, LineField, PortalForm, ProseField
from network.models import (
    AreaExtent,
    Location,
    LocationKind,
    Offering,
    OfferingState,
    Organisation,
    OrganisationKind,
    SpokenLanguage,
    TaxonomyTerm,
    Weekday,
)

NATION = "nation"


class OrganisationForm(PortalForm):
    """Name, kind and how to reach it, in both languages."""

    kind = forms.ChoiceField(label=_("Kind"), choices=OrganisationKind.choices)
    name_zh = LineField(label=_("Name in Chinese"), max_length=120)
    name_en = LineField(label=_("Name in English"), max_length=160, required=False)
    description_zh = ProseField(label=_("Description in Chinese"), max_length=1000, rows=4)
    description_en = ProseField(
        label=_("Description in English"), max_length=2000, rows=4, required=False
    )
    business_number = BusinessNumberField(required=False)
    phone = LineField(label=_("Phone"), max_length=40, required=False)
    email = forms.EmailField(label=_("E-mail"), max_length=254, required=False)
    url = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in OrganisationForm.base_fields}


class AddOrganisationForm(OrganisationForm, CreatingForm):
    """The same, for a new entry."""


class LocationForm(PlacedForm):
    """A place: where it is, how to get in."""

    kind = forms.ChoiceField(label=_("Kind"), choices=LocationKind.choices)
    name_zh = LineField(label=_("Name in Chinese"), max_length=120)
    name_en = LineField(label=_("Name in English"), max_length=160, required=False)
    county = CountyField(required=False)
    district = DistrictField()
    address_zh = LineField(label=_("Address in Chinese"), max_length=200, required=False)
    address_en = LineField(label=_("Address in English"), max_length=240, required=False)
    accessibility_zh = ProseField(
        label=_("Accessibility in Chinese"), max_length=400, rows=3, required=False
    )
    accessibility_en = ProseField(
        label=_("Accessibility in English"), max_length=800, rows=3, required=False
    )
    phone = LineField(label=_("Phone"), max_length=40, required=False)
    url = forms.URLField(label=_("Website"), max_length=300, required=False, assume_scheme="https")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if given.get("kind") == LocationKind.VIRTUAL:
            return given
        for name in ("county", "district", "address_zh"):
            if not given.get(name) and name not in self.errors:
                self.add_error(name, _("A place that is not online needs this."))
        return given

    @property
    def words(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in LocationForm.base_fields}


class AddLocationForm(LocationForm, CreatingForm):
    """The same, for a new place."""


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
        label=_("Areas served"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Single districts and exceptions stay as they are."),
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

    def __init__(self, *args: Any, places: Sequence[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        topics = TaxonomyTerm.objects.in_order()
        self.fields["topics"].choices = [(term.code, term.name) for term in topics]
        self.fields["areas"].choices = [(NATION, AreaExtent.NATION.label), *county_choices()]
        self.fields["locations"].choices = list(places)

    def clean(self) -> dict[str, Any]:
        given: dict[str, Any] = super().clean() or self.cleaned_data
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
        hours = ("opens_at", "closes_at", "opens_again_at", "closes_again_at")
        said = {name: given[name] for name in OfferingForm.base_fields if name not in hours}
        pairs = ((given[hours[0]], given[hours[1]]), (given[hours[2]], given[hours[3]]))
        return said | {"spans": [pair for pair in pairs if pair[0]]}


class AddOfferingForm(OfferingForm, CreatingForm):
    """The same, for a new service."""


class PartnerForm(PortalForm):
    """Who is to speak for the organisation."""

    email = forms.EmailField(label=_("E-mail of the person's account"), max_length=254)


def organisation_words(row: Organisation) -> dict[str, Any]:
    """An entry as the form's first values."""
    return {name: getattr(row, name) for name in OrganisationForm.base_fields}


def location_words(row: Location) -> dict[str, Any]:
    return {name: getattr(row, name) for name in LocationForm.base_fields}


def offering_words(row: Offering) -> dict[str, Any]:
    """A service as the form's first values; hours as at its first place."""
    said = {name: getattr(row, name) for name in OfferingForm.base_fields if hasattr(row, name)}
    said["topics"] = list(row.terms.values_list("code", flat=True))
    wide = row.areas.filter(is_excepted=False).exclude(extent=AreaExtent.DISTRICT)
    said["areas"] = [area.county or NATION for area in wide]
    at = list(row.at_locations.order_by("pk"))
    said["locations"] = [one.location_id for one in at]
    hours = list(at[0].schedules.in_order()) if at else []
    said["days"] = sorted({one.weekday for one in hours})
    spans: list[tuple[dt.time, dt.time]] = sorted({(o.opens_at, o.closes_at) for o in hours})
    for (opens, closes), names in zip(
        spans[:2],
        (("opens_at", "closes_at"), ("opens_again_at", "closes_again_at")),
        strict=False,
    ):
        said |= {names[0]: f"{opens:%H:%M}", names[1]: f"{closes:%H:%M}"}
    return said
