"""Giving a role to a colleague, and naming a deputy."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Agency, User
from accounts.roles import STAFF_ROLE_CHOICES
from foundation.forms import CreatingForm, LineField, RocDateField


class AgencyChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    def label_from_instance(self, obj: Agency) -> str:
        return obj.name


class StaffRoleForm(CreatingForm):
    email = forms.EmailField(
        label=_("E-mail"), max_length=254,
        error_messages={"required": _("Enter the address of your colleague.")},
    )  # fmt: skip
    name = LineField(
        label=pgettext_lazy("a person", "Name"), max_length=80,
        help_text=_("Used when there is no account for this address yet."),
    )  # fmt: skip
    agency = AgencyChoice(
        label=_("Agency"), queryset=Agency.objects.none(), empty_label=_("Choose one")
    )
    role = forms.ChoiceField(label=_("Role"), choices=STAFF_ROLE_CHOICES)
    valid_from = RocDateField(label=_("From"), required=True)
    valid_to = RocDateField(
        label=_("Last day"), required=False, help_text=_("Leave it empty when the end is open.")
    )

    def __init__(self, *args: Any, agencies: QuerySet[Agency], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agency = self.fields["agency"]
        agency.queryset = agencies  # type: ignore[attr-defined]
        self.fields["valid_from"].initial = timezone.localdate

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        first, last = self.cleaned_data.get("valid_from"), self.cleaned_data.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", ValidationError(_("The last day is before the first.")))
        return cleaned


class AbsenceForm(CreatingForm):
    starts_on = RocDateField(
        label=_("First day"), help_text=_("For example 115/08/07 or 2026-08-07.")
    )
    ends_on = RocDateField(label=_("Last day"))
    deputy = forms.ModelChoiceField(
        label=_("Deputy"), queryset=User.objects.none(), empty_label=_("Choose one"),
        help_text=_("Someone of your agency who takes your new work on these days."),
    )  # fmt: skip

    def __init__(self, *args: Any, deputies: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["deputy"].queryset = deputies  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        first, last = self.cleaned_data.get("starts_on"), self.cleaned_data.get("ends_on")
        if first and last and last < first:
            self.add_error("ends_on", ValidationError(_("The last day is before the first.")))
        return cleaned
