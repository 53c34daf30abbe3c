"""The queue: shared and saved views with live counts, filters, orders, one page of cases."""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from assistance import presence, search
from assistance.models import Case
from assistance.permissions import (
    can_change_desk,
    can_open_for_caller,
    can_triage,
    can_use_desk,
    can_work_on_cases,
)
from assistance.queue_rows import QueueCase, page_of
from assistance.search import (
    FOUND_UP_TO,
    LEFT_BEHIND,
    ONE_WAY,
    PAGE_SIZE,
    Criteria,
    Tallies,
)
from assistance.views.desk.asked import SPLIT, Asked, address_of
from assistance.views.desk.rows import Row, make_rows
from assistance.views.desk.summary import summary_of
from foundation.addresses import address
from foundation.guards import requires
from foundation.htmx import render, wants_fragment
from foundation.listing import KeysetPage

LIST = "list"


@dataclass(frozen=True, slots=True)
class Column:
    """One head of the table; `key` names the order it offers."""

    label: str | Promise
    name: str
    key: str = ""


COLUMNS = (
    Column(_("Time left"), "l", "due"),
    Column(_("Number"), "n", "number"),
    Column(_("Subject and enterprise"), "t"),
    Column(_("System"), "y"),
    Column(_("State"), "s"),
    Column(_("County or city"), "p"),
    Column(_("Officer"), "o"),
    Column(_("Updated"), "u", "updated"),
)


@require_safe
@requires(can_use_desk)
def show(request: HttpRequest) -> HttpResponse:
    """Show the page, or its list alone where htmx changes a filter, an order or the page."""
    asked = Asked(request)
    tallies = _tallies(request, asked)
    page = page_of(
        request.user, asked.criteria, asked.sort, _after(request), tallies.here, PAGE_SIZE
    )
    looking = presence.looking_at([case.pk for case in page.rows], but=request.user.pk)
    split_at = f"{asked.address(layout=SPLIT, after=_after(request))}&case="
    rows = make_rows(page.rows, asked.systems, looking, split_at)
    context = _list_context(request, asked, page, rows, tallies)
    if asked.is_split:
        return render(
            request, "assistance/desk/split.html", {**context, **_pane(request, asked, rows)}
        )
    response = render(request, "assistance/desk/queue.html", context, partial=LIST)
    if wants_fragment(request):
        response["HX-Push-Url"] = asked.address(after=_after(request))
    return response


def _after(request: HttpRequest) -> str:
    return request.GET.get("after", "")


def _tallies(request: HttpRequest, asked: Asked) -> Tallies:
    """Count for the rail where it is drawn, and the list at hand in any case."""
    is_whole = not wants_fragment(request)
    saved = {one.pk: one.criteria for one in asked.saved} if is_whole else {}
    return search.tally(request.user, asked.criteria, saved, with_views=is_whole)


def _list_context(
    request: HttpRequest,
    asked: Asked,
    page: KeysetPage[QueueCase],
    rows: list[Row],
    tallies: Tallies,
) -> dict[str, Any]:
    more = asked.address(after=page.next_cursor) if page.has_next else ""
    is_left_behind = asked.criteria.view == LEFT_BEHIND
    return {
        "asked": asked,
        "title": _title(asked),
        "tallies": tallies,
        "rail": _rail(request, asked, tallies) if tallies.views else [],
        "saved_rail": _saved_rail(asked, tallies) if tallies.views else [],
        "columns": _columns(asked),
        "rows": rows,
        "page": page,
        "page_size": PAGE_SIZE,
        "found_up_to": FOUND_UP_TO if asked.criteria.q and tallies.here.has_more else 0,
        "more_url": more,
        "first_url": "" if page.is_first else asked.address(),
        "here_url": asked.address(after=_after(request)),
        "list_url": asked.address(layout=""),
        "split_url": asked.address(layout=SPLIT),
        "export_url": asked.address("desk:export", layout=""),
        "hands_over": is_left_behind,
        "assign_url": address("desk:hand_over" if is_left_behind else "desk:bulk"),
        "save_url": asked.address("desk:save_filter", layout=""),
        "filters": asked.boxes,
        "clear_url": address_of(Criteria(view=asked.criteria.view)),
        "may_change": can_change_desk(request.user),
        "may_triage": can_triage(request.user),
        "may_work": can_work_on_cases(request.user),
        "may_open": can_open_for_caller(request.user),
    }


def _title(asked: Asked) -> str | Promise:
    if asked.saved_here:
        return asked.saved_here.name
    view = search.VIEWS.get(asked.criteria.view)
    return view.label if view else _("All cases, settled ones too")


def _rail(request: HttpRequest, asked: Asked, tallies: Tallies) -> list[dict[str, Any]]:
    here = asked.criteria.view if asked.saved_here is None else ""
    return [
        {
            "label": view.label,
            "url": address_of(Criteria(view=view.code)),
            "tally": tallies.views[view.code],
            "is_hot": view.is_hot and tallies.views[view.code].number > 0,
            "is_here": view.code == here,
        }
        for view in search.views_for(request.user)
        if tallies.views[view.code].number or view.code == here or not view.comes_and_goes
    ]


def _saved_rail(asked: Asked, tallies: Tallies) -> list[dict[str, Any]]:
    return [
        {
            "label": one.name,
            "url": address_of(one.criteria),
            "tally": tallies.saved[one.pk],
            "is_here": asked.saved_here is one,
        }
        for one in asked.saved
    ]


def _columns(asked: Asked) -> list[dict[str, Any]]:
    sorts = asked.criteria.sorts
    return [
        {
            "label": column.label,
            "name": column.name,
            **(_sorted(asked, column.key) if column.key in sorts.keys else {}),
        }
        for column in COLUMNS
    ]


def _sorted(asked: Asked, key: str) -> dict[str, str]:
    """The address that sorts by `key`, or turns it round, and how it is sorted now."""
    now = {key: "ascending", f"-{key}": "descending"}.get(asked.sort.key, "")
    turned = f"-{key}" if now == "ascending" and key not in ONE_WAY else key
    return {"url": asked.address(sort=turned), "now": now}


def _pane(request: HttpRequest, asked: Asked, rows: list[Row]) -> dict[str, Any]:
    """The case beside the list: the one asked for, or the first."""
    wanted = request.GET.get("case") or (rows[0].case.reference if rows else "")
    visible = Case.objects.on_desk_of(request.user).select_related("lead_agency", "lead_officer")
    case = visible.filter(reference=wanted).first() if wanted else None
    return summary_of(request, case, asked.systems) if case else {}
