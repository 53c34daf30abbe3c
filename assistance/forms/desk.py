"""What an officer types on the desk: filters, a name for them, and whom to assign to."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assistance.search import DEFAULT_VIEW, EVERYTHING, OFFICER_ME, OFFICER_NONE, VIEWS, Criteria
from assistance.states import CaseState, Source
from assistance.statistics.load import OfficerLoad
from foundation.forms import CreatingForm, LineField, PortalForm, ProseField
from foundation.languages import EN, ZH, is_english
from foundation.roc import format_date

Choices = Iterable[tuple[str, str]]


class QueueForm(PortalForm):
    """The filters of the queue, from the address; what it does not know is left out."""

    view = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    system = forms.MultipleChoiceField(
        label=_("System"), required=False, widget=forms.CheckboxSelectMultiple
    )
    state = forms.MultipleChoiceField(
        label=_("State"), required=False, widget=forms.CheckboxSelectMultiple
    )
    county = forms.MultipleChoiceField(
        label=_("County or city"), required=False, widget=forms.CheckboxSelectMultiple
    )
    officer = forms.ChoiceField(label=_("Officer"), required=False)
    agency = forms.ChoiceField(label=_("Agency"), required=False)
    source = forms.MultipleChoiceField(
        label=_("Source"),
        required=False,
        choices=Source.choices,
        widget=forms.CheckboxSelectMultiple,
    )
    q = LineField(
        label=_("Number, enterprise or words"),
        max_length=80,
        required=False,
        widget=forms.SearchInput,
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        systems: Choices,
        counties: Choices,
        officers: Choices,
        agencies: Choices,
    ) -> None:
        super().__init__(data)
        codes = [*VIEWS, EVERYTHING]
        self._choices("view", [(code, code) for code in codes])
        self._choices("system", systems)
        self._choices("county", counties)
        self._choices("state", CaseState.choices)
        anyone = [("", _("Anyone")), (OFFICER_ME, _("Me")), (OFFICER_NONE, _("Nobody yet"))]
        self._choices("officer", [*anyone, *officers])
        self._choices("agency", [("", _("Any agency")), *agencies])

    def _choices(self, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = list(choices)

    def criteria(self) -> Criteria:
        """Return what was understood; `ignored` names the rest."""
        self.is_valid()
        said = self.cleaned_data
        return Criteria(
            view=said.get("view") or DEFAULT_VIEW,
            **{name: tuple(said.get(name) or ()) for name in Criteria.MANY},
            **{name: said.get(name) or "" for name in Criteria.ONE},
        )

    @property
    def ignored(self) -> list[str]:
        """The labels of filters whose value is not known."""
        return [str(self.fields[name].label or name) for name in self.errors]


class SaveFilterForm(CreatingForm):
    name = LineField(label=_("Name of this filter"), max_length=40)


class OfficerField(forms.ChoiceField):
    """Officers with their open work and absence, the least loaded first."""

    def __init__(self, officers: Sequence[OfficerLoad] = (), **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.choices = [
            ("", _("Choose an officer")),
            *((o.user_id, load_words(o)) for o in officers),
        ]


def load_words(officer: OfficerLoad) -> str:
    """One line for a list of officers: name, open work, overdue, away until when and who stands in."""
    parts = [ngettext("%(n)d open", "%(n)d open", officer.total) % {"n": officer.total}]
    if officer.overdue:
        parts.append(
            ngettext("%(n)d overdue", "%(n)d overdue", officer.overdue) % {"n": officer.overdue}
        )
    if officer.away_until:
        until = format_date(officer.away_until, EN if is_english() else ZH, "short")
        words = _("away until %(day)s, %(deputy)s stands in")
        parts.append(words % {"day": until, "deputy": officer.deputy})
    return (
        f"{officer.name}（{'、'.join(parts)}）"
        if not is_english()
        else (f"{officer.name} ({', '.join(parts)})")
    )


class AssignForm(CreatingForm):
    """Whom to give cases to, and a word with it that stays among staff."""

    officer = OfficerField(label=_("Officer"))
    note = ProseField(
        label=_("Note for the officer"),
        max_length=1000,
        rows=3,
        required=False,
        help_text=_("Kept as an internal note. The SME never sees it."),
    )

    def __init__(
        self, data: Mapping[str, Any] | None = None, *, officers: Sequence[OfficerLoad]
    ) -> None:
        super().__init__(data)
        self.fields["officer"] = OfficerField(officers, label=_("Officer"))
        self.order_fields(["officer", "note"])

    def clean_officer(self) -> int:
        try:
            return int(self.cleaned_data["officer"])
        except ValueError as failure:
            raise ValidationError(_("Choose an officer from the list.")) from failure
