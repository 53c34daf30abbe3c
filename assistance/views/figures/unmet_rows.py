"""The cases behind a number of unmet needs: those of them that one may read."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.reference.districts import place_words
from assistance.figure_permissions import can_read_figures
from assistance.models import UnmetReason, UnmetSearch
from assistance.models.unmet_search import UnmetSearchQuerySet
from assistance.states import CaseState
from assistance.views.desk.asked import SystemName
from assistance.views.figures.reading import Asked
from assistance.views.figures.topics import topics
from foundation.guards import requires
from foundation.htmx import render
from foundation.listing import Sort, keyset_page

ON_A_PAGE = 50
NEWEST_FIRST = Sort("searched", ("-searched_on",))


@require_safe
@requires(can_read_figures)
def cases(request: HttpRequest) -> HttpResponse:
    """Count as the table does, list what this person may read, and say where they differ."""
    asked = Asked(request)
    county = asked.county("county")
    asked.district(county)
    asked.topic()
    asked.one_of(UnmetReason, "reason", "reason")
    among = UnmetSearch.objects.all().unmet_in(asked.quarter).filter(**asked.filters)
    visible = among.visible_to(request.user)
    total, readable = among.counted_for(request.user).count(), visible.count()
    page = keyset_page(_with_case(visible), NEWEST_FIRST, request.GET.get("after"), ON_A_PAGE)
    systems = topics(one.system_id for one in page.rows)
    context = {
        "words": asked.words,
        "total": total,
        "readable": readable,
        "hidden": total - readable,
        "rows": [_row(one, systems) for one in page.rows],
        "more_url": asked.more_url(page.next_cursor) if page.has_next else "",
        "back": _back(asked, county),
    }
    return render(request, "assistance/figures/unmet_cases.html", context)


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


def _back(asked: Asked, county: str) -> str:
    """The table the number stands in."""
    within = county and "district" in asked.filters
    page = reverse("figures:unmet_county", args=[county]) if within else reverse("figures:unmet")
    query = {"quarter": asked.quarter.code}
    if reason := asked.filters.get("reason"):
        query["reason"] = reason
    return f"{page}?{urlencode(query)}"
