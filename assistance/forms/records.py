"""What an auditor asks of the record."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.event_names import event_choices
from assistance.models import Case
from assistance.record_search import ACTS, MOST_PEOPLE, READINGS, Wanted, people_named
from foundation.forms import LineField, PortalForm, RocDateField

_LAST_DAY = dt.date(9000, 1, 1)


def _is_in_reach(day: dt.date) -> None:
    if day > _LAST_DAY:
        raise ValidationError(_("Choose an earlier day."))


class RecordsForm(PortalForm):
    """Which record, and what narrows it: at least one of case, person, event or day."""

    kind = forms.ChoiceField(
        label=_("Which record"),
        choices=[(READINGS, _("Who read cases and files")), (ACTS, _("What was done"))],
        widget=forms.RadioSelect,
        initial=READINGS,
    )
    case = LineField(
        label=_("Case number"), max_length=20, required=False, help_text=_("Like A115-08-00417")
    )
    person = LineField(
        label=_("Person"),
        max_length=120,
        required=False,
        help_text=_("The e-mail address, or the name or part of it"),
    )
    event = forms.ChoiceField(label=_("Kind of event"), required=False)
    first = RocDateField(
        label=_("From"),
        required=False,
        validators=[_is_in_reach],
        help_text=_("Like 115/08/07 or 2026-08-07"),
    )
    last = RocDateField(
        label=_("Until"),
        required=False,
        validators=[_is_in_reach],
        help_text=_("This day is included"),
    )

    def __init__(self, data: Mapping[str, Any] | None = None, *, user: User, **kw: Any) -> None:
        super().__init__(data, **kw)
        self.user = user
        self.offer("event", [("", _("Everything")), *event_choices()])

    def clean_case(self) -> Case | None:
        number = self.cleaned_data["case"].upper()
        if not number:
            return None
        found: Case | None = Case.objects.visible_to(self.user).filter(reference=number).first()
        if found is None:
            raise ValidationError(_("No case has this number."))
        return found

    def clean_person(self) -> tuple[int, ...] | None:
        words = self.cleaned_data["person"]
        if not words:
            return None
        found = people_named(words)
        if not found:
            raise ValidationError(_("Nobody has this name or address."))
        if len(found) > MOST_PEOPLE:
            raise ValidationError(_("Too many people have this name. Write the e-mail address."))
        return tuple(person.pk for person in found)

    def clean(self) -> dict[str, Any]:
        said = super().clean() or self.cleaned_data
        first, last = said.get("first"), said.get("last")
        if first and last and last < first:
            self.add_error("last", _("Choose a day that is not before the first one."))
        elif not self.errors and not self.wanted.is_narrowed:
            raise ValidationError(_("Name a case, a person, an event or a day first."))
        return said

    @property
    def wanted(self) -> Wanted:
        said = self.cleaned_data
        is_acts = said.get("kind") == ACTS
        return Wanted(
            case=said.get("case"),
            people=said.get("person"),
            event=said.get("event", "") if is_acts else "",
            first=said.get("first"),
            last=said.get("last"),
        )

    @property
    def narrowed_by(self) -> list[str]:
        """The names of the fields that were filled in."""
        said = self.cleaned_data
        return [name for name in ("case", "person", "event", "first", "last") if said.get(name)]
