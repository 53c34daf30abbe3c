"""The forms of a request, one question each; what they hold is kept in the draft."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.business_number import is_valid, normalise
from accounts.forms.fields import ASKS_REGISTER
from accounts.reference import county_choices, industry_choices
from assistance.asking import MAIN_OFFICE, OTHER_BUSINESS, SUBJECT_LENGTH, Asker
from foundation.forms import CreatingForm, LineField, PortalForm, ProseField
from foundation.uploads import ACCEPT

MOST_SYSTEMS = 5
_PHONE = re.compile(r"[0-9+()#\-*, ]{6,30}")


class StepForm(PortalForm):
    """One page of the request. `asker` and `answers` say who asks and what she said before."""

    heading: "str | Promise" = ""
    title_field = ""

    def __init__(
        self,
        *args: Any,
        asker: Asker,
        enterprise_id: int | None = None,
        systems: list[tuple[str, str]] | None = None,
        **kwargs: Any,
    ) -> None:
        self.asker = asker
        self.enterprise_id = enterprise_id
        self.systems = systems or []
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the person who asks."""

    def answers(self) -> dict[str, Any]:
        """What is kept of a valid form: its clean values, fit to be bound again."""
        return dict(self.cleaned_data)


class ProblemForm(StepForm):
    title_field = "description"
    description = ProseField(
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 8, "data-count": "left"}),
        label=_("What is the difficulty?"),
        help_text=_(
            "Use your own words. What happened, since when, and what have you tried? "
            "Up to 4,000 characters."
        ),
        error_messages={"required": _("Tell us in a sentence or two what the difficulty is.")},
    )


class HopesForm(StepForm):
    title_field = "hoped_for"
    hoped_for = ProseField(
        max_length=1000,
        rows=5,
        required=False,
        label=_("What help do you hope for?"),
        help_text=_("For example: a loan by September, somebody who visits, a course."),
    )


class SubjectForm(StepForm):
    title_field = "subject"
    subject = LineField(
        max_length=SUBJECT_LENGTH,
        label=_("A short title for your request"),
        error_messages={"required": _("Write a short title.")},
    )


class SystemForm(StepForm):
    heading = _("Which kind of help fits?")
    unsure = forms.BooleanField(
        required=False,
        label=_("I am not sure, please choose for me"),
        help_text=_("A duty officer reads what you wrote and chooses. You lose no time by this."),
    )
    systems = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("All eleven systems"),
        error_messages={"invalid_choice": _("Choose from the list.")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offer("systems", self.systems)

    def clean(self) -> dict[str, Any] | None:
        clean = super().clean() or self.cleaned_data
        chosen = clean.get("systems", [])
        if not chosen and not clean.get("unsure") and "systems" not in self.errors:
            raise ValidationError(_("Choose at least one kind of help, or let us choose."))
        if len(chosen) > MOST_SYSTEMS:
            self.add_error("systems", _("Choose at most five. We add others where they help."))
        return clean


class EnterpriseForm(StepForm):
    title_field = "enterprise"
    enterprise = forms.ChoiceField(
        widget=forms.RadioSelect,
        label=_("For which business are you asking?"),
        error_messages={
            "required": _("Choose the business you are asking for."),
            "invalid_choice": _("Choose from the list."),
        },
    )

    def prepare(self) -> None:
        own = [(str(pk), name) for pk, name in self.asker.enterprises.items()]
        field: Any = self.fields["enterprise"]
        field.choices = [*own, (OTHER_BUSINESS, _("Another business"))]


class BranchForm(StepForm):
    title_field = "branch"
    branch = forms.ChoiceField(
        widget=forms.RadioSelect,
        label=_("Which place is it about?"),
        error_messages={
            "required": _("Choose the place it is about."),
            "invalid_choice": _("Choose from the list."),
        },
    )

    def prepare(self) -> None:
        branches = self.asker.branches.get(self.enterprise_id or 0, {})
        field: Any = self.fields["branch"]
        field.choices = [
            (MAIN_OFFICE, _("The head office, or the business as a whole")),
            *((str(pk), name) for pk, name in branches.items()),
        ]


class BusinessForm(StepForm):
    heading = _("What is the business number?")
    business_number = LineField(
        max_length=20,
        required=False,
        inputmode="numeric",
        label=_("Business number (8 digits)"),
        help_text=_("We look up the name in the public register, so that you type less."),
    )
    no_number = forms.BooleanField(
        required=False,
        label=_("I have no business number yet"),
        help_text=_("You are still preparing, or you have a tax registration only."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["business_number"].widget.attrs |= ASKS_REGISTER

    def clean_business_number(self) -> str:
        number = normalise(self.cleaned_data["business_number"])
        if number and not is_valid(number):
            raise ValidationError(_("This is not a valid business number. Check the 8 digits."))
        return number

    def clean(self) -> dict[str, Any] | None:
        clean = super().clean() or self.cleaned_data
        if "business_number" in self.errors:
            return clean
        if not clean.get("business_number") and not clean.get("no_number"):
            self.add_error("business_number", _("Write the 8 digits, or tick the box below."))
        return clean


class DetailsForm(StepForm):
    heading = _("Tell us about the business")
    name = LineField(
        max_length=120,
        autocomplete="organization",
        label=_("Name of the business"),
        help_text=_("If it has none yet, write what you call it."),
        error_messages={"required": _("Write the name of the business.")},
    )
    county = forms.ChoiceField(
        label=_("County or city"),
        error_messages={
            "required": _("Choose the county or city."),
            "invalid_choice": _("Choose from the list."),
        },
    )
    industry = forms.ChoiceField(
        required=False,
        label=_("Industry"),
        error_messages={"invalid_choice": _("Choose from the list.")},
    )

    def prepare(self) -> None:
        county: Any = self.fields["county"]
        industry: Any = self.fields["industry"]
        county.choices = [("", _("Choose")), *county_choices()]
        industry.choices = [("", _("Choose, or leave open")), *industry_choices()]


class PapersForm(StepForm):
    """Nothing to fill in: files are kept as soon as they arrive."""

    heading = _("Papers that help us")


class SeveralFilesInput(forms.FileInput):
    allow_multiple_selected = True


class UploadForm(PortalForm):
    """Draws the place for files; what arrives is checked one by one (`foundation.uploads`)."""

    file = forms.FileField(
        required=False,
        label=_("Files"),
        widget=SeveralFilesInput(attrs={"accept": f"image/*,{ACCEPT}"}),
    )


class ContactForm(StepForm):
    heading = _("How do we reach you?")
    name = LineField(
        max_length=60,
        autocomplete="name",
        label=_("Your name"),
        error_messages={"required": _("Write your name.")},
    )
    email = forms.EmailField(
        max_length=254,
        label=_("E-mail"),
        help_text=_("The receipt and all news go there."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={
            "required": _("Write your e-mail address."),
            "invalid": _("Write an e-mail address like name@example.com."),
        },
    )
    phone = LineField(
        max_length=30,
        required=False,
        autocomplete="tel",
        inputmode="tel",
        label=_("Phone"),
    )
    time = LineField(
        max_length=60,
        required=False,
        label=_("When is a good time to call?"),
        help_text=_("For example: weekdays 14:00 to 17:00."),
    )

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower().rstrip(".")

    def clean_phone(self) -> str:
        phone = unicodedata.normalize("NFKC", self.cleaned_data["phone"])
        if phone and not _PHONE.fullmatch(phone):
            raise ValidationError(_("Write the phone number with digits, like 04-2345-6789."))
        return phone


class CodeForm(PortalForm):
    """The six digits that were sent by e-mail."""

    code = LineField(
        max_length=12,
        inputmode="numeric",
        autocomplete="one-time-code",
        label=_("The 6 digits from the e-mail"),
        error_messages={"required": _("Write the 6 digits from the e-mail.")},
    )

    def clean_code(self) -> str:
        code = re.sub(r"[\s\-]", "", unicodedata.normalize("NFKC", self.cleaned_data["code"]))
        if not re.fullmatch(r"[0-9]{6}", code):
            raise ValidationError(_("Write the 6 digits from the e-mail."))
        return code


class SubmitForm(CreatingForm):
    """The last page: what she agrees to, purpose by purpose."""

    handle = forms.BooleanField(
        label=_("I agree that the coordinating agency uses this to handle my request"),
        help_text=_("Your name, contact, business and papers. Only for this request."),
        error_messages={"required": _("Without this we cannot handle your request.")},
    )
    share_with_agencies = forms.BooleanField(
        label=_("I agree that the agencies that are asked to help may see it"),
        help_text=_("Your case page shows which agency opened your case, and when."),
        error_messages={"required": _("Without this no agency can be asked to help.")},
    )
    improve = forms.BooleanField(
        required=False,
        label=_("You may use it without names to improve the service (optional)"),
        help_text=_("Your answer changes nothing about how we help you."),
    )

    def consents(self) -> tuple[str, ...]:
        return tuple(
            name
            for name in ("handle", "share_with_agencies", "improve")
            if self.cleaned_data.get(name)
        )


FORMS: dict[str, type[StepForm]] = {
    "problem": ProblemForm,
    "hopes": HopesForm,
    "subject": SubjectForm,
    "system": SystemForm,
    "enterprise": EnterpriseForm,
    "branch": BranchForm,
    "business": BusinessForm,
    "details": DetailsForm,
    "papers": PapersForm,
    "contact": ContactForm,
}
