"""What officers, SMEs and receivers type about a referral."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.models import MOST_MINUTES, WAYS_OF_CONTACT, SharedField
from assistance.states import ReferralDecline, ReferralOutcome
from foundation.forms import Choices, CreatingForm, LineField, PortalForm, ProseField, RocDateField

ASK, PHONE = "ask", "phone"
_REACHABLE = _("Tick at least the phone number or the e-mail address.")


class ReferForm(CreatingForm):
    receiver = forms.ChoiceField(label=_("Who is asked"), widget=forms.RadioSelect)
    asked = ProseField(
        max_length=1000,
        rows=4,
        label=_("What you ask of them"),
        help_text=_("They read this before they accept. Write no names and no numbers here."),
    )
    effort = LineField(
        max_length=80,
        required=False,
        label=_("About how much work"),
        help_text=_("For example: twice, an hour each."),
    )
    wanted_by = RocDateField(
        required=False, label=_("By when"), help_text=_("Like 115/08/07 or 2026-08-07.")
    )
    shown = forms.MultipleChoiceField(
        label=_("What they are to be shown once they accept"),
        widget=forms.CheckboxSelectMultiple,
        initial=[SharedField.ENTERPRISE_NAME, SharedField.CONTACT_NAME, *WAYS_OF_CONTACT],
    )
    consent = forms.ChoiceField(
        label=_("The SME's agreement"),
        choices=[
            (ASK, _("Ask the SME on the page of her case; it is sent once she agrees")),
            (PHONE, _("She agreed by telephone to exactly this")),
        ],
        widget=forms.RadioSelect,
        initial=ASK,
    )
    consent_on = RocDateField(
        required=False,
        label=_("Day of the call"),
        help_text=_("Only if she agreed by telephone."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, receivers: Choices, **kw: Any
    ) -> None:
        super().__init__(data, **kw)
        self.offer("receiver", receivers)
        self.offer("shown", [(one.value, one.words) for one in SharedField])

    def clean_wanted_by(self) -> date | None:
        day: date | None = self.cleaned_data["wanted_by"]
        if day is not None and day <= timezone.localdate():
            raise ValidationError(_("Choose a day after today."))
        return day

    def clean_shown(self) -> list[str]:
        return _with_a_way_of_contact(self.cleaned_data["shown"])

    def clean_consent_on(self) -> date | None:
        day: date | None = self.cleaned_data["consent_on"]
        if day is not None and day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("consent") == PHONE and "consent_on" in said and not said["consent_on"]:
            self.add_error("consent_on", _("Write on which day she agreed."))
        return said

    def receiver_chosen(self) -> tuple[str, int]:
        """(organisation or volunteer, id)."""
        kind, _dash, pk = self.cleaned_data["receiver"].partition("-")
        return kind, int(pk)

    def agreed_on(self) -> date | None:
        """The day she agreed by telephone; None where she is to be asked."""
        day: date | None = self.cleaned_data["consent_on"]
        return day if self.cleaned_data["consent"] == PHONE else None


class AgreeForm(PortalForm):
    """The SME ticks what may be shown: nothing that was not asked for, and a way to reach her."""

    shown = forms.MultipleChoiceField(
        label=_("What they may see"), widget=forms.CheckboxSelectMultiple
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, asked: Sequence[str], **kw: Any
    ) -> None:
        super().__init__(data, initial={"shown": list(asked)}, **kw)
        self.offer("shown", [(name, SharedField(name).label) for name in asked])

    def clean_shown(self) -> list[str]:
        return _with_a_way_of_contact(self.cleaned_data["shown"])


def _with_a_way_of_contact(names: list[str]) -> list[str]:
    if not WAYS_OF_CONTACT & set(names):
        raise ValidationError(_REACHABLE)
    return names


class DeclineReferralForm(PortalForm):
    reason = forms.ChoiceField(
        label=_("Why you cannot take it"),
        choices=ReferralDecline.choices,
        widget=forms.RadioSelect,
    )
    text = ProseField(max_length=600, rows=3, required=False, label=_("In a few words"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("reason") == ReferralDecline.OTHER and not said.get("text"):
            self.add_error("text", _("Say in a few words what the reason is."))
        return said


class _MinutesField(forms.IntegerField):
    def __init__(self, **kw: Any) -> None:
        super().__init__(
            min_value=0,
            max_value=MOST_MINUTES,
            required=False,
            widget=forms.NumberInput(attrs={"inputmode": "numeric", "class": "sp-w-xs"}),
            **kw,
        )

    def clean(self, value: Any) -> int:
        return super().clean(value) or 0


class ReportForm(CreatingForm):
    body = ProseField(max_length=2000, rows=4, required=False, label=_("What was done"))
    minutes = _MinutesField(label=_("How many minutes it took"))
    worked_on = RocDateField(label=_("On which day"))

    def clean_worked_on(self) -> date:
        day: date = self.cleaned_data["worked_on"]
        if day > timezone.localdate():
            raise ValidationError(_("This day has not come yet."))
        return day

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        is_empty = not said.get("body") and not said.get("minutes")
        if is_empty and not {"body", "minutes"} & set(self.errors):
            self.add_error("body", _("Write what was done, or how long it took."))
        return said


class OutcomeForm(PortalForm):
    outcome = forms.ChoiceField(
        label=_("How did it end?"), choices=ReferralOutcome.choices, widget=forms.RadioSelect
    )
    text = ProseField(
        max_length=2000,
        rows=4,
        label=_("In a few sentences"),
        help_text=_("The officer who asked you reads this."),
    )
    minutes = _MinutesField(
        label=_("Minutes not entered yet"), help_text=_("Leave it empty if there are none.")
    )
