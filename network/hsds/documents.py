"""Rows of the directory as HSDS objects: plain dictionaries, fit for JSON."""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils import timezone

from accounts.reference import counties
from network.hsds import people
from network.hsds.people import Adviser, Helpers
from network.models import (
    AreaExtent,
    HoursException,
    Location,
    LocationKind,
    Offering,
    OfferingAtLocation,
    Organisation,
    Schedule,
    ServiceArea,
    SpokenLanguage,
    TaxonomyTerm,
)
from network.volunteer_states import ShownField

Document = dict[str, Any]
TAXONOMY_ID = uuid.uuid5(uuid.NAMESPACE_URL, "urn:sme-portal:taxonomy:guidance-systems")
TAXONOMY: Document = {
    "id": str(TAXONOMY_ID),
    "name": "中小企業輔導體系",
    "name_en": "SME guidance systems",
    "description": "中小企業發展條例第十二條所定的十一個輔導體系。",
    "version": "1.0",
}
ENGLISH_OF_LANGUAGE = {
    "zh": "Mandarin",
    "nan": "Taiwanese Hokkien",
    "hak": "Hakka",
    "en": "English",
    "ja": "Japanese",
    "vi": "Vietnamese",
    "id": "Indonesian",
    "th": "Thai",
}
_ENGLISH_OF_FEATURE = {
    "step-free": "Step-free entrance",
    "lift": "Lift",
    "toilet": "Accessible toilet",
    "parking": "Accessible parking",
    "sign-language": "Sign language by appointment",
}
TAIPEI_HOURS = 8
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_STALE = "資料逾六個月未確認，前往前請先電洽。 Not confirmed for six months; please call first."


def _given(**fields: Any) -> Document:
    """The fields that say something: HSDS leaves the others out."""
    return {name: value for name, value in fields.items() if value not in ("", None, [])}


def _part(owner: uuid.UUID, *words: object) -> str:
    """A lasting id for what is no row of its own: a phone, an address, a language."""
    return str(uuid.uuid5(owner, ":".join(map(str, words))))


def _moment(at: dt.datetime) -> str:
    return timezone.localtime(at).isoformat(timespec="seconds")


def term(row: TaxonomyTerm) -> Document:
    return _given(
        id=str(row.uuid),
        code=row.code,
        name=row.name_zh,
        name_en=row.name_en,
        description=row.description_zh or row.name_zh,
        taxonomy=TAXONOMY["name"],
        taxonomy_id=TAXONOMY["id"],
        taxonomy_detail=TAXONOMY,
        language="zh-Hant",
    )


def _phones(owner: uuid.UUID, number: str, **link: str) -> list[Document]:
    if not number:
        return []
    return [{"id": _part(owner, "phone"), "number": number, "type": "voice", **link}]


def organisation(
    row: Organisation,
    *,
    locations: Iterable[Location] = (),
    services: Iterable[Offering] = (),
    behind: Helpers | None = None,
) -> Document:
    """An organisation; with its locations and services where they are handed in."""
    own = str(row.uuid)
    return _given(
        id=own,
        name=row.name_zh,
        name_en=row.name_en,
        alternate_name=row.name_en,
        description=row.description_zh,
        email=row.email,
        website=row.url,
        legal_status=row.kind,
        parent_organization_id=_open_parent(row),
        phones=_phones(row.uuid, row.phone, organization_id=own),
        organization_identifiers=_identifiers(row),
        locations=[location(one) for one in locations],
        services=[service(one, behind) for one in services],
        last_modified=_moment(row.updated_at),
    )


def _identifiers(row: Organisation) -> list[Document]:
    if not row.business_number:
        return []
    return [
        {
            "id": _part(row.uuid, "business-number"),
            "organization_id": str(row.uuid),
            "identifier_scheme": "TW-CR",
            "identifier_type": "business number",
            "identifier": row.business_number,
        }
    ]


def _open_parent(row: Organisation) -> str:
    if row.parent is None or row.parent.closed_at is not None:
        return ""
    return str(row.parent.uuid)


def location(row: Location) -> Document:
    return _given(
        id=str(row.uuid),
        location_type=row.kind,
        name=row.name_zh,
        name_en=row.name_en,
        alternate_name=row.name_en,
        url=row.url,
        latitude=row.latitude,
        longitude=row.longitude,
        addresses=_addresses(row),
        accessibility=_accessibility(row),
        phones=_phones(row.uuid, row.phone, location_id=str(row.uuid)),
    )


def _addresses(row: Location) -> list[Document]:
    if row.kind == LocationKind.VIRTUAL:
        return []
    return [
        {
            "id": _part(row.uuid, "address"),
            "location_id": str(row.uuid),
            "address_1": row.address_zh,
            "city": row.district,
            "state_province": counties()[row.county].zh,
            "postal_code": row.postcode,
            "country": "TW",
            "address_type": row.kind,
        }
    ]


def _accessibility(row: Location) -> list[Document]:
    features = "; ".join(_ENGLISH_OF_FEATURE[code] for code in row.features)
    if not row.accessibility_zh and not features:
        return []
    details = ". ".join(filter(None, (features, row.accessibility_en)))
    words = _given(description=row.accessibility_zh or features, details=details)
    return [{"id": _part(row.uuid, "accessibility"), "location_id": str(row.uuid), **words}]


def service(row: Offering, behind: Helpers | None = None, *, is_full: bool = False) -> Document:
    """A service, and who is behind it; full with its organisation, and where and when it is given."""
    home = row.organisation
    advisers = behind.behind(row) if behind else []
    own = str(row.uuid)
    found = _given(
        id=own,
        organization_id=str(home.uuid),
        name=row.name_zh,
        name_en=row.name_en,
        alternate_name=row.name_en,
        description=row.description_zh,
        url=home.url,
        email=home.email,
        status=row.state,
        application_process=row.application_zh,
        fees_description=row.fees_zh,
        assured_date=timezone.localdate(home.confirmed_at).isoformat(),
        alert=_STALE if home.is_stale else "",
        last_modified=_moment(max(row.updated_at, home.updated_at)),
        phones=_phones(row.uuid, home.phone, service_id=own),
        languages=[_language(row, code) for code in row.languages],
        service_areas=_areas(row),
        attributes=[_attribute(row.uuid, "service", one) for one in _in_order(row.terms.all())],
        contacts=_contacts(row, behind, advisers) if behind else [],
        capacities=people.capacities(row, behind, advisers) if behind else [],
    )
    if is_full:
        found["organization"] = organisation(home)
        found["service_at_locations"] = [at_location(at) for at in row.shown_at]  # type: ignore[attr-defined]
    return found


def _in_order(terms: Iterable[TaxonomyTerm]) -> list[TaxonomyTerm]:
    return sorted(terms, key=lambda one: one.number)


def _language(row: Offering, code: str) -> Document:
    name = ENGLISH_OF_LANGUAGE[SpokenLanguage(code).value]
    return {"id": _part(row.uuid, "language", code), "code": code, "name": name}


def _contacts(row: Offering, behind: Helpers, advisers: list[Adviser]) -> list[Document]:
    """The volunteers who show their names, each with the topics she shows."""
    found = []
    for contact, one in people.contacts(row, advisers):
        codes = one.volunteer.specialties if ShownField.SPECIALTIES in one.shown else []
        own, terms = (
            uuid.UUID(contact["id"]),
            [behind.terms[c] for c in codes if c in behind.terms],
        )
        found.append(
            _given(**contact, attributes=[_attribute(own, "contact", term) for term in terms])
        )
    return found


def _attribute(owner: uuid.UUID, entity: str, about: TaxonomyTerm) -> Document:
    return {
        "id": _part(owner, "topic", about.code),
        "link_id": str(owner),
        "link_entity": entity,
        "taxonomy_term_id": str(about.uuid),
        "taxonomy_term": term(about),
    }


def _areas(row: Offering) -> list[Document]:
    """The areas served; what is excepted stands in the words of the area around it."""
    areas = list(row.areas.all())
    left_out = [one for one in areas if one.is_excepted]
    return [_area(row, one, left_out) for one in areas if not one.is_excepted]


def _area(row: Offering, area: ServiceArea, left_out: list[ServiceArea]) -> Document:
    inside = [one for one in left_out if area.extent == "nation" or one.county == area.county]
    named = "、".join(_area_name(one) for one in inside)
    county = counties().get(area.county)
    return _given(
        id=str(area.uuid),
        service_id=str(row.uuid),
        name=_area_name(area),
        description=f"不含{named}" if named else "",
        county_code=county.moi_code if county else "",
        district=area.district,
    )


def _area_name(area: ServiceArea) -> str:
    if area.extent == AreaExtent.NATION:
        return "全國"
    return counties()[area.county].zh + area.district


def at_location(row: OfferingAtLocation, *, is_full: bool = True) -> Document:
    """A service at a location with its hours; the location itself where it is full."""
    own = str(row.uuid)
    found = _given(
        id=own,
        service_id=str(row.offering.uuid),
        location_id=str(row.location.uuid),
        description=row.note_zh,
        schedules=_schedules(row, row.schedules.all(), _exceptions(row.location)),
        last_modified=_moment(max(row.updated_at, row.offering.updated_at)),
    )
    if is_full:
        found["location"] = location(row.location)
    return found


def _exceptions(place: Location) -> str:
    """Days that differ, in words: the weekly rules of a schedule cannot say them."""
    today = timezone.localdate()
    held = [one for one in place.exceptions.all() if one.last_on >= today]
    return "；".join(_exception(one) for one in sorted(held, key=lambda one: one.first_on))


def _exception(one: HoursException) -> str:
    days = f"{one.first_on:%Y-%m-%d}" + (
        f" – {one.last_on:%Y-%m-%d}" if one.last_on != one.first_on else ""
    )
    hours = f"{one.span[0]:%H:%M}–{one.span[1]:%H:%M}" if one.span else "休息 closed"
    return f"{days} {hours} {one.reason_zh}".strip()


def _schedules(row: OfferingAtLocation, hours: Iterable[Schedule], notes: str) -> list[Document]:
    days: dict[tuple[dt.time, dt.time], list[int]] = defaultdict(list)
    for one in hours:
        days[one.opens_at, one.closes_at].append(one.weekday)
    return [
        {
            "id": _part(row.uuid, "hours", opens, closes),
            "service_at_location_id": str(row.uuid),
            "freq": "WEEKLY",
            "interval": 1,
            "wkst": "MO",
            "byday": ",".join(_DAYS[day - 1] for day in sorted(held)),
            "opens_at": f"{opens:%H:%M}",
            "closes_at": f"{closes:%H:%M}",
            "timezone": TAIPEI_HOURS,
            **({"notes": notes} if notes else {}),
        }
        for (opens, closes), held in sorted(days.items())
    ]
