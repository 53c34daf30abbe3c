"""What every form of the house shares, and fields for what people type."""

import uuid
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any, ClassVar

from crispy_forms.helper import FormHelper
from django import forms
from django.core.exceptions import ValidationError
from django.utils.functional import keep_lazy_text
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from foundation.form_renderer import attributes
from foundation.languages import is_english
from foundation.roc import format_date, parse_date
from foundation.text import TextNotAllowedError, clean_line, clean_prose

Choices = Sequence[tuple[Any, Any]]
_RAW_FACTOR = 4
_TOO_LONG = _("Use at most %(limit)d characters.")
_TOO_LONG_BY = _("Use at most %(limit_value)d characters; now there are %(show_value)d.")
_NOTHING_TYPED = forms.Field.default_error_messages["required"]
_TO_TYPE = _("Fill in “%(field)s”.")
_TO_CHOOSE = _("Choose an option under “%(field)s”.")
_TO_TICK = _("Tick “%(field)s”.")


@keep_lazy_text
def _filled_in(words: Any, label: Any) -> str:
    return str(words % {"field": label})


def _say_what_to_do(field: forms.Field) -> None:
    """Replace the framework's "this field is required" by what to do about which field."""
    if field.label and field.error_messages["required"] is _NOTHING_TYPED:
        wanted = _TO_TYPE
        if isinstance(field, forms.BooleanField):
            wanted = _TO_TICK
        elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField | forms.FileField):
            wanted = _TO_CHOOSE
        field.error_messages["required"] = _filled_in(wanted, field.label)
    if isinstance(field, forms.CharField):
        field.error_messages.setdefault("max_length", _TOO_LONG_BY)


class PortalForm(forms.Form):
    """A form checks what a person typed and returns clean values; it saves nothing.

    The template draws `<form>` and the buttons; `{% crispy form %}` draws the rest, the error
    summary first.
    """

    # Fields no instance changes: while nothing is typed or offered they are drawn once (`{% field %}`).
    same_when_empty: tuple[str, ...] = ()
    says_what_to_do: ClassVar[bool]
    required_css_class = "is-required"
    error_css_class = "has-error"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        if "says_what_to_do" not in vars(type(self)):
            # Once per form and in no language yet: every instance copies these.
            for field in self.base_fields.values():
                _say_what_to_do(field)
            type(self).says_what_to_do = True
        super().__init__(*args, **kwargs)

    def offer(self, name: str, choices: Choices) -> None:
        """Give the field of this name what it offers this time."""
        self.fields[name].choices = list(choices)  # type: ignore[attr-defined]

    def offer_or_settle(self, name: str, choices: Choices) -> None:
        """The same; where there is nothing to choose, the only choice is sent along unseen."""
        self.offer(name, choices)
        if len(choices) == 1:
            self.fields[name].widget = forms.HiddenInput()
            self.fields[name].initial = choices[0][0]

    @property
    def helper(self) -> FormHelper:
        helper = FormHelper(self)
        helper.form_tag = False
        helper.include_media = False
        return helper

    @property
    def error_summary(self) -> list[tuple[str, str]]:
        """(id of the field or "", message) for each error, in the order of the page."""
        lines = [("", str(message)) for message in self.non_field_errors()]
        for field in self:
            lines += [(field.id_for_label, str(message)) for message in field.errors]
        return lines


class _KeyInput(forms.HiddenInput):
    """The hidden key, written straight: it stands in nearly every form."""

    def render(self, name: str, value: Any, attrs: Any = None, renderer: Any = None) -> SafeString:
        own = {"type": "hidden", "name": name, "value": value or "", **(attrs or {})}
        return format_html("<input{}>", attributes(own))


class CreatingForm(PortalForm):
    """A form that makes something: sent twice, it makes one thing (`foundation.idempotency`)."""

    idempotency_key = forms.UUIDField(
        widget=_KeyInput,
        initial=uuid.uuid4,
    )

    def full_clean(self) -> None:
        if not self.is_bound or self._key_is_usable():
            super().full_clean()
            return
        # Sending the page again must work, so it is shown with a key that will do.
        data: Any = self.data.copy()  # type: ignore[attr-defined]
        data[self.add_prefix("idempotency_key")] = str(uuid.uuid4())
        self.data = data
        super().full_clean()
        self.add_error(None, _("This page is out of date. Send it again, please."))

    def _key_is_usable(self) -> bool:
        try:
            uuid.UUID(self.data.get(self.add_prefix("idempotency_key"), ""))
        except (ValueError, AttributeError, TypeError):
            return False
        return True


class _PersonsText(forms.CharField):
    tidy: Callable[[str], str]

    def __init__(
        self, *, max_length: int | None, autocomplete: str = "", inputmode: str = "", **kwargs: Any
    ) -> None:
        self.autocomplete, self.inputmode = autocomplete, inputmode
        super().__init__(max_length=max_length, **kwargs)

    def to_python(self, value: Any) -> str:
        typed = "" if value in self.empty_values else str(value)
        # Long before cleaning: what is far too long is not worth reading.
        if self.max_length and len(typed) > self.max_length * _RAW_FACTOR + 64:
            raise ValidationError(_TOO_LONG % {"limit": self.max_length}, code="max_length")
        try:
            return type(self).tidy(typed)
        except TextNotAllowedError as refusal:
            raise ValidationError(refusal.message, code="characters") from refusal

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        attrs = super().widget_attrs(widget)
        if self.autocomplete:
            attrs["autocomplete"] = self.autocomplete
        if self.inputmode:
            attrs["inputmode"] = self.inputmode
        return attrs


class LineField(_PersonsText):
    """One line: `LineField(max_length=80, autocomplete="organization")`."""

    tidy = staticmethod(clean_line)


class ProseField(_PersonsText):
    """Several lines: `ProseField(max_length=3000, rows=6)`."""

    tidy = staticmethod(clean_prose)

    def __init__(self, *, max_length: int | None, rows: int = 6, **kwargs: Any) -> None:
        kwargs.setdefault("widget", forms.Textarea(attrs={"rows": rows}))
        super().__init__(max_length=max_length, **kwargs)


class RocDateField(forms.Field):
    """A day as people write it: 115/08/07, 115.8.7, 2026-08-07; full width digits too."""

    widget = forms.TextInput
    default_error_messages = {
        "invalid": _("Write the date like 115/08/07 or 2026-08-07."),
    }

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, date):
            return value
        typed = str(value)
        if not typed.strip():
            return None
        try:
            return parse_date(typed[:64])
        except ValueError as refusal:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from refusal

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, date):
            return format_date(value, "en" if is_english() else "zh-hant", "number")
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {**super().widget_attrs(widget), "inputmode": "text", "autocomplete": "off"}
