"""What an administrator types to change the catalogue."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from assistance.forms.catalogue_lines import (
    read_documents,
    read_problems,
    read_services,
    write_documents,
    write_problems,
    write_services,
)
from assistance.models import SystemEdition
from assistance.models.system_edition import (
    DAYS_FIELDS,
    LIST_FIELDS,
    LONGEST_PROMISE_DAYS,
    TEXT_FIELDS,
)
from foundation.forms import CreatingForm, LineField, PortalForm, ProseField, RocDateField
from foundation.languages import pick

MOST_AGENCIES = 3
LONGEST_LIST = 8000


class _ListField(ProseField):
    """A list of the catalogue, typed as lines; cleans to the items."""

    def __init__(self, *, read: Callable[[str], list[dict[str, Any]]], **kwargs: Any) -> None:
        self.read = read
        super().__init__(max_length=LONGEST_LIST, rows=8, **kwargs)

    def clean(self, value: Any) -> Any:
        return self.read(super().clean(value))


def _days(label: Any, help_text: Any) -> forms.IntegerField:
    return forms.IntegerField(
        label=label,
        help_text=help_text,
        min_value=1,
        max_value=LONGEST_PROMISE_DAYS,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )


def _is_not_past(day: dt.date) -> None:
    if day < timezone.localdate():
        raise ValidationError(_("Choose today or a later day."))


class EditionForm(CreatingForm):
    """A new edition of one system, begun from the one in force."""

    valid_from = RocDateField(
        label=_("Takes effect on"),
        help_text=_(
            "Write the date like 115/08/07 or 2026-08-07. The old text holds until the day before."
        ),
        validators=[_is_not_past],
    )
    heading_zh = LineField(label=_("Heading in the owner's words (Chinese)"), max_length=60)
    heading_en = LineField(label=_("Heading in the owner's words (English)"), max_length=120)
    name_zh = LineField(label=_("Official name (Chinese)"), max_length=60)
    name_en = LineField(label=_("Official name (English)"), max_length=120)
    short_zh = LineField(label=_("Short name (Chinese)"), max_length=30)
    short_en = LineField(label=_("Short name (English)"), max_length=60)
    mission_zh = ProseField(label=_("What it is for (Chinese)"), max_length=400, rows=3)
    mission_en = ProseField(label=_("What it is for (English)"), max_length=600, rows=3)
    gives_zh = LineField(label=_("What you get (Chinese)"), max_length=200)
    gives_en = LineField(label=_("What you get (English)"), max_length=300)
    eligibility_zh = LineField(label=_("Who can apply (Chinese)"), max_length=200)
    eligibility_en = LineField(label=_("Who can apply (English)"), max_length=300)
    services = _ListField(
        label=_("Services"),
        help_text=_("One a line: code | Chinese | English"),
        read=read_services,
    )
    problems = _ListField(
        label=_("Typical problems"),
        help_text=_("One a line: Chinese | English"),
        read=read_problems,
    )
    documents = _ListField(
        label=_("Papers needed"),
        help_text=_("One a line: code | Chinese | English | required or optional"),
        read=read_documents,
        required=False,
    )
    first_answer_days = _days(_("First answer"), _("Working days from receipt"))
    next_update_days = _days(_("Next update"), _("Working days from the last word to the owner"))
    resolution_days = _days(_("Complete answer"), _("Working days from receipt"))
    offer_days = _days(_("Offer lapses"), _("Working days until an unanswered offer lapses"))

    @property
    def pairs(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """The words, Chinese and English side by side."""
        return [(self[f"{name}_zh"], self[f"{name}_en"]) for name in TEXT_FIELDS]

    @property
    def lists(self) -> list[forms.BoundField]:
        return [self[name] for name in LIST_FIELDS]

    @property
    def promises(self) -> list[forms.BoundField]:
        return [self[name] for name in DAYS_FIELDS]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or self.cleaned_data
        first, complete = cleaned.get("first_answer_days"), cleaned.get("resolution_days")
        if first and complete and complete < first:
            words = _("The complete answer cannot be promised before the first answer.")
            self.add_error("resolution_days", words)
        return cleaned

    @property
    def content(self) -> dict[str, Any]:
        """The cleaned values without the day and the key."""
        names = {"valid_from", "idempotency_key"}
        return {name: value for name, value in self.cleaned_data.items() if name not in names}


def initial_of(edition: SystemEdition) -> dict[str, Any]:
    """The edition in force as the form's first values."""
    words = {
        f"{name}_{code}": getattr(edition, f"{name}_{code}")
        for name in TEXT_FIELDS
        for code in ("zh", "en")
    }
    days = {name: getattr(edition, name) for name in DAYS_FIELDS}
    return {
        **words,
        **days,
        "services": write_services(edition.services),
        "problems": write_problems(edition.problems),
        "documents": write_documents(edition.documents),
    }


class AgenciesForm(PortalForm):
    """Who answers for a system from a day on."""

    valid_from = RocDateField(
        label=_("Takes effect on"),
        help_text=_(
            "Write the date like 115/08/07 or 2026-08-07. The agencies before answer until the day before."
        ),
        validators=[_is_not_past],
    )
    first = forms.ModelChoiceField(label=_("Answers first"), queryset=Agency.objects.none())
    second = forms.ModelChoiceField(
        label=_("Second agency"), queryset=Agency.objects.none(), required=False
    )
    third = forms.ModelChoiceField(
        label=_("Third agency"), queryset=Agency.objects.none(), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = Agency.objects.filter(valid_to__isnull=True).by_name()
        for name in ("first", "second", "third"):
            self.fields[name].queryset = choices
            self.fields[name].label_from_instance = lambda agency: pick(agency, "name")

    @property
    def agency_ids(self) -> list[int]:
        chosen = (self.cleaned_data[name] for name in ("first", "second", "third"))
        return [agency.pk for agency in chosen if agency is not None]
