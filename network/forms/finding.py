"""What a visitor asks of the directory: where she is, and for what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.forms import LineField, PortalForm
from network.models import OrganisationKind, TaxonomyTerm
from network.places import Place, read_place

LONGEST_PLACE = 120


def topic_choices(blank: Any) -> list[tuple[str, Any]]:
    """The topics in their order, and a first line for all of them."""
    terms = TaxonomyTerm.objects.in_order()
    return [("", blank), *((term.code, term.name) for term in terms)]


class NearestForm(PortalForm):
    """Place and topic; both may be left out."""

    place = LineField(
        label=_("Address, district or postcode"), required=False, max_length=LONGEST_PLACE
    )
    topic = forms.ChoiceField(label=_("What is it about?"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = topic_choices(_("Any topic"))
        self.fields["place"].widget.attrs["autocomplete"] = "postal-code"

    def clean_place(self) -> Place | None:
        typed = self.cleaned_data["place"]
        if not typed:
            return None
        try:
            return read_place(typed)
        except DomainError as refusal:
            raise forms.ValidationError(str(refusal.message), code="place") from refusal


class ListForm(PortalForm):
    """What a list of a county is narrowed to."""

    topic = forms.ChoiceField(label=_("What is it about?"), required=False)
    kind = forms.ChoiceField(label=_("Kind of organisation"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = topic_choices(_("Any topic"))
        self.fields["kind"].choices = [("", _("Any kind")), *OrganisationKind.choices]
