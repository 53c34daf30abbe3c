"""What applicants and volunteers type about themselves."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.forms.fields import BusinessNumberField, WholeNumberField
from accounts.forms.places import counties_with_blank
from accounts.reference import county_choices
from accounts.reference.districts import district_of, districts
from foundation.forms import CreatingForm, LineField, PortalForm, ProseField, RocDateField
from network.capacity import MOST_PLACES
from network.models import SpokenLanguage, TaxonomyTerm
from network.models.service_hours import MOST_MINUTES
from network.models.volunteer_profile import PROFILE_FIELDS
from network.volunteer_states import HoursKind, Qualification, ShownField, Tie

MOST_DISTRICTS = 40
_BETWEEN = re.compile(r"[、，,；;\s]+")
_BETWEEN_ENGLISH = re.compile(r"[、，,；;\n]+")


def term_choices() -> list[tuple[str, str]]:
    return [(term.code, term.name) for term in TaxonomyTerm.objects.in_order()]


def districts_named(county: str, typed: str) -> tuple[list[str], list[str]]:
    """The districts of a county that were typed, by their Chinese names, and what is none."""
    between = _BETWEEN_ENGLISH if typed.isascii() else _BETWEEN
    names = [name.strip() for name in between.split(typed) if name.strip()]
    found = [(name, district_of(county, name)) for name in names]
    if not districts():
        return names, []
    known = list(dict.fromkeys(one.zh for _name, one in found if one))
    return known, [name for name, one in found if one is None]


class ProfileFields(PortalForm):
    """What one says about oneself."""

    name = LineField(label=pgettext_lazy("a person", "Name"), max_length=80, autocomplete="name")
    title = LineField(label=_("Profession or post"), max_length=80, required=False)
    phone = LineField(
        label=_("Phone"), max_length=30, required=False, autocomplete="tel", inputmode="tel"
    )
    county = forms.ChoiceField(label=_("Your county or city"), choices=counties_with_blank)
    districts = LineField(
        label=_("Districts of your county that you serve"),
        max_length=300,
        required=False,
        help_text=_("Leave it empty for the whole county. Several with a comma between them."),
    )
    more_counties = forms.MultipleChoiceField(
        label=_("Other counties you serve too"),
        choices=county_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Each as a whole, for example where you can go or give advice online."),
    )
    specialties = forms.MultipleChoiceField(
        label=_("Specialties"), choices=term_choices, widget=forms.CheckboxSelectMultiple
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages you speak"),
        choices=SpokenLanguage.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    introduction = ProseField(
        label=_("A few words about yourself"), max_length=1000, rows=4, required=False
    )

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed, county = cleaned.get("districts", ""), cleaned.get("county", "")
        known, unknown = districts_named(county, typed) if county else ([], [])
        if unknown:
            words = _("There is no district “%(name)s” in this county.")
            self.add_error("districts", ValidationError([words % {"name": n} for n in unknown]))
        elif len(known) > MOST_DISTRICTS:
            self.add_error("districts", ValidationError(_("Leave it empty for the whole county.")))
        else:
            cleaned["districts"] = known
        others = cleaned.get("more_counties", [])
        cleaned["more_counties"] = [one for one in others if one != county]
        return cleaned


class ProfileForm(ProfileFields):
    pass


class ApplicationForm(ProfileFields, CreatingForm):
    """Also the grounds, the training and what one promises."""

    places = WholeNumberField(
        label=_("Cases you can take in a month"), largest=MOST_PLACES, required=True
    )
    qualification = forms.ChoiceField(
        label=_("Which of these applies to you?"),
        choices=Qualification.choices,
        widget=forms.RadioSelect,
    )
    experience = ProseField(label=_("Your experience"), max_length=3000, rows=6)
    basic_certificate = LineField(
        label=_("Number of your certificate of basic training"),
        max_length=60,
        help_text=_("The basic training under the Volunteer Service Act."),
    )
    basic_trained_on = RocDateField(
        label=_("Day of the basic training"), help_text=_("For example 115/08/07 or 2026-08-07.")
    )
    sound_credit = forms.BooleanField(label=_("My bank credit is sound"))
    clean_record = forms.BooleanField(label=_("I have no criminal record"))
    duties = forms.BooleanField(
        label=_("I keep what I hear confidential and take no reward"),
        help_text=_("Volunteer Service Act, article 15."),
    )

    def clean_basic_trained_on(self) -> Any:
        day = self.cleaned_data["basic_trained_on"]
        if day and day > timezone.localdate():
            raise ValidationError(_("This day is still to come."))
        return day

    @property
    def stated(self) -> dict[str, Any]:
        """What the service takes."""
        promises = {"idempotency_key", "sound_credit", "clean_record", "duties"}
        said = {name: value for name, value in self.cleaned_data.items() if name not in promises}
        return said | {"districts": tuple(said["districts"])}


class HoursForm(CreatingForm):
    day = RocDateField(label=_("Day"), help_text=_("For example 115/08/07 or 2026-08-07."))
    minutes = WholeNumberField(label=_("Minutes"), largest=MOST_MINUTES, required=True)
    kind = forms.ChoiceField(label=_("Kind"), choices=HoursKind.choices)
    what = ProseField(
        label=_("What you did"),
        max_length=500,
        rows=3,
        help_text=_("Without names of enterprises or people."),
    )

    def clean_minutes(self) -> int:
        minutes: int = self.cleaned_data["minutes"]
        if minutes < 1:
            raise ValidationError(_("Enter at least one minute."))
        return minutes


class ConflictForm(CreatingForm):
    business_number = BusinessNumberField(required=False)
    enterprise_name = LineField(
        label=_("Name of the enterprise"),
        max_length=120,
        required=False,
        help_text=_("Give the number or the name. Only the number is compared with cases."),
    )
    tie = forms.ChoiceField(
        label=_("What ties you to it?"), choices=Tie.choices, widget=forms.RadioSelect
    )
    note = ProseField(label=_("Note"), max_length=500, rows=2, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        wanted = ("business_number", "enterprise_name")
        if not any(cleaned.get(name) or name in self.errors for name in wanted):
            self.add_error("business_number", _("Give the business number or the name."))
        return cleaned


class ConsentsForm(PortalForm):
    fields_shown = forms.MultipleChoiceField(
        label=_("Show everybody"),
        choices=ShownField.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Nothing is shown that you do not tick. You can change it at any time."),
    )


def profile_of(said: Any) -> Mapping[str, Any]:
    """What a volunteer or an earlier application says, as first values of a form."""
    names = set(PROFILE_FIELDS) - {"districts"}
    first = {name: getattr(said, name) for name in names}
    return first | {"districts": "、".join(said.districts)}
