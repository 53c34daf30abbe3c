from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation import forms
from foundation.text import TextNotAllowedError, clean_line, clean_prose

if TYPE_CHECKING:
    Char = models.CharField[str, str]
    Text = models.TextField[str, str]
else:
    Char, Text = models.CharField, models.TextField


class _PersonsText:
    """Cleans what people typed on every way into the database, not only through forms."""

    tidy: Callable[[str], str]
    max_length: int | None

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001
        value = self.get_prep_value(getattr(model_instance, self.attname))  # type: ignore[attr-defined]
        if isinstance(value, str) and self.max_length and len(value) > self.max_length:
            raise TextNotAllowedError(_("This text is too long."))
        setattr(model_instance, self.attname, value)  # type: ignore[attr-defined]
        return value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)  # type: ignore[misc]
        return type(self).tidy(value) if isinstance(value, str) else value

    def clean(self, value: Any, model_instance: models.Model | None) -> Any:
        try:
            tidied = type(self).tidy(value) if isinstance(value, str) else value
        except TextNotAllowedError as refusal:
            raise ValidationError(refusal.message, code="characters") from refusal
        return super().clean(tidied, model_instance)  # type: ignore[misc]


class LineField(_PersonsText, Char):
    """One line that a person typed, at most `max_length` characters."""

    tidy = staticmethod(clean_line)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.LineField, **kwargs})


class ProseField(_PersonsText, Text):
    """Several lines that a person typed, at most `max_length` characters."""

    tidy = staticmethod(clean_prose)

    def formfield(self, **kwargs: Any) -> Any:
        return super().formfield(**{"form_class": forms.ProseField, **kwargs})
