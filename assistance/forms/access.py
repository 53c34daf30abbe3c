"""Forms of those who come without an account: a link, a case number, a place for a case."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from foundation.forms import LineField, PortalForm

_REFERENCE = re.compile(r"[A-Z][0-9]{2,3}-[0-9]{2}-[0-9]{4,6}")
NO_ENTERPRISE = "none"


class ResumeForm(PortalForm):
    email = forms.EmailField(
        max_length=254,
        label=_("E-mail"),
        help_text=_("We send a link that works once, within 24 hours."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address like name@example.com."),
        },
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower().rstrip(".")


class LookupForm(PortalForm):
    reference = LineField(
        max_length=24,
        label=_("Case number"),
        help_text=_("It looks like A115-08-00417 and stands in your receipt."),
        error_messages={"required": _("Write the case number.")},
    )
    contact = LineField(
        max_length=254,
        label=_("E-mail or phone that you gave"),
        help_text=_("We send a code to the e-mail address of the case."),
        error_messages={"required": _("Write the e-mail address or phone number.")},
    )

    def clean_reference(self) -> str:
        typed = unicodedata.normalize("NFKC", self.cleaned_data["reference"]).upper()
        reference = re.sub(r"\s", "", typed).replace("–", "-").replace("—", "-")
        if not _REFERENCE.fullmatch(reference):
            raise ValidationError(_("Write the case number like A115-08-00417."))
        return reference

    def clean_contact(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["contact"]).strip().lower()


class CallForm(LookupForm):
    """What only who called, or was told by them, knows."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reference"].help_text = _("It looks like A115-08-00417; we told the caller.")
        self.fields["contact"].label = _("E-mail or phone that the caller gave")
        self.fields["contact"].help_text = ""


class ClaimForm(PortalForm):
    """Into which enterprise a case goes. `enterprises` are the person's own, by id."""

    enterprise = forms.ChoiceField(
        widget=forms.RadioSelect,
        label=_("Where does this case belong?"),
        error_messages={
            "required": _("Choose where the case belongs."),
            "invalid_choice": _("Choose from the list."),
        },
    )

    def __init__(self, *args: Any, enterprises: dict[int, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["enterprise"]
        field.choices = [
            *((str(pk), name) for pk, name in enterprises.items()),
            (NO_ENTERPRISE, _("To me alone; I can tell my business later")),
        ]

    def enterprise_id(self) -> int | None:
        chosen = str(self.cleaned_data["enterprise"])
        return None if chosen == NO_ENTERPRISE else int(chosen)
