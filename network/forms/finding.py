"""What a visitor asks of the directory: where she is, and for what."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from foundation.forms import LineField, PortalForm
from network.models import AccessFeature, OrganisationKind, SpokenLanguage, TaxonomyTerm
from network.places import Place, read_place

LONGEST_PLACE = 120


def topic_choices(blank: Any) -> list[tuple[str, Any]]:
    """The topics in their order, and a first line for all of them."""
    terms = TaxonomyTerm.objects.in_order()
    return [("", blank), *((term.code, term.name) for term in terms)]


class NeedsForm(PortalForm):
    """What somebody needs to be able to come and to be understood."""

    access = forms.ChoiceField(label=_("How you need to get in"), required=False)
    language = forms.ChoiceField(label=_("Language of the advice"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["access"].choices = [("", _("No matter")), *AccessFeature.choices]
        self.fields["language"].choices = [("", _("Any language")), *SpokenLanguage.choices]


class NearestForm(NeedsForm):
    """Place and topic, and what one needs; all may be left out."""

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


class ListForm(NeedsForm):
    """What a list of a county is narrowed to."""

    topic = forms.ChoiceField(label=_("What is it about?"), required=False)
    kind = forms.ChoiceField(label=_("Kind of organisation"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["topic"].choices = topic_choices(_("Any topic"))
        self.fields["kind"].choices = [("", _("Any kind")), *OrganisationKind.choices]
