"""A case that staff open for somebody on the phone or at the counter, on one page."""

import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.business_number import is_valid, normalise
from accounts.forms.places import CountyField, DistrictField, PlacedForm
from accounts.reference import industry_choices
from assistance.asking import SUBJECT_LENGTH
from assistance.states import CALLER_SOURCES
from foundation.forms import CreatingForm, LineField, PortalForm, ProseField


class _StatesNumber(forms.Form):
    """A form with a `business_number` that was heard: eight digits, or none."""

    def clean_business_number(self) -> str:
        number = normalise(self.cleaned_data["business_number"])
        if number and not is_valid(number):
            raise ValidationError(_("This is not a valid business number. Check the 8 digits."))
        return number


class NumberForm(_StatesNumber, PortalForm):
    business_number = LineField(
        max_length=20,
        required=False,
        inputmode="numeric",
        label=_("Business number (8 digits)"),
        help_text=_("Left empty, the business has none, or the caller does not know it."),
    )
    reason = ProseField(
        max_length=1000,
        rows=3,
        label=_("How do you know the right number?"),
        help_text=_("Kept as an internal note together with both numbers."),
        error_messages={"required": _("Write how you know the number.")},
    )


class CallerForm(_StatesNumber, CreatingForm, PlacedForm):
    source = forms.ChoiceField(
        choices=[(s.value, s.label) for s in CALLER_SOURCES],
        widget=forms.RadioSelect,
        label=_("How did it come in?"),
        error_messages={
            "required": _("Choose how it came in."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    description = ProseField(
        max_length=4000,
        rows=6,
        label=_("What the caller says"),
        help_text=_("In the caller's words; the caller reads it in the case."),
        error_messages={"required": _("Write what the caller says.")},
    )
    subject = LineField(
        max_length=SUBJECT_LENGTH,
        required=False,
        label=_("Title"),
        help_text=_("Left empty, it is the first sentence."),
    )
    hoped_for = ProseField(
        max_length=1000, rows=2, required=False, label=_("What the caller hopes for")
    )
    systems = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Systems"),
        help_text=_("Left empty, the duty officer chooses."),
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    business_number = LineField(
        max_length=20,
        required=False,
        inputmode="numeric",
        label=_("Business number (8 digits)"),
        help_text=_(
            "As the caller states it. Its enterprise sees the case once it confirms the call."
        ),
    )
    enterprise_name = LineField(
        max_length=120,
        label=_("Name of the business"),
        error_messages={"required": _("Write the name of the business.")},
    )
    county = CountyField(
        required=False, error_messages={"invalid_choice": _("Choose from the list.")}
    )
    district = DistrictField()
    industry = forms.ChoiceField(
        required=False,
        label=_("Industry"),
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    contact_name = LineField(
        max_length=60,
        label=_("Caller's name"),
        error_messages={"required": _("Write the caller's name.")},
    )
    contact_email = forms.EmailField(
        max_length=254,
        label=_("Caller's e-mail"),
        help_text=_("The receipt and the code to follow the case go there. Read it back."),
        error_messages={
            "required": _("Write the caller's e-mail address."),
            "invalid": _("Write an e-mail address like name@example.com."),
        },
    )
    contact_phone = LineField(max_length=30, required=False, inputmode="tel", label=_("Phone"))
    contact_time = LineField(max_length=60, required=False, label=_("Good time to call"))
    language = forms.ChoiceField(
        choices=[("zh-hant", "中文"), ("en", "English")],
        initial="zh-hant",
        label=_("Language of the e-mails"),
        error_messages={"invalid_choice": _("Choose from the list.")},
    )
    agreed = forms.BooleanField(
        label=_("I read the data notice out, and the caller agrees"),
        help_text=_("To handle the request, and to show it to the agencies that are asked."),
        error_messages={"required": _("Without the caller's consent no case can be opened.")},
    )

    def __init__(self, *args: Any, systems: list[tuple[str, str]], **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["systems"].choices = systems
        fields["industry"].choices = [("", _("Choose, or leave open")), *industry_choices()]

    def clean_contact_email(self) -> str:
        return str(self.cleaned_data["contact_email"]).strip().lower().rstrip(".")

    def clean_contact_phone(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["contact_phone"])
