"""The directory as a file: the same points, by the same filters, for everybody."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.reference import counties, county_name
from accounts.reference.districts import district_words
from foundation.downloads import as_file
from network.hours import weekly
from network.models import Location, SpokenLanguage
from network.search import SORTS, for_cards, points
from network.views.cards import address_of, topics_of
from network.views.county import asked

MOST_ROWS = 5_000


@login_not_required
@require_safe
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """The list as CSV or XLSX."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    county = request.GET.get("county", "")
    _form, wanted = asked(request, county if county in counties() else "")
    found = for_cards(points(wanted).order_by(*SORTS.default.fields, "pk"))[:MOST_ROWS]
    rows = [_cells(row) for row in found]
    name = f"service-network-{timezone.localdate():%Y%m%d}"
    return as_file(_heads(), rows, name=name, kind=kind)


def _heads() -> list[str]:
    return [
        _("Organisation"),
        _("Kind"),
        _("Location"),
        _("County or city"),
        _("District"),
        _("Address"),
        _("Phone"),
        _("Website"),
        _("Hours"),
        _("Topics"),
        _("Services"),
        _("Languages"),
        _("Confirmed on"),
    ]


def _cells(row: Location) -> list[object]:
    home, offered = row.organisation, row.offered  # type: ignore[attr-defined]
    spoken = {code for at in offered for code in at.offering.languages}
    return [
        home.name,
        home.get_kind_display(),
        row.name,
        county_name(row.county),
        district_words(row.county, row.district),
        address_of(row),
        row.phone or home.phone,
        row.url or home.url,
        "; ".join(one.words for one in weekly(s for at in offered for s in at.schedules.all())),
        "; ".join(topics_of(at.offering for at in offered)),
        "; ".join(at.offering.name for at in offered),
        "; ".join(str(one.label) for one in SpokenLanguage if one.value in spoken),
        timezone.localdate(home.confirmed_at).isoformat(),
    ]
