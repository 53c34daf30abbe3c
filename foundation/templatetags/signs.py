"""Small components that a page shows by the dozen, so each is drawn here and not by a template."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation.markup import written
from foundation.templatetags import formats
from foundation.templatetags.drawing import icon

register = template.Library()

# state of a case, need, offer, membership or message → (look in the style sheet, icon)
_LOOKS = {
    "draft": ("draft", "file"),
    "submitted": ("submitted", "arrow"),
    "proposed": ("submitted", "users"),
    "pending": ("submitted", "clock"),
    "triage": ("triage", "users"),
    "progress": ("progress", "track"),
    "accepted": ("progress", "check"),
    "active": ("answered", "check"),
    "waiting": ("waiting", "alert"),
    "referred": ("referred", "refer"),
    "offered": ("referred", "refer"),
    "open": ("referred", "refer"),
    "lapsed": ("waiting", "hist"),
    "answered": ("answered", "check"),
    "sent": ("answered", "check"),
    "closed": ("closed", "lock"),
    "ended": ("closed", "lock"),
    "reopened": ("reopened", "undo"),
    "merged": ("merged", "merge"),
    "withdrawn": ("withdrawn", "x"),
    "suppressed": ("withdrawn", "x"),
    "declined": ("declined", "x"),
    "refused": ("declined", "x"),
    "failed": ("declined", "alert"),
    "overdue": ("declined", "alert"),
    "in_review": ("triage", "users"),
    "scheduled": ("submitted", "clock"),
    "published": ("answered", "check"),
    "due_for_review": ("waiting", "clock"),
    "replaced": ("closed", "hist"),
    "retired": ("closed", "lock"),
    "reviewed": ("progress", "track"),
    "appointed": ("answered", "check"),
    "entered": ("submitted", "clock"),
    "confirmed": ("answered", "check"),
    "returned": ("waiting", "undo"),
}
_STEP_OF_PIE = 5
_BELL_CAP = 99


@register.simple_tag(name="chip")
def chip(state: str, label: str = "", icon: str = "") -> SafeString:
    """A state: icon, word and tint. state: the model value; label: the word for this audience."""
    look, drawn = _LOOKS.get(str(state), ("closed", "minus"))
    words = label or getattr(state, "label", "") or str(state)
    return _chip(look, icon or drawn, words)


@register.simple_tag(name="pieces")
def pieces(shown: Iterable[tuple[str, bool]]) -> SafeString:
    """A text in pieces, what was searched for marked. shown: pairs of words and whether they were found."""
    marked = (
        f"<mark>{written(words)}</mark>" if found else written(words) for words, found in shown
    )
    return SafeString("".join(marked))


def _chip(look: str, drawn: str, words: str) -> SafeString:
    said = written(words)
    return SafeString(f'<span class="sp-chip" data-s="{look}">{icon(drawn)}{said}</span>')


def _of(thing: Any, name: str, default: Any = "") -> Any:
    if isinstance(thing, Mapping):
        return thing.get(name, default)
    return getattr(thing, name, default)


@register.simple_tag
def sla(
    clock: Any = None,
    state: str = "",
    words: str = "",
    percent: int | None = None,
    due_at: datetime | None = None,
) -> SafeString:
    """The working-day clock. clock: anything with state, words, percent, due_at; or give them singly.

    state: ok, soon, over, paused. percent: share of the time that is used up, 0–100.
    """
    used = int((_of(clock, "percent", 0) if percent is None else percent) or 0)
    used = max(0, min(100, used))
    said, due = words or _of(clock, "words", ""), due_at or _of(clock, "due_at", None)
    if due:
        said = format_html(
            '<time datetime="{}" title="{}">{}</time>',
            timezone.localtime(due).isoformat(),
            formats.moment_filter(due),
            said,
        )
    look = written(state or str(_of(clock, "state", "ok")))
    pie = used - used % _STEP_OF_PIE
    said = written(said)
    return SafeString(f'<span class="sp-sla" data-s="{look}" data-p="{pie}">{said}</span>')


@register.simple_tag
def bell(count: int, url: str) -> SafeString:
    """The bell with the number of unread notices (99+ at most); the label says it in words."""
    shown = f"{_BELL_CAP}+" if count > _BELL_CAP else str(count)
    label, figure = _("Notices, none unread"), SafeString()
    if count:
        label = _("Notices, %(shown)s unread") % {"shown": shown}
        figure = format_html('<span aria-hidden="true">{}</span>', shown)
    return format_html(
        '<a class="btn btn-quiet sp-bell" href="{}" aria-label="{}">{}{}</a>',
        url,
        label,
        icon("bell"),
        figure,
    )


@register.simple_tag
def person(name: str, detail: str = "", *, small: bool = False) -> SafeString:
    """A person: first character in a disc, name, detail (office)."""
    return format_html(
        '<span class="sp-row sp-nowrap"><span class="sp-avatar{}" aria-hidden="true">{}</span>'
        "<span>{}{}</span></span>",
        " sp-avatar-s" if small else "",
        str(name)[:1],
        name,
        format_html('<br><span class="sp-meta">{}</span>', detail) if detail else "",
    )


@register.simple_tag
def back(url: str, label: str = "") -> SafeString:
    """The link above a heading that leads one step back."""
    return format_html(
        '<a class="sp-back" href="{}">{}{}</a>', url, icon("left"), label or _("Back")
    )


@register.simple_tag
def copyable(text: str, label: str = "") -> SafeString:
    """A number that is copied with one tap. label: what is copied, for the button's name."""
    return format_html(
        '<span class="sp-copy"><span class="num" data-copy-text>{0}</span>'
        '<button type="button" class="btn btn-quiet btn-sm needs-js" data-copy="{0}"'
        ' data-copied="{1}">{2}<span>{3}</span>'
        '<span class="visually-hidden"> {4}</span></button></span>',
        text,
        _("Copied"),
        icon("copy"),
        _("Copy"),
        label,
    )
