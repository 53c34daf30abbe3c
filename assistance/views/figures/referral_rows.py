"""The referrals behind a figure: those of them whose content one may read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from assistance.figure_permissions import can_compare_units, can_read_figures
from assistance.models import Referral
from assistance.states import ReferralDecline, ReferralOutcome
from assistance.statistics.referrals import FIGURES
from assistance.views.desk.asked import SystemName
from assistance.views.figures.reading import Asked
from assistance.views.figures.referrals import LABELS
from assistance.views.figures.topics import topics
from assistance.views.figures.units import key_of, unit_names
from assistance.views.referral_looks import LOOKS
from foundation.guards import demand, requires
from foundation.htmx import render
from foundation.listing import Sort, keyset_page

ON_A_PAGE = 50
NEWEST_FIRST = Sort("sent", ("-sent_at",))


@require_safe
@requires(can_read_figures)
def listed(request: HttpRequest) -> HttpResponse:
    """Count as the table does, list what this person may read, and say where they differ."""
    asked = Asked(request)
    figure = request.GET.get("figure") or "sent"
    if figure not in FIGURES:
        raise Http404
    by = _read(request, asked)
    asked.words.append(str(LABELS[figure]))
    asked.one_of(ReferralDecline, "reason", "decline_reason")
    asked.one_of(ReferralOutcome, "outcome", "outcome")
    among = Referral.objects.all().sent_in(asked.quarter).filter(FIGURES[figure], **asked.filters)
    readable = among.readable_by(request.user)
    total, shown = among.counted_for(request.user).count(), readable.count()
    named = readable.with_names().select_related("case")
    page = keyset_page(named, NEWEST_FIRST, request.GET.get("after"), ON_A_PAGE)
    systems = topics(one.system_id for one in page.rows)
    context = {
        "words": asked.words,
        "total": total,
        "readable": shown,
        "hidden": total - shown,
        "rows": [_row(one, systems) for one in page.rows],
        "more_url": asked.more_url(page.next_cursor) if page.has_next else "",
        "back": f"{reverse('figures:referrals')}?{urlencode({'quarter': asked.quarter.code, 'by': by})}",
    }
    return render(request, "assistance/figures/referral_list.html", context)


def _read(request: HttpRequest, asked: Asked) -> str:
    """The county, topic or unit asked for; says which it was."""
    asked.county("case__county")
    asked.topic()
    if code := request.GET.get("unit", ""):
        demand(can_compare_units(request.user))
        key = key_of(code)
        names = unit_names([key])
        if key not in names:
            raise Http404
        asked.words.append(names[key])
        asked.filters["organisation_id"], asked.filters["volunteer_id"] = key
        return "unit"
    return "topic" if "system_id" in asked.filters else "county"


def _row(one: Referral, systems: dict[int, SystemName]) -> dict[str, Any]:
    said = one.get_decline_reason_display() or one.get_outcome_display()
    return {
        "one": one,
        "case": one.case,
        "look": LOOKS[one.state],
        "system": systems[one.system_id].name,
        "said": said,
    }
