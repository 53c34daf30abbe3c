"""What staff type on the page of a case."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.forms.attached import AttachedField
from assistance.states import DeclineReason, RefusalReason
from foundation.forms import Choices, CreatingForm, LineField, PortalForm, ProseField, RocDateField
from foundation.working_days import is_working

MOST_ASKED = 20


class _About(PortalForm):
    """Adds the choice of what a text is about: the whole case, or one of the writer's needs."""

    def offer_subjects(self, subjects: Choices) -> None:
        self.offer_or_settle("about", subjects)

    def need_id(self) -> int | None:
        about = self.cleaned_data["about"]
        return int(about) if about != "case" else None


class StaffMessageForm(_About, CreatingForm):
    about = forms.ChoiceField(label=_("About"))
    body = ProseField(max_length=8000, rows=5, label=_("Message to the SME"))
    files = AttachedField(
        label=_("Files"),
        required=False,
        help_text=_("At most 5, up to 20 MB each. The SME can download them."),
    )
    same_when_empty = ("body", "files")

    def __init__(self, data: Mapping[str, Any] | None = None, *, subjects: Choices, **kw: Any):
        super().__init__(data, auto_id="message_%s", **kw)
        self.offer_subjects(subjects)


class NoteForm(_About, CreatingForm):
    about = forms.ChoiceField(label=_("About"))
    body = ProseField(max_length=8000, rows=4, label=_("Internal note"))
    files = AttachedField(
        label=_("Files"),
        required=False,
        help_text=_("At most 5, up to 20 MB each. Only staff can open them."),
    )
    same_when_empty = ("body", "files")

    def __init__(self, data: Mapping[str, Any] | None = None, *, subjects: Choices, **kw: Any):
        super().__init__(data, auto_id="note_%s", **kw)
        self.offer_subjects(subjects)


class AskManyForm(CreatingForm):
    """One question for the SMEs of several cases; each is asked about her own case."""

    body = ProseField(max_length=4000, rows=5, label=_("What you need, and what for"))
    papers = forms.MultipleChoiceField(
        label=_("Papers"), required=False, widget=forms.CheckboxSelectMultiple
    )
    others = ProseField(
        max_length=1000,
        rows=3,
        required=False,
        label=_("Something else"),
        help_text=_("One thing a line."),
    )
    files = AttachedField(
        label=_("Files to fill in or to read"),
        required=False,
        help_text=_("At most 5, up to 20 MB each. The SME can download them."),
    )
    due_on = RocDateField(
        label=_("By when"), help_text=_("A working day, like 115/08/07 or 2026-08-07.")
    )
    same_when_empty = ("body", "others", "files")

    def __init__(self, data: Mapping[str, Any] | None = None, *, papers: Choices, **kw: Any):
        super().__init__(data, auto_id="ask_%s", **kw)
        self.offer("papers", papers)

    def clean_due_on(self) -> date:
        day: date = self.cleaned_data["due_on"]
        if day <= timezone.localdate():
            raise ValidationError(_("Choose a day after today."))
        if not is_working(day):
            raise ValidationError(_("This is not a working day. Choose another one."))
        return day

    def clean_others(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["others"].splitlines()]
        wanted = [line for line in lines if line]
        if len(wanted) > MOST_ASKED or any(len(line) > 120 for line in wanted):
            raise ValidationError(_("Use at most 20 lines of 120 characters."))
        return wanted


class AskForm(_About, AskManyForm):
    about = forms.ChoiceField(label=_("About"))

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        subjects: Choices,
        papers: Choices,
        **kw: Any,
    ):
        super().__init__(data, papers=papers, **kw)
        self.order_fields(["about"])
        self.offer_subjects(subjects)


class AgencyField(forms.TypedChoiceField):
    def __init__(self, agencies: Choices = (), **kwargs: Any) -> None:
        super().__init__(coerce=int, empty_value=None, **kwargs)
        self.choices = [("", _("Choose an agency")), *agencies]


class OfferForm(PortalForm):
    agency = AgencyField(label=_("Agency"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, agencies: Choices, **kw: Any):
        super().__init__(data, **kw)
        self.fields["agency"] = AgencyField(agencies, label=_("Agency"))


class TransferForm(OfferForm):
    reason = ProseField(
        max_length=1000,
        rows=3,
        label=_("Why it goes there"),
        help_text=_("Kept as an internal note. The SME never sees it."),
    )


class DeclineNeedForm(PortalForm):
    reason = forms.ChoiceField(
        label=_("Why your agency does not take it"),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
    )
    text = ProseField(max_length=1000, rows=3, required=False, label=_("In a few words"))

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if said.get("reason") == DeclineReason.OTHER and not said.get("text"):
            self.add_error("text", _("Say in a few words what the reason is."))
        return said


class NeedAnswerForm(PortalForm):
    text = ProseField(
        max_length=8000,
        rows=10,
        label=_("Your agency's answer"),
        help_text=_("The lead officer puts it into the one answer under your agency's name."),
    )


class ReasonForm(PortalForm):
    reason = ProseField(
        max_length=1000,
        rows=3,
        required=False,
        label=_("Reason"),
        help_text=_("Kept as an internal note. The SME never sees it."),
    )


class CoordinateForm(CreatingForm):
    text = ProseField(
        max_length=1000,
        rows=4,
        label=_("What you would like to coordinate"),
        help_text=_("Write only what the SME has agreed to share with them."),
    )


class RemoveFileForm(PortalForm):
    reason = ProseField(max_length=1000, rows=3, label=_("Why it is removed"))


class LeadForm(PortalForm):
    officer = forms.ChoiceField(label=_("Lead agency and officer"))

    def __init__(self, data: Mapping[str, Any] | None = None, *, officers: Choices, **kw: Any):
        super().__init__(data, **kw)
        self.offer("officer", officers)

    def agency_and_officer(self) -> tuple[int, int]:
        agency, officer = self.cleaned_data["officer"].split("-")
        return int(agency), int(officer)


class DeclineCaseForm(PortalForm):
    reason = forms.ChoiceField(
        label=_("Reason"), choices=RefusalReason.choices, widget=forms.RadioSelect
    )
    text = ProseField(max_length=2000, rows=4, label=_("Explain it to the SME"))
    where_instead = ProseField(max_length=1000, rows=3, label=_("Where the SME can go instead"))


class MergeForm(ReasonForm):
    into = forms.CharField(max_length=16, widget=forms.HiddenInput)


class AnswerForm(PortalForm):
    """The frame of the one answer; the needs' answers stand between opening and closing."""

    opening = ProseField(max_length=4000, rows=5, label=_("Opening"))
    closing = ProseField(max_length=4000, rows=3, required=False, label=_("Closing"))
    open_needs_reason = ProseField(
        max_length=1000,
        rows=3,
        required=False,
        label=_("Why a part stays open"),
        help_text=_("The SME reads this. The open parts are dropped when you send."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, has_open_needs: bool, **kw: Any
    ) -> None:
        super().__init__(data, **kw)
        if not has_open_needs:
            del self.fields["open_needs_reason"]


class SplitForm(CreatingForm):
    """One row a system: take it or not, which agency, what the need is."""

    lead = forms.ChoiceField(label=_("Lead agency and officer"), required=False)

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        systems: Iterable[tuple[int, Any, Choices]],
        leads: Choices,
        **kw: Any,
    ) -> None:
        super().__init__(data, **kw)
        self.system_ids = []
        for system_id, label, agencies in systems:
            self.system_ids.append(system_id)
            self.fields[f"take-{system_id}"] = forms.BooleanField(label=label, required=False)
            self.fields[f"agency-{system_id}"] = AgencyField(
                agencies, label=_("Agency"), required=False
            )
            self.fields[f"summary-{system_id}"] = LineField(
                max_length=200, required=False, label=_("What is needed")
            )
        self.offer("lead", [("", _("Leave it as it is")), *leads])

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        if not any(said.get(f"take-{pk}") for pk in self.system_ids):
            raise ValidationError(_("Choose at least one system."))
        return said

    def chosen(self) -> list[tuple[int, int | None, str]]:
        """(system id, agency id or None, summary) of every system that was ticked."""
        said = self.cleaned_data
        return [
            (pk, said.get(f"agency-{pk}"), said.get(f"summary-{pk}") or "")
            for pk in self.system_ids
            if said.get(f"take-{pk}")
        ]

    def lead_ids(self) -> tuple[int | None, int | None]:
        if not self.cleaned_data.get("lead"):
            return None, None
        agency, officer = self.cleaned_data["lead"].split("-")
        return int(agency), int(officer)
