"""What happened and what was said; drawn here, because the page of a case shows fifty lines of it."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation.templatetags.drawing import icon
from foundation.templatetags.formats import moment_tag

register = template.Library()

_KINDS = {"mine": " mine", "note": " note"}


@register.simple_tag
def timeline(items: Iterable[Any], *, dense: bool = False) -> SafeString:
    """What happened. Each item: title, at (datetime), by, state (now, done or empty), icon, meta, body,
    kind of body (message, mine, note), files (see file_list).

    dense: one line a happening and short times, for the desk.
    """
    style, look = ("short", " sp-timeline-dense") if dense else ("long", "")
    lines = "\n".join(_line(item, style) for item in items)
    # Every value in a line is escaped or drawn by a component.
    return SafeString(f'<ol class="sp-timeline{look}">\n{lines}\n</ol>')


def _line(item: Any, style: str) -> str:
    state, drawing = _of(item, "state"), _of(item, "icon")
    dot = icon(drawing) if drawing else icon("check") if state == "done" else ""
    body, files = _of(item, "body"), _of(item, "files")
    said = message(body, _of(item, "kind"), files) if body or files else ""
    look = f' class="{escape(str(state))}"' if state else ""
    title = escape(str(_of(item, "title")))
    meta = _meta(_of(item, "at"), _of(item, "by"), _of(item, "meta"), style)
    return f'<li{look}><span class="sp-dot">{dot}</span><p><b>{title}</b></p>{meta}{said}</li>'


def _meta(at: datetime | None, by: object, meta: object, style: str) -> str:
    parts = [moment_tag(at, style) if at else "", escape(str(by)), escape(str(meta))]
    joined = " · ".join(part for part in parts if part)
    return f'<p class="sp-meta">{joined}</p>' if joined else ""


def _of(item: Any, name: str) -> Any:
    value = item.get(name) if isinstance(item, Mapping) else getattr(item, name, None)
    return "" if value is None else value


@register.simple_tag
def message(body: str, kind: str = "message", files: Iterable[Any] = ()) -> SafeString:
    """A message's bubble. kind: message, mine, note (internal, never shown to the applicant)."""
    note = ""
    if kind == "note":
        words = escape(_("Internal note; the applicant cannot see it"))
        note = f'<p class="sp-meta">{icon("lock")} {words}</p>'
    papers = render_to_string("components/file_list.html", {"files": files}) if files else ""
    text = linebreaks(body, autoescape=True)
    return SafeString(f'<div class="sp-msg{_KINDS.get(kind, "")}">{note}{text}{papers}</div>')
