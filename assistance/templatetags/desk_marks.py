"""What the queue draws fifty times a page and more; drawn here, because templates are too slow for it."""

from collections.abc import Iterable
from functools import lru_cache
from typing import Any

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from foundation.templatetags import ui
from foundation.templatetags.drawing import icon

register = template.Library()


@register.simple_tag
def queue_row(row: Any, *, may_change: bool, is_first: bool) -> SafeString:
    """A row of the queue. row: see views/desk/rows.py; may_change: draw the box to tick it."""
    case = row.case
    unread = case.has_unread_from_sme
    return format_html(
        '<tr{} tabindex="{}" data-no="{}">{}<td class="l">{}</td><td class="num opt n">{}</td>'
        '<td class="t"><a href="{}">{}{}</a> <span>{}</span>{}</td><td class="m opt">{}</td>'
        '<td class="s">{}</td><td class="m opt p">{}</td><td class="m opt">{}</td>'
        '<td class="m opt num">{}</td></tr>',
        mark_safe(' class="unread"') if unread else "",
        "0" if is_first else "-1",
        case.reference,
        _box(case.reference) if may_change else "",
        _clock(row.clock_state, row.clock_words, row.used_up),
        case.reference,
        row.url,
        format_html('<span class="visually-hidden">{} </span>', _("Unread")) if unread else "",
        case.subject,
        case.enterprise_name,
        _looking(row.onlookers) if row.onlookers else "",
        row.system,
        _chip(case.state, row.state_label),
        row.county,
        row.officer or "—",
        row.updated,
    )


def _box(reference: str) -> SafeString:
    return format_html(
        '<td class="c"><label><input type="checkbox" name="case" value="{}" aria-label="{} {}">'
        "</label></td>",
        reference,
        _("Select"),
        reference,
    )


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
    return format_html_join(
        "",
        '<label class="sp-filter-option"><input type="{}" name="{}" value="{}"{}> {}</label>',
        (
            (kind, name, value, mark_safe(" checked") if is_on else "", label)
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
    return render_to_string("components/chip.html", ui.chip(state, label))


@lru_cache(maxsize=2048)
def _clock(state: str, words: str, percent: int) -> SafeString:
    shown = ui.sla(state=state, words=words, percent=percent)
    return render_to_string("components/sla.html", shown)
