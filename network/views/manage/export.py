"""The directory as a file that can be taken over again: what comes back unchanged changes nothing."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.reference import counties
from foundation.guards import requires
from network.areas import area_code, areas_text
from network.directory_columns import HEADS
from network.directory_permissions import can_look_after_entries
from network.hours import week_of, week_text
from network.models import OfferingAtLocation, OfferingState, Organisation
from network.views.manage.importing import directory_file

MOST_ROWS = 5_000


@require_safe
@requires(can_look_after_entries)
def file(request: HttpRequest, kind: str) -> HttpResponse:
    """Every service at every place of the entries this person looks after, a line each."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    own = Organisation.objects.looked_after_by(request.user).open()
    found = OfferingAtLocation.objects.filter(
        offering__organisation__in=own.values("pk"), location__closed_at=None
    ).exclude(offering__state=OfferingState.DEFUNCT)
    rows = [[said[name] for name in HEADS] for said in _said(found)]
    return directory_file(rows, kind, f"directory-{timezone.localdate():%Y%m%d}")


def _said(found: QuerySet[OfferingAtLocation]) -> Iterable[dict[str, str]]:
    rows = found.select_related("offering__organisation", "location").prefetch_related(
        "schedules", "offering__terms", "offering__areas"
    )
    for row in rows.order_by("offering__organisation__name_zh", "pk")[:MOST_ROWS]:
        yield _of_organisation(row) | _of_location(row) | _of_offering(row)


def _of_organisation(row: OfferingAtLocation) -> dict[str, str]:
    home = row.offering.organisation
    names = ("name_zh", "name_en", "description_zh", "description_en", "business_number")
    said = {name: getattr(home, name) for name in (*names, "phone", "email", "url")}
    return said | {"key": str(row.uuid), "kind": home.get_kind_display()}


def _of_location(row: OfferingAtLocation) -> dict[str, str]:
    at = row.location
    names = ("address_zh", "address_en", "accessibility_zh", "accessibility_en")
    return {name: getattr(at, name) for name in names} | {
        "location_zh": at.name_zh,
        "location_en": at.name_en,
        "location_kind": at.get_kind_display(),
        "place": counties()[at.county].zh + at.district if at.county else "",
        "features": "、".join(at.feature_words),
        "location_phone": at.phone,
        "location_url": at.url,
    }


def _of_offering(row: OfferingAtLocation) -> dict[str, str]:
    offered = row.offering
    names = ("application_zh", "application_en", "fees_zh", "fees_en")
    areas = sorted(offered.areas.all(), key=lambda one: one.pk)
    return {name: getattr(offered, name) for name in names} | {
        "service_zh": offered.name_zh,
        "service_en": offered.name_en,
        "service_description_zh": offered.description_zh,
        "service_description_en": offered.description_en,
        "state": offered.get_state_display(),
        "topics": "、".join(term.code for term in offered.terms.all()),
        "areas": areas_text(area_code(one) for one in areas if not one.is_excepted),
        "excepted": areas_text(area_code(one) for one in areas if one.is_excepted),
        "languages": "、".join(offered.language_words),
        "hours": week_text(week_of(row.schedules.all())),
    }
