"""What happened and what was said; drawn here, because the page of a case shows fifty lines of it."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from html import escape
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation.happening import Happening
from foundation.templatetags.drawing import icon
from foundation.templatetags.formats import moment_writer

register = template.Library()

_BETWEEN = re.compile(r"\n{2,}")
_KINDS = {"mine": " mine", "note": " note"}


@register.simple_tag
def timeline(items: Iterable[Happening | Mapping[str, Any]], *, dense: bool = False) -> SafeString:
    """What happened. Each item: a Happening, or a mapping with its names.

    dense: one line a happening and short times, for the desk.
    """
    write, look = (
        moment_writer("short" if dense else "long"),
        " sp-timeline-dense" if dense else "",
    )
    lines = "\n".join(_line(_happening(item), write) for item in items)
    # Every value in a line is escaped or drawn by a component.
    return SafeString(f'<ol class="sp-timeline{look}">\n{lines}\n</ol>')


def _happening(item: Happening | Mapping[str, Any]) -> Happening:
    if isinstance(item, Happening):
        return item
    return Happening(**{name: item[name] for name in Happening._fields if item.get(name)})


def _line(item: Happening, write: Callable[[datetime], str]) -> str:
    drawing = item.icon or ("check" if item.state == "done" else "")
    dot = icon(drawing) if drawing else ""
    look = f' class="{escape(item.state)}"' if item.state else ""
    said = message(item.body, item.kind, item.files) if item.body or item.files else ""
    parts = [write(item.at)] if item.at else []
    parts += [escape(str(part)) for part in (item.by, item.meta) if part]
    meta = f'<p class="sp-meta">{" · ".join(parts)}</p>' if parts else ""
    title = escape(str(item.title))
    return f'<li{look}><span class="sp-dot">{dot}</span><p><b>{title}</b></p>{meta}{said}</li>'


@register.simple_tag
def message(body: str, kind: str = "message", files: Iterable[Any] = ()) -> SafeString:
    """A message's bubble. kind: message, mine, note (internal, never shown to the applicant)."""
    note = ""
    if kind == "note":
        words = escape(_("Internal note; the applicant cannot see it"))
        note = f'<p class="sp-meta">{icon("lock")} {words}</p>'
    papers = render_to_string("components/file_list.html", {"files": files}) if files else ""
    text = _paragraphs(str(body))
    return SafeString(f'<div class="sp-msg{_KINDS.get(kind, "")}">{note}{text}{papers}</div>')


def _paragraphs(text: str) -> str:
    """What people wrote, as Django's `linebreaks` writes it."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = (escape(part).replace("\n", "<br>") for part in _BETWEEN.split(lines))
    return "\n\n".join(f"<p>{part}</p>" for part in parts)
