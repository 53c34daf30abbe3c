"""The cases behind a number of unmet needs: those of them that one may read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.reference import counties, county_name
from accounts.reference.districts import district_words, place_words
from assistance.figure_permissions import can_read_figures
from assistance.forms.figures import quarters_offered
from assistance.models import GuidanceSystem, UnmetReason, UnmetSearch
from assistance.models.unmet_search import UnmetSearchQuerySet
from assistance.states import CaseState
from assistance.views.desk.asked import SystemName
from assistance.views.figures.topics import topics
from assistance.views.figures.unmet import UNSTATED
from foundation.guards import requires
from foundation.htmx import render
from foundation.languages import EN, ZH, is_english
from foundation.listing import Sort, keyset_page
from foundation.quarters import Quarter
from foundation.text import TextNotAllowedError, clean_line

ON_A_PAGE = 50
NEWEST_FIRST = Sort("searched", ("-searched_on",))
LONGEST_DISTRICT = 40
_LATEST_YEAR = 9000


@require_safe
@requires(can_read_figures)
def cases(request: HttpRequest) -> HttpResponse:
    """Count as the table does, list what this person may read, and say where they differ."""
    quarter, asked, words = _read(request)
    counted = UnmetSearch.objects.counted_for(request.user).unmet_in(quarter).filter(**asked)
    visible = UnmetSearch.objects.visible_to(request.user).unmet_in(quarter).filter(**asked)
    total, readable = counted.count(), visible.count()
    page = keyset_page(_with_case(visible), NEWEST_FIRST, request.GET.get("after"), ON_A_PAGE)
    county = asked.get("county", "")
    systems = topics(one.system_id for one in page.rows)
    context = {
        "quarter": quarter.label(EN if is_english() else ZH),
        "words": words,
        "total": total,
        "readable": readable,
        "hidden": total - readable,
        "rows": [_row(one, systems) for one in page.rows],
        "more_url": _more(request, page.next_cursor) if page.has_next else "",
        "back": _back(quarter, county, asked),
    }
    return render(request, "assistance/figures/unmet_cases.html", context)


def _read(request: HttpRequest) -> tuple[Quarter, dict[str, Any], list[str]]:
    """The filters of the address, and how they read; 404 where it names what there is not."""
    given = request.GET
    asked: dict[str, Any] = {}
    words: list[str] = []
    try:
        quarter = Quarter.from_code(given.get("quarter") or quarters_offered()[0].code)
        district = clean_line(given.get("district", "")[:LONGEST_DISTRICT])
    except (ValueError, TextNotAllowedError) as wrong:
        raise Http404 from wrong
    county = given.get("county", "")
    if not 1 < quarter.year < _LATEST_YEAR or county not in {"", UNSTATED, *counties()}:
        raise Http404
    if county:
        asked["county"] = "" if county == UNSTATED else county
        words.append(county_name(county) or _("County not stated"))
    if district:
        asked["district"] = "" if district == UNSTATED else district
        words.append(district_words(county, asked["district"]) or _("District not stated"))
    if topic := given.get("topic", ""):
        asked["system_id"] = get_object_or_404(GuidanceSystem, code=topic).pk
        words.append(topics([asked["system_id"]])[asked["system_id"]].name)
    if reason := given.get("reason", ""):
        if reason not in UnmetReason.values:
            raise Http404
        asked["reason"] = reason
        words.append(str(UnmetReason(reason).label))
    return quarter, asked, words


def _with_case(rows: UnmetSearchQuerySet) -> UnmetSearchQuerySet:
    return rows.select_related("case").only(
        "county",
        "district",
        "system_id",
        "reason",
        "searched_on",
        "case__reference",
        "case__subject",
        "case__state",
    )


def _row(one: UnmetSearch, systems: dict[int, SystemName]) -> dict[str, Any]:
    return {
        "one": one,
        "case": one.case,
        "state": CaseState(one.case.state).label,
        "place": place_words(one.county, one.district) or _("County not stated"),
        "system": systems[one.system_id].name,
    }


def _more(request: HttpRequest, cursor: str) -> str:
    query = request.GET.copy()
    query["after"] = cursor
    return f"?{query.urlencode()}"


def _back(quarter: Quarter, county: str, asked: dict[str, Any]) -> str:
    """The table the number stands in."""
    page = (
        reverse("figures:unmet_county", args=[county])
        if county and "district" in asked
        else reverse("figures:unmet")
    )
    query = {"quarter": quarter.code, "reason": asked.get("reason", "")}
    return f"{page}?{urlencode({name: value for name, value in query.items() if value})}"
