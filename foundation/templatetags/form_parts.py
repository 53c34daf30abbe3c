"""Form parts: a field with label, hint, error and input in that order; cards to choose from; errors."""

from typing import Any

from django import forms, template
from django.forms.boundfield import BoundField
from django.utils.safestring import SafeString
from django.utils.translation import pgettext

register = template.Library()

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


def _cards(field: BoundField, hints: dict[str, str]) -> list[dict[str, object]]:
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


@register.inclusion_tag("components/field.html")
def field(
    field: BoundField,
    *,
    heading: bool = False,
    hints: dict[str, str] | None = None,
    label: str = "",
    hint: str = "",
    plain: bool = False,
) -> dict[str, object]:
    """A field of a form: label, hint, error, input.

    field: the bound field. heading: the label is the page's h1 (one question per page).
    hints: value → line under that choice (radio and checkbox cards; a field may carry
    `choice_hints` instead). label, hint: other words than the field's own.
    plain: without the placeholder the form came with.
    """
    kind = _kind(field)
    own_hints: dict[str, str] = hints or getattr(field.field, "choice_hints", {})
    context: dict[str, Any] = {
        "field": field,
        "kind": kind,
        "heading": heading,
        "label": label or field.label,
        "hint": hint or field.help_text,
        "optional": not field.field.required and kind not in {"hidden", "check"},
        "hint_id": f"{field.auto_id}_helptext",
    }
    if kind == "choices":
        context["cards"] = _cards(field, own_hints)
    elif kind == "check":
        context["attrs"] = {"id": field.id_for_label} | {
            key: value
            for key, value in field.build_widget_attrs(dict(field.field.widget.attrs)).items()
            if key not in {"class", "aria-describedby"}
        }
        context["checked"] = field.field.widget.check_test(field.value())
    elif kind != "hidden":
        context["input"] = draw_input(field, plain=plain)
    return context


@register.inclusion_tag("components/field_errors.html")
def field_errors(field: BoundField) -> dict[str, object]:
    """The errors of one field, above its input; the input names them by `aria-describedby`."""
    return {"errors": field.errors, "id": f"{field.auto_id}_error"}


@register.inclusion_tag("components/choice.html")
def choice(
    name: str,
    value: str,
    title: str,
    hint: str = "",
    checked: bool = False,  # noqa: FBT001
    kind: str = "radio",
    attrs: dict[str, object] | None = None,
) -> dict[str, object]:
    """One card to choose. kind: radio or checkbox. The whole card is the label; the native input stays."""
    return {
        "name": name,
        "value": value,
        "title": title,
        "hint": hint,
        "checked": checked,
        "kind": kind,
        "attrs": attrs or {},
    }


def _naming(field: BoundField, message: str) -> str:
    """Forms of packages say "this field is required": name the field, so that lines differ."""
    if message != str(field.field.error_messages.get("required")) or str(field.label) in message:
        return message
    return f"{field.label}{pgettext('before a name', ':')} {message}"


def _error_lines(form: forms.BaseForm) -> list[tuple[str, str]]:
    lines = [("", str(message)) for message in form.non_field_errors()]
    for bound in form:
        target = bound.auto_id if _kind(bound) in {"choices", "group"} else bound.id_for_label
        lines += [(target, _naming(bound, str(message))) for message in bound.errors]
    return lines


@register.inclusion_tag("components/error_summary.html")
def error_summary(form: forms.BaseForm) -> dict[str, object]:
    """All errors of a form at the head of the page, each a link to its field; takes the focus."""
    return {"lines": _error_lines(form) if form.is_bound else []}


@register.inclusion_tag("components/file_drop.html")
def file_drop(
    field: BoundField, text: str = "", button: str = "", upload_url: str = ""
) -> dict[str, object]:
    """A place for files: native input first, drop and progress with JavaScript.

    field: a bound file field. text: what may be uploaded. button: its label. upload_url: where a
    single file is posted at once (field name `file`); empty = files go with the form.
    """
    return {
        "field": field,
        "text": text,
        "button": button,
        "upload_url": upload_url,
        "accept": field.field.widget.attrs.get("accept", ""),
        "multiple": bool(getattr(field.field.widget, "allow_multiple_selected", False)),
    }
