"""Fields that know how people here write numbers."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.business_number import is_valid, normalise

_LONGEST = 64
_GROUPING = re.compile(r"[\s,，]|NT\$?|元", re.IGNORECASE)
_TEN_THOUSANDS = re.compile(r"(\d+)萬")


# Asks the public register beside the field, while the person goes on.
ASKS_REGISTER = {
    "hx-get": reverse_lazy("account:register"),
    "hx-trigger": "change",
    "hx-target": "#register-answer",
    "hx-swap": "innerHTML",
}


class BusinessNumberField(forms.CharField):
    """Eight digits, full width and grouped too, with the check digit checked."""

    default_error_messages = {
        "required": _("Enter the 8-digit business number."),
        "shape": _("Enter the 8-digit business number."),
        "check": _("This number does not pass the check. Look at the eight digits again."),
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Business number"))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> str:
        typed = normalise(str(super().to_python(value) or "")[:_LONGEST])
        if not typed:
            return ""
        if not re.fullmatch(r"[0-9]{8}", typed):
            raise ValidationError(self.error_messages["shape"], code="shape")
        if not is_valid(typed):
            raise ValidationError(self.error_messages["check"], code="check")
        return typed

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {
            **super().widget_attrs(widget),
            "inputmode": "numeric",
            "autocomplete": "off",
            "spellcheck": "false",
        }


class WholeNumberField(forms.Field):
    """A whole number from zero on, written 6,200,000 or ６２０萬 alike."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Enter a whole number, for example 6,200,000."),
        "too_large": _("This number is too large."),
    }

    def __init__(self, *, largest: int, **kwargs: Any) -> None:
        self.largest = largest
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values:
            return None
        if isinstance(value, int):
            return value
        plain = _GROUPING.sub("", unicodedata.normalize("NFKC", str(value)[:_LONGEST]))
        if not plain:
            return None
        ten_thousands = _TEN_THOUSANDS.fullmatch(plain)
        if not (ten_thousands or plain.isdecimal()):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        number = int(ten_thousands[1]) * 10_000 if ten_thousands else int(plain)
        if number > self.largest:
            raise ValidationError(self.error_messages["too_large"], code="too_large")
        return number

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "numeric", "autocomplete": "off"}
