"""The directory as schema.org describes organisations, places and hours, for machines."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest
from django.urls import reverse

from accounts.reference import county_name
from foundation.languages import pick
from network.hours import Hours
from network.models import AreaExtent, HoursException, Location, LocationKind, Organisation
from network.views.cards import PointCard

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def list_of_points(request: HttpRequest, name: str, cards: Iterable[PointCard]) -> dict[str, Any]:
    """A county's page: an ItemList of the organisations on it."""
    return {
        "@context": "https://schema.org",
        "@type": "ItemList",
        "name": name,
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": place,
                "name": card.organisation,
                "url": request.build_absolute_uri(card.url),
            }
            for place, card in enumerate(cards, start=1)
        ],
    }


def as_organisation(
    request: HttpRequest,
    organisation: Organisation,
    locations: Iterable[tuple[Location, list[Hours]]],
) -> dict[str, Any]:
    """One organisation with its places, hours and what it offers. Addresses are absolute."""
    url = request.build_absolute_uri(reverse("network:organisation", args=[organisation.uuid]))
    contact = {
        "telephone": organisation.phone,
        "email": organisation.email,
        "sameAs": organisation.url,
        "taxID": organisation.business_number,
    }
    return {
        "@context": "https://schema.org",
        "@type": "Organization",
        "@id": url,
        "url": url,
        "name": organisation.name,
        "alternateName": [n for n in (organisation.name_zh, organisation.name_en) if n],
        "description": pick(organisation, "description"),
        **{name: value for name, value in contact.items() if value},
        "location": [_place(row, hours) for row, hours in locations],
        "makesOffer": [_offer(one) for one in organisation.offerings.all()],
    }


def _offer(offering: Any) -> dict[str, Any]:
    areas = [one for one in offering.areas.all() if not one.is_excepted]
    named = [
        {"@type": "Country", "name": "TW"}
        if one.extent == AreaExtent.NATION
        else {"@type": "AdministrativeArea", "name": one.name}
        for one in areas
    ]
    service = {
        "@type": "Service",
        "name": offering.name,
        "description": pick(offering, "description"),
        "serviceType": [term.code for term in offering.terms.all()],
        "areaServed": named,
    }
    return {"@type": "Offer", "itemOffered": service}


def _exception(one: HoursException) -> dict[str, Any]:
    opens, closes = one.span or (dt.time(0), dt.time(0))
    return {
        "@type": "OpeningHoursSpecification",
        "validFrom": one.first_on.isoformat(),
        "validThrough": one.last_on.isoformat(),
        "opens": f"{opens:%H:%M}",
        "closes": f"{closes:%H:%M}",
    }


def _place(row: Location, hours: list[Hours]) -> dict[str, Any]:
    if row.kind == LocationKind.VIRTUAL:
        return {"@type": "VirtualLocation", "name": row.name, "url": row.url}
    data: dict[str, Any] = {
        "@type": "Place",
        "name": row.name,
        "address": {
            "@type": "PostalAddress",
            "streetAddress": pick(row, "address"),
            "addressLocality": row.district,
            "addressRegion": county_name(row.county),
            "postalCode": row.postcode,
            "addressCountry": "TW",
        },
        "openingHoursSpecification": [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": [_DAYS[day - 1] for day in one.days],
                "opens": f"{opens:%H:%M}",
                "closes": f"{closes:%H:%M}",
            }
            for one in hours
            for opens, closes in one.spans
        ],
        "specialOpeningHoursSpecification": [
            _exception(one)
            for one in row.days_that_differ  # type: ignore[attr-defined]
        ],
        "amenityFeature": [
            {"@type": "LocationFeatureSpecification", "name": words, "value": True}
            for words in row.feature_words
        ],
    }
    if row.phone:
        data["telephone"] = row.phone
    return data
