"""Writes the plain inputs of forms straight; Django's templates for them cost more than the page.

What is written is what Django's own widget templates write, with the attributes on one line. Any
other widget goes through its template as before.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import TemplatesSetting
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from foundation.markup import written

Widget = Mapping[str, Any]


def attributes(attrs: Mapping[str, Any]) -> SafeString:
    """` name="value"` for each; a true one stands alone, a false one is left out."""
    pairs = (
        f" {name}" if value is True else f' {name}="{written(str(value))}"'
        for name, value in attrs.items()
        if value is not False
    )
    return mark_safe("".join(pairs))  # noqa: S308 - escaped above


def _input(widget: Widget) -> SafeString:
    value = widget["value"]
    own = "" if value is None else format_html(' value="{}"', str(value))
    start = format_html('<input type="{}" name="{}"', widget["type"], widget["name"])
    return format_html("{}{}{}>", start, own, attributes(widget["attrs"]))


def _textarea(widget: Widget) -> SafeString:
    start = format_html('<textarea name="{}"{}>', widget["name"], attributes(widget["attrs"]))
    return format_html("{}\n{}</textarea>", start, widget["value"] or "")


def _option(option: Widget) -> str:
    value, label = written(str(option["value"])), written(option["label"])
    return f'<option value="{value}"{attributes(option["attrs"])}>{label}</option>'


def _select(widget: Widget) -> SafeString:
    parts = []
    for group, options, _index in widget["optgroups"]:
        rows = "\n".join(_option(one) for one in options)
        if group:
            rows = f'<optgroup label="{written(group)}">{rows}</optgroup>'
        parts.append(rows)
    start = format_html('<select name="{}"{}>', widget["name"], attributes(widget["attrs"]))
    # Escaped above, each value where it is written.
    return SafeString(f"{start}{chr(10).join(parts)}</select>")


_WRITERS: dict[str, Callable[[Widget], SafeString]] = {
    **{
        f"django/forms/widgets/{name}.html": _input
        for name in ("input", "text", "hidden", "email", "number", "password", "file")
    },
    "django/forms/widgets/textarea.html": _textarea,
    "django/forms/widgets/select.html": _select,
}


class FormRenderer(TemplatesSetting):
    """Django's renderer over the project's templates, with a short way for plain inputs."""

    def render(
        self, template_name: str, context: dict[str, Any], request: Any = None
    ) -> SafeString:
        write = _WRITERS.get(template_name)
        if write is not None:
            return write(context["widget"])
        return SafeString(super().render(template_name, context, request))
