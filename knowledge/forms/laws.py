"""What is typed of an article of law, and of its change."""

from __future__ import annotations

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.forms import CreatingForm, LineField, PortalForm, RocDateField

_ARTICLE = RegexValidator(
    r"^\d{1,3}(-\d{1,3})?$", _("Write the number of the article like 30 or 93-1.")
)


class LawForm(CreatingForm):
    law_zh = LineField(label=_("Name of the law (Chinese)"), max_length=80)
    law_en = LineField(label=_("Name of the law (English)"), max_length=160)
    article = LineField(
        label=_("Article"),
        max_length=8,
        required=False,
        validators=[_ARTICLE],
        help_text=_("For example 30 or 93-1. Leave it empty for the whole law."),
    )
    summary_zh = LineField(
        label=_("In one line (Chinese)"),
        max_length=200,
        required=False,
        help_text=_("In your own words: what it says."),
    )
    summary_en = LineField(label=_("In one line (English)"), max_length=300, required=False)
    url = forms.URLField(
        label=_("Address of the text"),
        max_length=200,
        required=False,
        assume_scheme="https",
        error_messages={"invalid": _("Write an address that begins with https://.")},
    )


class LawChangeForm(PortalForm):
    """From when the article reads differently, and what is new."""

    changed_on = RocDateField(label=_("Changed from"))
    change_zh = LineField(label=_("What is new (Chinese)"), max_length=200)
    change_en = LineField(label=_("What is new (English)"), max_length=300, required=False)

    def clean_changed_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["changed_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Mark it on the day the change takes effect, or later."))
        return day
