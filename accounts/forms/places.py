"""Where something is: a county and one of its districts, also without a script."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.reference import county_choices
from accounts.reference.districts import district_choices, district_of, districts
from foundation.forms import LineField, PortalForm

CHOOSE = ("", _("Choose one"))
_MOST_TYPED = 60


def counties_with_blank() -> list[tuple[str, Any]]:
    return [CHOOSE, *county_choices()]


def districts_with_blank() -> list[Any]:
    return [CHOOSE, *district_choices()]


class CountyField(forms.ChoiceField):
    """With a script, choosing a county narrows the districts beside it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("County or city"))
        super().__init__(choices=counties_with_blank, **kwargs)
        self.widget.attrs |= {
            "hx-get": reverse_lazy("account:districts"),
            "hx-target": "#id_district",
            "hx-swap": "innerHTML",
            "hx-trigger": "change",
        }


class DistrictField(forms.ChoiceField):
    """One list grouped by county; a plain name is taken too and settled with the county."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("District and postcode"))
        super().__init__(choices=districts_with_blank, required=False, **kwargs)

    def valid_value(self, value: str) -> bool:
        return True

    def to_python(self, value: Any) -> str:
        return str(value or "").strip()[:_MOST_TYPED]


class PlacedForm(PortalForm):
    """A form with `county` and `district`; the district is kept by its Chinese name and tells the county."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        initial = dict(kwargs.get("initial") or {})
        county, name = initial.get("county", ""), initial.get("district", "")
        found = districts().get(name) or district_of(county, name)
        if name and districts():
            initial["district"] = found.code if found else ""
        kwargs["initial"] = initial
        super().__init__(*args, **kwargs)
        if not districts():
            label = self.fields["district"].label
            self.fields["district"] = LineField(label=label, max_length=40, required=False)

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        typed, county = cleaned.get("district", ""), cleaned.get("county", "")
        if not typed or not districts():
            return cleaned
        found = districts().get(typed) or district_of(county, typed)
        if found is None:
            self.add_error("district", ValidationError(_("Choose from the list.")))
        elif county and found.county != county:
            wrong = _("This district is in another county. Choose one of the county above.")
            self.add_error("district", ValidationError(wrong))
        else:
            cleaned |= {"county": found.county, "district": found.zh}
        return cleaned
