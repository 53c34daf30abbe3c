"""Three questions for someone who does not know which system helps."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.reference import industry_choices
from assistance.models import NeedGroup
from foundation.forms import PortalForm, ProseField

LONGEST_STORY = 400
FIRST_STEP, RESULTS_STEP = 1, 4

QUESTIONS: dict[int, tuple[str, ...]] = {
    1: ("need",),
    2: ("said",),
    3: ("stage", "industry"),
}


class FinderForm(PortalForm):
    """Every answer may be left out; the more is said, the better the suggestion."""

    need = forms.ChoiceField(
        label=_("Which is closest to your situation?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[*NeedGroup.choices, ("", _("I do not know"))],
    )
    said = ProseField(
        label=_("What is going on? Say it in your own words."),
        help_text=_("One or two sentences. Leave out names and account numbers."),
        required=False,
        max_length=LONGEST_STORY,
        rows=4,
    )
    stage = forms.ChoiceField(
        label=_("Where does your business stand?"),
        required=False,
        widget=forms.RadioSelect,
        choices=[
            ("unregistered", _("Not registered yet")),
            ("young", _("Registered for less than 5 years")),
            ("established", _("Registered for 5 years or more")),
            ("", _("I would rather not say")),
        ],
    )
    industry = forms.ChoiceField(label=_("Your industry"), required=False)

    def __init__(self, *args: Any, step: int = FIRST_STEP, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.step = step
        self.fields["industry"].choices = [("", _("I would rather not say")), *industry_choices()]

    @property
    def asked(self) -> list[forms.BoundField]:
        """The fields of this step."""
        return [self[name] for name in QUESTIONS.get(self.step, ())]

    @property
    def carried(self) -> list[tuple[str, str]]:
        """Answers of the other steps, to be kept in hidden fields."""
        asked = QUESTIONS.get(self.step, ())
        return [
            (name, self.data.get(name, ""))
            for name in self.fields
            if name not in asked and self.data.get(name)
        ]
