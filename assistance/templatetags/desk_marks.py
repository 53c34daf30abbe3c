"""What the queue draws fifty times a page and more; drawn here, because templates are too slow for it."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from foundation.templatetags import signs
from foundation.templatetags.drawing import icon

register = template.Library()


_ROW = (
    '<tr%s tabindex="%s" data-no="%s">%s<td class="l">%s</td><td class="num opt n">%s</td>'
    '<td class="t"><a href="%s">%s%s</a> <span>%s</span>%s</td><td class="m opt">%s</td>'
    '<td class="s">%s</td><td class="m opt p">%s</td><td class="m opt">%s</td>'
    '<td class="m opt num">%s</td></tr>'
)
_BOX = (
    '<td class="c"><label><input type="checkbox" name="case" value="%s" aria-label="%s %s">'
    "</label></td>"
)


@register.simple_tag
def queue_rows(rows: Sequence[Any], *, may_change: bool) -> SafeString:
    """The rows of the queue. rows: see views/desk/rows.py; may_change: draw the boxes to tick."""
    select = escape(_("Select"))
    unread = f'<span class="visually-hidden">{escape(_("Unread"))} </span>'
    drawn = []
    for number, row in enumerate(rows):
        case, no = row.case, escape(row.case.reference)
        is_new = case.has_unread_from_sme
        drawn.append(
            _ROW
            % (
                ' class="unread"' if is_new else "",
                -1 if number else 0,
                no,
                _BOX % (no, select, no) if may_change else "",
                _clock(row.clock_state, row.clock_words, row.used_up),
                no,
                escape(row.url),
                unread if is_new else "",
                escape(case.subject),
                escape(case.enterprise_name),
                _looking(row.onlookers) if row.onlookers else "",
                escape(row.system),
                _chip(case.state, row.state_label),
                escape(row.county),
                escape(row.officer or "—"),
                escape(row.updated),
            )
        )
    # Every value above is escaped or drawn by a component.
    return SafeString("\n".join(drawn))


def _looking(names: str) -> SafeString:
    words = _("Also open at")
    return format_html(
        ' <span class="sp-looking" title="{} {}">{}<span class="visually-hidden">{} </span>{}</span>',
        words,
        names,
        icon("eye"),
        words,
        names,
    )


@register.simple_tag
def filter_options(name: str, kind: str, options: Iterable[tuple[str, str, bool]]) -> SafeString:
    """The options of a filter. kind: checkbox or radio; options: (value, label, chosen)."""
    return _options(name, kind, tuple(options))


@lru_cache(maxsize=512)
def _options(name: str, kind: str, options: tuple[tuple[str, str, bool], ...]) -> SafeString:
    return format_html_join(
        "",
        '<label class="sp-filter-option"><input type="{}" name="{}" value="{}"{}> {}</label>',
        (
            (kind, name, value, SafeString(" checked") if is_on else "", label)
            for value, label, is_on in options
        ),
    )


@register.simple_tag
def queue_chip(state: str, label: str) -> SafeString:
    """A state with its label, as `chip` draws it."""
    return _chip(state, label)


@register.simple_tag
def queue_clock(state: str, words: str, percent: int) -> SafeString:
    """The working-day clock, as `sla` draws it."""
    return _clock(state, words, percent)


@lru_cache(maxsize=64)
def _chip(state: str, label: str) -> SafeString:
    return signs.chip(state, label)


@lru_cache(maxsize=2048)
def _clock(state: str, words: str, percent: int) -> SafeString:
    return signs.sla(state=state, words=words, percent=percent)
