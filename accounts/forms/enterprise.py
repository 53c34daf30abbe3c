"""What is asked about an enterprise."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import ASKS_REGISTER, BusinessNumberField, WholeNumberField
from accounts.forms.places import CHOOSE, CountyField, DistrictField, PlacedForm
from accounts.models import BranchKind, RegistrationKind
from accounts.reference import industry_choices
from accounts.roles import ENTERPRISE_ROLE_CHOICES
from foundation.forms import CreatingForm, LineField, PortalForm, RocDateField

PARTICULARS = (
    "name_zh",
    "name_en",
    "representative",
    "industry",
    "registration_kind",
    "founded_on",
    "county",
    "district",
    "address",
    "paid_in_capital",
    "regular_staff",
)
_LARGEST_CAPITAL = 10**15
_LARGEST_STAFF = 10**7


def industries_with_blank() -> list[tuple[str, Any]]:
    return [CHOOSE, *industry_choices()]


class BusinessNumberForm(PortalForm):
    business_number = BusinessNumberField(
        help_text=_("Eight digits, as on your invoices. We look up the public register for you.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["business_number"].widget.attrs |= ASKS_REGISTER


class ParticularsForm(PlacedForm):
    name_zh = LineField(
        label=_("Name in Chinese"), max_length=120, autocomplete="organization",
        error_messages={"required": _("Enter the name of the enterprise.")},
    )  # fmt: skip
    name_en = LineField(
        label=_("Name in English"), max_length=160, required=False, autocomplete="off"
    )
    representative = LineField(label=_("Representative"), max_length=80, required=False)
    registration_kind = forms.ChoiceField(
        label=_("Kind of registration"),
        choices=[CHOOSE, *RegistrationKind.choices],
        error_messages={"required": _("Choose how the enterprise is registered.")},
    )
    industry = forms.ChoiceField(
        label=_("Industry"),
        choices=industries_with_blank,
        error_messages={"required": _("Choose the industry that earns most of the money.")},
    )
    founded_on = RocDateField(
        label=_("Founded on"), required=False, help_text=_("For example 98/03/18 or 2009-03-18.")
    )
    county = CountyField(
        error_messages={"required": _("Choose the county or city of the main office.")},
    )
    district = DistrictField()
    address = LineField(
        label=_("Address"), max_length=200, required=False, autocomplete="street-address"
    )
    paid_in_capital = WholeNumberField(
        label=_("Paid-in capital (NT$)"), required=False, largest=_LARGEST_CAPITAL,
        help_text=_("Leave it empty if you do not know it."),
    )  # fmt: skip
    regular_staff = WholeNumberField(
        label=_("Regular employees"), required=False, largest=_LARGEST_STAFF,
        help_text=_("The monthly average of insured employees over the last 12 months."),
    )  # fmt: skip

    def clean_founded_on(self) -> date | None:
        day: date | None = self.cleaned_data["founded_on"]
        if day is not None and day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    @property
    def particulars(self) -> dict[str, Any]:
        """The clean values, as `services.registration.Particulars` takes them."""
        return {name: self.cleaned_data[name] for name in PARTICULARS}


class RegistrationForm(CreatingForm):
    """The last page before an enterprise is registered: nothing to fill in, one button."""


class BranchForm(CreatingForm, PlacedForm):
    kind = forms.ChoiceField(label=_("Kind"), choices=BranchKind.choices)
    name = LineField(
        label=_("Name"), max_length=120,
        error_messages={"required": _("Enter a name, for example “Taichung factory”.")},
    )  # fmt: skip
    county = CountyField()
    district = DistrictField()
    address = LineField(
        label=_("Address"), max_length=200, required=False, autocomplete="street-address"
    )

    @property
    def place(self) -> dict[str, Any]:
        return {n: self.cleaned_data[n] for n in ("kind", "name", "county", "district", "address")}


class InvitationForm(CreatingForm):
    email = forms.EmailField(
        label=_("E-mail"), max_length=254,
        error_messages={
            "required": _("Enter the address of the person you invite."),
            "invalid": _("Enter an e-mail address, for example name@company.com.tw."),
        },
    )  # fmt: skip
    role = forms.ChoiceField(
        label=_("Role"), choices=ENTERPRISE_ROLE_CHOICES, initial="member",
        help_text=_("An owner also invites, reviews and removes people."),
    )  # fmt: skip


class MemberRoleForm(PortalForm):
    role = forms.ChoiceField(label=_("Role"), choices=ENTERPRISE_ROLE_CHOICES)
