"""The parameters of the open API, as the specification names them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.forms import LineField
from network.hsds.queries import Filters
from network.places import Place, read_place

LARGEST_PAGE = 100
DEFAULT_PAGE = 25
LARGEST_NUMBER = 1_000_000


class ParametersForm(forms.Form):
    """Everything may be left out; what is given must be of its kind."""

    search = LineField(required=False, max_length=200)
    page = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_NUMBER)
    per_page = forms.IntegerField(required=False, min_value=1, max_value=LARGEST_PAGE)
    format = forms.ChoiceField(required=False, choices=[("json", "json"), ("ndjson", "ndjson")])
    taxonomy_term_id = forms.UUIDField(required=False)
    taxonomy_id = forms.UUIDField(required=False)
    organization_id = forms.UUIDField(required=False)
    parent_id = forms.UUIDField(required=False)
    modified_after = forms.DateTimeField(required=False)
    postcode = LineField(required=False, max_length=10)
    proximity = forms.FloatField(required=False, min_value=0, max_value=1_000_000)
    minimal = forms.CharField(required=False, max_length=5)
    full = forms.CharField(required=False, max_length=5)
    full_service = forms.CharField(required=False, max_length=5)
    top_only = forms.CharField(required=False, max_length=5)

    def clean_postcode(self) -> Place | None:
        typed = self.cleaned_data["postcode"]
        if not typed:
            return None
        try:
            return read_place(typed)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal)) from refusal

    def clean(self) -> dict[str, Any] | None:
        is_asked = self.cleaned_data.get("proximity") is not None and "postcode" not in self.errors
        if is_asked and not self.cleaned_data.get("postcode"):
            self.add_error("proximity", _("proximity needs a postcode."))
        return None

    def says(self, name: str) -> bool:
        """Is a switch on? Both “true” and an empty value count, as in ?full."""
        return name in self.data and self.cleaned_data[name].lower() in {"", "true", "1", "yes"}

    @property
    def filters(self) -> Filters:
        given = self.cleaned_data
        return Filters(
            search=given["search"],
            taxonomy_term_id=given["taxonomy_term_id"],
            taxonomy_id=given["taxonomy_id"],
            organization_id=given["organization_id"],
            modified_after=given["modified_after"],
            place=given["postcode"],
            proximity=given["proximity"],
            parent_id=given["parent_id"],
        )
