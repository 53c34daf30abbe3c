"""What allauth asks at sign-up besides the address and, if one wants it, a password."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from foundation.forms import LineField


class SignupForm(forms.Form):
    name = LineField(
        label=_("Your name"),
        max_length=80,
        autocomplete="name",
        help_text=_("As in your letters."),
    )

    def signup(self, request: Any, user: Any) -> None:
        """Allauth asks for it; the adapter has already kept the name."""
