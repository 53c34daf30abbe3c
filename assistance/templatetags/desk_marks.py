"""What the queue draws fifty times a page and more; drawn here, because templates are too slow for it."""

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from html import escape
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language, pgettext
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
_MENU = (
    '<details class="sp-menu sp-filter-menu" data-filter="%s"><summary class="sp-filter%s">%s</summary>'
    '<div><fieldset><legend class="visually-hidden">%s</legend>%s</fieldset>'
    '<button class="btn btn-primary btn-sm">%s</button></div></details>'
)
_OPTION = '<label class="sp-filter-option"><input type="%s" name="%s" value="%s"%s> %s</label>'
_ARROWS = {
    "ascending": ' <span aria-hidden="true">↑</span>',
    "descending": ' <span aria-hidden="true">↓</span>',
}


class _Escaped(dict[str, str]):
    """Texts as they are written into HTML; on one page most of them recur."""

    def __missing__(self, text: str) -> str:
        self[text] = written = escape(text)
        return written


@register.simple_tag
def queue_rows(rows: Sequence[Any], *, may_change: bool) -> SafeString:
    """The rows of the queue. rows: see views/desk/rows.py; may_change: draw the boxes to tick."""
    written = _Escaped()
    select = written[_("Select")]
    unread = f'<span class="visually-hidden">{written[_("Unread")]} </span>'
    drawn = []
    for number, row in enumerate(rows):
        case, no = row.case, written[row.case.reference]
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
                written[row.url],
                unread if is_new else "",
                written[case.subject],
                written[case.enterprise_name],
                _looking(row.onlookers) if row.onlookers else "",
                written[row.system],
                _chip(case.state, row.state_label),
                written[row.county],
                written[row.officer or "—"],
                written[row.updated],
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
def queue_head(columns: Iterable[Mapping[str, Any]]) -> SafeString:
    """The heads of the table. columns: label, name; url and now where it can be sorted by them."""
    return SafeString("".join(map(_head, columns)))


def _head(column: Mapping[str, Any]) -> str:
    label, url, now = escape(str(column["label"])), column.get("url"), column.get("now")
    sort = f' aria-sort="{now}"' if now else ""
    if url:
        to = escape(url)
        label = (
            f'<a href="{to}" hx-get="{to}" hx-target="#queue" hx-swap="outerHTML">{label}'
            f"{_ARROWS[now] if now else ''}</a>"
        )
    return f'<th scope="col" class="w-{column["name"]}"{sort}>{label}</th>'


@register.simple_tag
def rail_links(views: Iterable[Mapping[str, Any]]) -> SafeString:
    """The views at the side. views: label, url, tally, is_here, is_hot (should alarm)."""
    return SafeString("".join(map(_rail_link, views)))


def _rail_link(view: Mapping[str, Any]) -> str:
    hot = ' class="hot"' if view.get("is_hot") else ""
    here = ' aria-current="page"' if view["is_here"] else ""
    label = escape(str(view["label"]))
    return f'<a href="{escape(view["url"])}"{hot}{here}>{label}<span>{view["tally"]}</span></a>'


@register.simple_tag
def queue_filters(boxes: Iterable[Any]) -> SafeString:
    """The menus of the filters. boxes: see `FilterBox` in views/desk/asked.py."""
    language = get_language()
    menus = (
        _menu(language, box.filter, tuple(box.offered.items()), box.chosen, box.words)
        for box in boxes
    )
    return SafeString("".join(menus))


@lru_cache(maxsize=64)
def _menu(
    _language: str | None,
    of: Any,
    offered: tuple[tuple[str, str], ...],
    chosen: tuple[str, ...],
    words: str,
) -> str:
    """One menu; it depends on nothing else, and most officers are offered the same."""
    label, on = escape(str(of.label)), chosen or ("",)
    options = "".join(
        _OPTION
        % (of.kind, of.name, escape(value), " checked" if value in on else "", escape(name))
        for value, name in offered
    )
    said = f"{icon('plus')}{label}"
    if words:
        colon = pgettext("between a filter and its value", ": ")
        said = f"{label}{escape(colon)}{escape(words)}"
    return _MENU % (of.name, " on" if words else "", said, label, options, escape(_("Apply")))


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
