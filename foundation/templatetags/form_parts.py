"""Form parts: a field with label, hint, error and input in that order; cards to choose from; errors."""

from collections.abc import Hashable, Mapping
from functools import partial
from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from foundation.form_renderer import attributes

register = template.Library()

StrOrPromise = str | Promise

KEPT_FIELDS = 500
_drawn_fields: dict[Hashable, SafeString] = {}
_NARROW = {5: "sp-w-xs", 20: "sp-w-s", 60: "sp-w-m"}


def _kind(field: BoundField) -> str:
    widget = field.field.widget
    if field.is_hidden:
        return "hidden"
    if isinstance(widget, forms.CheckboxInput):
        return "check"
    if isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        return "choices"
    if widget.use_fieldset:
        return "group"
    if isinstance(widget, forms.FileInput):
        return "file"
    return "input"


def _width(field: BoundField) -> str:
    limit = getattr(field.field, "max_length", None)
    if not limit or isinstance(field.field.widget, forms.Textarea):
        return ""
    return next((name for most, name in _NARROW.items() if limit <= most), "")


def draw_input(field: BoundField, *, plain: bool = False) -> SafeString:
    """The bare input with the house's classes; `aria-describedby` comes from Django."""
    widget = field.field.widget
    if plain:
        widget.attrs.pop("placeholder", None)
    own = str(widget.attrs.get("class", ""))
    base = "form-select" if isinstance(widget, forms.Select) else "form-control"
    classes = [own, base, _width(field), "is-invalid" if field.errors else ""]
    return field.as_widget(attrs={"class": " ".join(name for name in classes if name)})


def _cards(field: BoundField, hints: dict[str, str]) -> list[dict[str, Any]]:
    cards = []
    for part in field.subwidgets:
        data = part.data
        cards.append(
            {
                "kind": data["type"],
                "name": data["name"],
                "value": data["value"],
                "checked": data["selected"],
                "title": data["label"],
                "hint": hints.get(str(data["value"]), ""),
                "attrs": {k: v for k, v in data["attrs"].items() if k not in {"checked", "class"}},
            }
        )
    return cards


@register.simple_tag
def field(
    field: BoundField,
    *,
    heading: bool = False,
    hints: dict[str, str] | None = None,
    label: str = "",
    hint: str = "",
    plain: bool = False,
) -> SafeString:
    """A field of a form: label, hint, error, input.

    field: the bound field. heading: the label is the page's h1 (one question per page).
    hints: value → line under that choice (radio and checkbox cards; a field may carry
    `choice_hints` instead). label, hint: other words than the field's own.
    plain: without the placeholder the form came with.
    """
    drawing = partial(
        _draw_field, field, heading=heading, hints=hints, label=label, hint=hint, plain=plain
    )
    if hints or not _is_always_the_same(field):
        return drawing()
    key = (type(field.form), field.html_name, field.auto_id, get_language())
    asked = (*key, heading, str(label), str(hint), plain)
    if asked not in _drawn_fields:
        if len(_drawn_fields) >= KEPT_FIELDS:
            _drawn_fields.clear()
        _drawn_fields[asked] = drawing()
    return _drawn_fields[asked]


def _is_always_the_same(field: BoundField) -> bool:
    form = field.form
    if form.is_bound or field.name not in getattr(form, "same_when_empty", ()):
        return False
    return field.name not in form.initial


def _draw_field(
    field: BoundField,
    *,
    heading: bool,
    hints: dict[str, str] | None,
    label: str,
    hint: str,
    plain: bool,
) -> SafeString:
    kind = _kind(field)
    if kind == "hidden":
        return SafeString(field)
    words = str(label or field.label)
    said: StrOrPromise = hint or field.help_text
    if kind == "check":
        return _framed(field, field_errors(field) + _tick(field, words, said))
    if kind in {"choices", "group"}:
        own = hints or getattr(field.field, "choice_hints", {})
        drawn = _drawn_cards(field, own) if kind == "choices" else draw_input(field, plain=plain)
        title = format_html("<h1>{}</h1>", words) if heading else _titled(field, words)
        head = format_html('<legend class="form-label">{}</legend>', title)
        return _grouped(field, said, head + _hint(field, said) + field_errors(field) + drawn)
    drawn = draw_input(field, plain=plain)
    return _framed(
        field,
        _label(field, words, heading=heading) + _hint(field, said) + field_errors(field) + drawn,
    )


def _framed(field: BoundField, inside: SafeString) -> SafeString:
    return format_html('<div class="sp-field{}">{}</div>', _wrong(field), inside)


def _grouped(field: BoundField, said: StrOrPromise, inside: SafeString) -> SafeString:
    named = [f"{field.auto_id}_helptext"] if said else []
    named += [f"{field.auto_id}_error"] if field.errors else []
    told = format_html(' aria-describedby="{}"', " ".join(named)) if named else ""
    return format_html(
        '<fieldset class="sp-field{}" id="{}" tabindex="-1"{}>{}</fieldset>',
        _wrong(field),
        field.auto_id,
        told,
        inside,
    )


def _wrong(field: BoundField) -> str:
    return " sp-field-error" if field.errors else ""


def _titled(field: BoundField, words: str) -> SafeString:
    """The words, with "(optional)" where nothing need be filled in."""
    if field.field.required:
        return format_html("{}", words)
    return format_html('{} <span class="sp-optional">{}</span>', words, _("(optional)"))


def _label(field: BoundField, words: str, *, heading: bool) -> SafeString:
    title = _titled(field, words)
    if heading:
        return format_html('<h1><label for="{}">{}</label></h1>', field.id_for_label, title)
    return format_html('<label class="form-label" for="{}">{}</label>', field.id_for_label, title)


def _hint(field: BoundField, said: StrOrPromise) -> SafeString:
    if not said:
        return SafeString()
    return format_html('<span class="form-text" id="{}_helptext">{}</span>', field.auto_id, said)


def _tick(field: BoundField, words: str, said: StrOrPromise) -> SafeString:
    widget = field.field.widget
    attrs = {"id": field.id_for_label} | {
        key: value
        for key, value in field.build_widget_attrs(dict(widget.attrs)).items()
        if key not in {"class", "aria-describedby"}
    }
    checked = widget.check_test(field.value())
    return choice(
        field.html_name, "on", words, said, checked=checked, kind="checkbox", attrs=attrs
    )


def _drawn_cards(field: BoundField, hints: dict[str, str]) -> SafeString:
    return format_html_join("", "{}", ((choice(**card),) for card in _cards(field, hints)))


@register.simple_tag
def field_errors(field: BoundField) -> SafeString:
    """The errors of one field, above its input; the input names them by `aria-describedby`."""
    if not field.errors:
        return SafeString()
    line = '<p class="invalid-feedback"><span class="visually-hidden">{} </span>{}</p>'
    lines = format_html_join("", line, ((_("Error:"), error) for error in field.errors))
    return format_html('<div id="{}_error">{}</div>', field.auto_id, lines)


@register.simple_tag
def choice(
    name: str,
    value: str,
    title: str,
    hint: StrOrPromise = "",
    checked: bool = False,  # noqa: FBT001
    kind: str = "radio",
    attrs: Mapping[str, object] | None = None,
) -> SafeString:
    """One card to choose. kind: radio or checkbox. The whole card is the label; the native input stays."""
    own = {"type": kind, "name": name, "value": value, "checked": bool(checked), **(attrs or {})}
    small = format_html("<small>{}</small>", hint) if hint else ""
    return format_html(
        '<label class="sp-choice"><input{}><b>{}</b>{}</label>', attributes(own), title, small
    )


def _naming(field: BoundField, message: str) -> str:
    """Forms of packages say "this field is required": name the field, so that lines differ.

    What a form of ours says of a missing answer stands for itself.
    """
    if message != str(forms.Field.default_error_messages["required"]):
        return message
    return f"{field.label}{pgettext('before a name', ':')} {message}"


def _error_lines(form: forms.BaseForm) -> list[tuple[str, str]]:
    lines = [("", str(message)) for message in form.non_field_errors()]
    for bound in form:
        target = bound.auto_id if _kind(bound) in {"choices", "group"} else bound.id_for_label
        lines += [(target, _naming(bound, str(message))) for message in bound.errors]
    return lines


@register.simple_tag
def error_summary(form: forms.BaseForm) -> SafeString:
    """All errors of a form at the head of the page, each a link to its field; takes the focus."""
    lines = _error_lines(form) if form.is_bound else []
    if not lines:
        return SafeString()
    return render_to_string("components/error_summary.html", {"lines": lines})


@register.inclusion_tag("components/file_drop.html")
def file_drop(
    field: BoundField, text: str = "", button: str = "", upload_url: str = ""
) -> dict[str, object]:
    """A place for files: native input first, drop and progress with JavaScript.

    field: a bound file field. text: what may be uploaded. button: its label. upload_url: where a
    single file is posted at once (field name `file`); empty = files go with the form.
    """
    return {
        "errors": field_errors(field),
        "is_wrong": bool(field.errors),
        "auto_id": field.auto_id,
        "input_id": field.id_for_label,
        "name": field.html_name,
        "text": str(text),
        "button": str(button),
        "upload_url": upload_url,
        "sends_at_once": bool(upload_url),
        "accept": field.field.widget.attrs.get("accept", ""),
        "multiple": bool(getattr(field.field.widget, "allow_multiple_selected", False)),
    }
