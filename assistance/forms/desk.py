"""What an officer types on the desk: a name for filters, and whom to assign to."""

from collections.abc import Mapping, Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from assistance.statistics.load import OfficerLoad
from foundation.forms import CreatingForm, LineField, PortalForm, ProseField
from foundation.languages import EN, ZH, is_english
from foundation.roc import format_date


class SaveFilterForm(CreatingForm):
    name = LineField(label=_("Name of this filter"), max_length=40)


class RenameFilterForm(PortalForm):
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


class MergeManyForm(CreatingForm):
    """Which of the ticked cases goes on; the others end and point to it."""

    into = forms.ChoiceField(label=_("The case that goes on"), widget=forms.RadioSelect)
    reason = ProseField(
        label=_("Reason"),
        max_length=1000,
        rows=3,
        required=False,
        help_text=_("Kept as an internal note. The SME never sees it."),
    )

    def __init__(
        self,
        data: Mapping[str, Any] | None = None,
        *,
        cases: Sequence[tuple[str, str]],
        **kw: Any,
    ) -> None:
        super().__init__(data, **kw)
        self.offer("into", cases)
