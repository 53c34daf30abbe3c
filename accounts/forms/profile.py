"""What a person may set for themselves."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Language
from foundation.forms import LineField, PortalForm


class ProfileForm(PortalForm):
    name = LineField(
        label=_("Your name"), max_length=80, autocomplete="name",
        error_messages={"required": _("Enter your name.")},
    )  # fmt: skip
    phone = LineField(
        label=_("Phone"), max_length=30, required=False, autocomplete="tel", inputmode="tel"
    )


class LanguageForm(PortalForm):
    language = forms.ChoiceField(label=_("Language"), choices=Language.choices)


class ShortcutsForm(PortalForm):
    on = forms.BooleanField(label=_("Use keyboard shortcuts"), required=False)
