"""What a filer and an enterprise type about a mandate and the requests under it."""

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.business_number import is_valid, normalise
from accounts.forms.places import CountyField, DistrictField, PlacedForm
from accounts.reference import industry_choices
from assistance.asking import SUBJECT_LENGTH
from assistance.forms.attached import AttachedField
from assistance.states import Capacity, MandateGiven
from foundation.forms import CreatingForm, LineField, PortalForm, ProseField, RocDateField

Systems = Sequence[tuple[str, str]]
A_YEAR = timedelta(days=365)
LONGEST = 3 * A_YEAR
_DAY_HELP = _("Like 115/08/07 or 2026-08-07.")
_CHOOSE = _("Choose from the list.")


def in_a_year() -> date:
    return timezone.localdate() + A_YEAR


def _an_end(day: date) -> date:
    today = timezone.localdate()
    if day < today:
        raise ValidationError(_("This day is over. Choose today or a later one."))
    if day > today + LONGEST:
        raise ValidationError(_("A mandate lasts three years at most. Choose an earlier day."))
    return day


class _Allows(forms.Form):
    """A form with what the filer may do; writing needs reading."""

    def clean(self) -> dict[str, Any]:
        said: dict[str, Any] = super().clean() or self.cleaned_data
        if said.get("may_write") and not said.get("may_read"):
            self.add_error("may_write", _("Who writes in a case must be able to read it."))
        return said

    def clean_valid_to(self) -> date:
        return _an_end(self.cleaned_data["valid_to"])


class MandateForm(_Allows, CreatingForm):
    capacity = forms.ChoiceField(
        label=_("As what do you file?"), choices=Capacity.choices, widget=forms.RadioSelect
    )
    firm = LineField(
        max_length=120,
        required=False,
        label=_("Your firm, chamber or association"),
        help_text=_("Leave it empty if you act by yourself."),
    )
    business_number = LineField(
        max_length=20,
        inputmode="numeric",
        label=_("Business number of the enterprise (8 digits)"),
    )
    enterprise_name = LineField(max_length=120, label=_("Name of the enterprise"))
    principal_name = LineField(
        max_length=60,
        label=_("Who at the enterprise gave you the mandate?"),
        help_text=_("The owner or somebody responsible there."),
    )
    principal_email = forms.EmailField(
        max_length=254,
        label=_("E-mail of that person"),
        help_text=_(
            "An enterprise with an account here confirms in its account. Otherwise we send a link "
            "to this address."
        ),
        error_messages={"invalid": _("Write an e-mail address like name@example.com.")},
    )
    principal_phone = LineField(max_length=30, required=False, inputmode="tel", label=_("Phone"))
    language = forms.ChoiceField(
        choices=[("zh-hant", "中文"), ("en", "English")],
        initial="zh-hant",
        label=_("Language of the e-mails"),
        error_messages={"invalid_choice": _CHOOSE},
    )
    given_on = RocDateField(label=_("When was the mandate given?"), help_text=_DAY_HELP)
    given_how = forms.ChoiceField(
        label=_("How was it given?"), choices=MandateGiven.choices, widget=forms.RadioSelect
    )
    papers = AttachedField(
        required=False,
        label=_("The signed paper, if you have it"),
        help_text=_("PDF or photo, at most 5 files. The enterprise and its officers see it."),
    )
    systems = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("For which kinds of help"),
        help_text=_("None ticked means all of them."),
        error_messages={"invalid_choice": _CHOOSE},
    )
    is_standing = forms.BooleanField(
        required=False,
        label=_("Further requests may be filed without asking again"),
        help_text=_("The enterprise is told of each."),
    )
    may_read = forms.BooleanField(
        required=False, initial=True, label=_("I may read how the cases I file go on")
    )
    may_write = forms.BooleanField(
        required=False, label=_("I may write to the agencies and send papers in these cases")
    )
    valid_to = RocDateField(
        label=_("Until when?"), help_text=_("At most three years."), initial=in_a_year
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        files: Any = None,
        *,
        systems: Systems,
        **kw: Any,
    ) -> None:
        super().__init__(data, files, label_suffix="", **kw)
        fields: Any = self.fields
        fields["systems"].choices = list(systems)

    def clean_business_number(self) -> str:
        number = normalise(self.cleaned_data["business_number"])
        if not is_valid(number):
            raise ValidationError(_("This is not a valid business number. Check the 8 digits."))
        return number

    def clean_principal_email(self) -> str:
        return str(self.cleaned_data["principal_email"]).strip().lower().rstrip(".")

    def clean_principal_phone(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["principal_phone"])

    def clean_given_on(self) -> date:
        day: date = self.cleaned_data["given_on"]
        today = timezone.localdate()
        if day > today:
            raise ValidationError(_("This day has not come yet."))
        if day < today - LONGEST:
            raise ValidationError(_("This was more than three years ago. Ask for a new mandate."))
        return day


class RequestForm(CreatingForm, PlacedForm):
    """A request for the enterprise, on one page."""

    description = ProseField(
        max_length=4000,
        rows=8,
        label=_("What is needed?"),
        help_text=_("The enterprise reads exactly this."),
        error_messages={"required": _("Write what the enterprise needs.")},
    )
    subject = LineField(
        max_length=SUBJECT_LENGTH,
        required=False,
        label=_("Title"),
        help_text=_("Left empty, it is the first sentence."),
    )
    hoped_for = ProseField(
        max_length=1000, rows=2, required=False, label=_("What the enterprise hopes for")
    )
    systems = forms.MultipleChoiceField(
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label=_("Kind of help"),
        help_text=_("Left empty, the duty officer chooses."),
        error_messages={"invalid_choice": _CHOOSE},
    )
    county = CountyField(required=False, error_messages={"invalid_choice": _CHOOSE})
    district = DistrictField()
    industry = forms.ChoiceField(
        required=False, label=_("Industry"), error_messages={"invalid_choice": _CHOOSE}
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        systems: Systems,
        is_limited: bool = False,
        **kw: Any,
    ) -> None:
        super().__init__(data, label_suffix="", **kw)
        fields: Any = self.fields
        fields["systems"].choices = list(systems)
        fields["industry"].choices = [("", _("Choose, or leave open")), *industry_choices()]
        if is_limited:
            fields["systems"].required = True
            fields["systems"].help_text = _("Only what your mandate covers.")

    def said(self) -> dict[str, Any]:
        """The request as it is kept until the enterprise has decided."""
        kept = {name: one for name, one in self.cleaned_data.items() if name != "idempotency_key"}
        return kept | {"systems": list(kept["systems"])}


class ConfirmForm(_Allows, PortalForm):
    """The enterprise confirms on its own terms, and sends the request in its own words."""

    words = ("subject", "description", "hoped_for")

    subject = LineField(
        max_length=SUBJECT_LENGTH,
        required=False,
        label=_("Title"),
        help_text=_("Left empty, it is the first sentence."),
    )
    description = ProseField(
        max_length=4000,
        rows=8,
        label=_("What is needed?"),
        help_text=_("Exactly this is sent. Change what is not right."),
        error_messages={"required": _("Write what you need.")},
    )
    hoped_for = ProseField(max_length=1000, rows=2, required=False, label=_("What you hope for"))
    contact_name = LineField(max_length=60, label=_("Your name"))
    contact_phone = LineField(max_length=30, required=False, inputmode="tel", label=_("Phone"))
    may_read = forms.BooleanField(
        required=False, label=_("The filer may read how these cases go on")
    )
    may_write = forms.BooleanField(
        required=False, label=_("The filer may write to the agencies and send papers")
    )
    is_standing = forms.BooleanField(
        required=False,
        label=_("The filer may file further requests without asking me again"),
        help_text=_("We tell you of each."),
    )
    valid_to = RocDateField(label=_("Until when?"), help_text=_("At most three years."))
    agreed = forms.BooleanField(
        label=_("I agree that requests filed for us are handled and shown to the agencies asked"),
        help_text=_("You can take this back later on the page of each case."),
        error_messages={"required": _("Without this nothing can be filed for you.")},
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, with_request: bool, **kw: Any
    ) -> None:
        super().__init__(data, label_suffix="", **kw)
        if not with_request:
            for name in self.words:
                del self.fields[name]

    def clean_contact_phone(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["contact_phone"])

    def request_words(self) -> dict[str, Any] | None:
        """What she sends; None where there is no request."""
        if "description" not in self.fields:
            return None
        return {name: self.cleaned_data[name] for name in self.words}
