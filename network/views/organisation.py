"""One organisation: where it is, when it is open, what it offers and to whom."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.htmx import render
from foundation.languages import fell_back, is_english, pick
from foundation.linked_data import as_script
from foundation.published import published
from foundation.stamping import NETWORK
from network.hours import Hours, now_words, weekly
from network.models import (
    HoursException,
    Location,
    LocationKind,
    Offering,
    OfferingState,
    Organisation,
    Schedule,
    SpokenLanguage,
)
from network.search import for_cards
from network.views.cards import address_of, hours_differ
from network.views.structured_data import as_organisation


@dataclass(frozen=True, slots=True)
class ShownLocation:
    name: str
    address: str
    phone: str
    url: str
    is_virtual: bool
    accessibility: str
    features: list[str]
    hours: list[Hours]
    by_service: list[tuple[str, list[Hours]]]
    now: str
    exceptions: list[HoursException]
    services: str


@dataclass(frozen=True, slots=True)
class ShownOffering:
    name: str
    description: str
    application: str
    fees: str
    topics: list[str]
    areas: str
    exceptions: str
    languages: str
    state: str


@login_not_required
@require_safe
@published(NETWORK)
def show(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """An open entry; closed ones are gone for the public."""
    seen = Organisation.objects.visible_to(request.user).select_related("parent")
    offerings = Offering.objects.visible_to(request.user).prefetch_related("terms", "areas")
    organisation = get_object_or_404(
        seen.prefetch_related(Prefetch("offerings", offerings.order_by("name_zh", "pk"))),
        uuid=uuid,
    )
    rows = [(row, _hours(row)) for row in _locations(organisation)]
    context = {
        "organisation": organisation,
        "kind": organisation.get_kind_display(),
        "other_name": organisation.name_zh if is_english() else organisation.name_en,
        "description": pick(organisation, "description"),
        "is_foreign": fell_back(organisation, "description"),
        "locations": [_location(row, hours) for row, hours in rows],
        "offerings": [_offering(one) for one in organisation.offerings.all()],
        "parent": organisation.parent if _is_open(organisation.parent) else None,
        "structured_data": as_script(as_organisation(request, organisation, rows)),
    }
    return render(request, "network/organisation/page.html", context)


def _is_open(organisation: Organisation | None) -> bool:
    return organisation is not None and organisation.closed_at is None


def _locations(organisation: Organisation) -> list[Location]:
    own = Location.objects.filter(organisation=organisation, closed_at=None)
    return list(for_cards(own).order_by("county", "district", "pk"))


def _hours(row: Location) -> list[Hours]:
    return weekly(_spans(row))


def _spans(row: Location) -> list[Schedule]:
    return [span for at in row.offered for span in at.schedules.all()]  # type: ignore[attr-defined]


def _by_service(row: Location) -> list[tuple[str, list[Hours]]]:
    """The hours of each service where they differ; else nothing."""
    if not hours_differ(row):
        return []
    return [(at.offering.name, weekly(at.schedules.all())) for at in row.offered]  # type: ignore[attr-defined]


def _location(row: Location, hours: list[Hours]) -> ShownLocation:
    return ShownLocation(
        name=row.name,
        address=address_of(row),
        phone=row.phone,
        url=row.url,
        is_virtual=row.kind == LocationKind.VIRTUAL,
        accessibility=pick(row, "accessibility"),
        hours=hours,
        by_service=_by_service(row),
        now=now_words(_spans(row), row.days_that_differ, timezone.localtime()),  # type: ignore[attr-defined]
        exceptions=row.days_that_differ,  # type: ignore[attr-defined]
        features=row.feature_words,
        services=_list(at.offering.name for at in row.offered),  # type: ignore[attr-defined]
    )


def _list(words: Iterable[str]) -> str:
    return _(", ").join(words)


def _offering(row: Offering) -> ShownOffering:
    areas = list(row.areas.all())
    terms = sorted(row.terms.all(), key=lambda term: term.number)
    return ShownOffering(
        name=row.name,
        description=pick(row, "description"),
        application=pick(row, "application"),
        fees=pick(row, "fees"),
        topics=[term.name for term in terms],
        areas=_list(area.name for area in areas if not area.is_excepted),
        exceptions=_list(area.name for area in areas if area.is_excepted),
        languages=_list(str(one.label) for one in SpokenLanguage if one.value in row.languages),
        state="" if row.state == OfferingState.ACTIVE else str(row.get_state_display()),
    )
