"""What is typed of an entry of the directory: the organisation, its places, its services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import BusinessNumberField
from accounts.forms.places import CountyField, DistrictField, PlacedForm
from foundation.forms import CreatingForm, LineField, PortalForm, ProseField
from network.models import (
    AccessFeature,
    Location,
    LocationKind,
    Organisation,
    OrganisationKind,
)


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
    features = forms.MultipleChoiceField(
        label=_("How people get in and around"),
        widget=forms.CheckboxSelectMultiple,
        choices=AccessFeature.choices,
        required=False,
    )
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


class PartnerForm(PortalForm):
    """Who is to speak for the organisation."""

    email = forms.EmailField(label=_("E-mail of the person's account"), max_length=254)


def organisation_words(row: Organisation) -> dict[str, Any]:
    """An entry as the form's first values."""
    return {name: getattr(row, name) for name in OrganisationForm.base_fields}


def location_words(row: Location) -> dict[str, Any]:
    return {name: getattr(row, name) for name in LocationForm.base_fields}
