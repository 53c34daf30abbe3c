"""Which quarter, and what else, the figures are narrowed to."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.models import UnmetReason
from foundation.forms import PortalForm
from foundation.languages import EN, ZH, is_english
from foundation.quarters import Quarter

QUARTERS_OFFERED = 8


def quarters_offered() -> list[Quarter]:
    """The quarters of two years, the newest first."""
    now = Quarter.of(timezone.localdate())
    return [now.plus(-back) for back in range(QUARTERS_OFFERED)]


class QuarterForm(PortalForm):
    """One quarter; without a word it is this one."""

    quarter = forms.ChoiceField(label=_("Quarter"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = EN if is_english() else ZH
        self.fields["quarter"].choices = [
            (one.code, one.label(language)) for one in quarters_offered()
        ]

    @property
    def chosen(self) -> Quarter:
        code = self.cleaned_data.get("quarter") if self.is_bound else ""
        return Quarter.from_code(code) if code else quarters_offered()[0]


class UnmetForm(QuarterForm):
    """A quarter, and why nobody was found."""

    reason = forms.ChoiceField(label=_("Why nobody was found"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", _("Any reason")), *UnmetReason.choices]

    @property
    def reason_chosen(self) -> str:
        return str(self.cleaned_data.get("reason", "")) if self.is_bound else ""
