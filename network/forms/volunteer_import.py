"""One line of a list of volunteers, checked as if somebody had typed it."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import WholeNumberField
from accounts.reference import counties, county_of_address
from foundation.forms import CreatingForm, LineField, RocDateField
from network.capacity import MOST_PLACES
from network.forms.volunteers import ProfileFields

SEVERAL = frozenset({"specialties", "languages", "more_counties"})


class ImportForm(CreatingForm):
    file = forms.FileField(
        label=_("CSV or XLSX file"), widget=forms.FileInput(attrs={"accept": ".csv,.xlsx"})
    )


class LineForm(ProfileFields):
    email = forms.EmailField(label=_("E-mail"), max_length=254)
    places = WholeNumberField(
        label=_("Cases in an ordinary month"), largest=MOST_PLACES, required=True
    )
    term_starts_on = RocDateField(label=_("Term from"))
    term_ends_on = RocDateField(label=_("Term until"))
    basic_certificate = LineField(label=_("Basic training"), max_length=60)
    basic_trained_on = RocDateField(label=_("Basic training"))
    special_certificate = LineField(label=_("Special training"), max_length=60, required=False)
    special_trained_on = RocDateField(label=_("Special training"), required=False)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, last = cleaned.get("term_starts_on"), cleaned.get("term_ends_on")
        if first and last and last <= first:
            self.add_error("term_ends_on", ValidationError(_("The term ends after it begins.")))
        return cleaned

    @property
    def wrong(self) -> list[str]:
        """What is wrong, each with the column it is about."""
        return [f"{name}: {message}" for name, said in self.errors.items() for message in said]


COLUMNS = tuple(LineForm.base_fields)


def line_form(heads: Sequence[str], cells: Sequence[str]) -> LineForm:
    """The form of one line; a county may be named by its code or in Chinese."""
    written: dict[str, Any] = dict(zip(heads, cells, strict=False))
    written["county"] = _county(str(written.get("county", "")))
    for name in SEVERAL:
        said = str(written.get(name, "")).replace(",", ";").split(";")
        written[name] = [one.strip() for one in said if one.strip()]
    written["more_counties"] = [_county(one) for one in written["more_counties"]]
    return LineForm(written)


def _county(said: str) -> str:
    return said if said in counties() else county_of_address(said) or said
