"""Who stands behind services in the open API: volunteers by their consent, and places still free.

A volunteer appears with the services of the centre of a county she serves, and only while her
consent to show that county stands: a contact where she shows her name, with what else she shows;
her free places only where she shows those. Withdrawn consents are gone from the next answer on.
"""

from __future__ import annotations

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from network.capacity_reading import Places, places_of_organisations, places_of_volunteers
from network.models import MonthlyCapacity, Offering, OrganisationKind, TaxonomyTerm, Volunteer
from network.volunteer_cards import shown_fields
from network.volunteer_states import ShownField

Document = dict[str, Any]
DEPARTMENT = "榮譽指導員"
UNIT: Document = {
    "id": str(uuid.uuid5(uuid.NAMESPACE_URL, "urn:sme-portal:unit:cases-a-month")),
    "name": "cases a month",
}


@dataclass(frozen=True, slots=True)
class Adviser:
    """One volunteer as the open API may show her."""

    volunteer: Volunteer
    shown: set[str]
    places: Places


@dataclass(frozen=True, slots=True)
class Helpers:
    """Everybody who may be shown, and every organisation that named places."""

    at: dt.datetime
    by_county: Mapping[str, list[Adviser]] = field(default_factory=dict)
    of_organisations: Mapping[int, Places] = field(default_factory=dict)
    terms: Mapping[str, TaxonomyTerm] = field(default_factory=dict)

    @property
    def today(self) -> dt.date:
        return timezone.localdate(self.at)

    def behind(self, row: Offering) -> list[Adviser]:
        """The advisers of the counties that a county's centre serves; needs its areas."""
        if row.organisation.kind != OrganisationKind.COUNTY_CENTRE:
            return []
        served = {area.county for area in row.areas.all() if area.county and not area.is_excepted}
        found = (one for county in sorted(served) for one in self.by_county.get(county, ()))
        return list({one.volunteer.pk: one for one in found}.values())


def load() -> Helpers:
    """Read all of it, in as many queries for one service as for all of them."""
    now = timezone.now()
    today = timezone.localdate(now)
    volunteers = list(Volunteer.objects.shown().showing(ShownField.COUNTY).order_by("pk"))
    ids = [one.pk for one in volunteers]
    shown, places = shown_fields(ids), places_of_volunteers(ids, today)
    by_county: dict[str, list[Adviser]] = defaultdict(list)
    for one in volunteers:
        for county in one.counties:
            by_county[county].append(Adviser(one, shown[one.pk], places[one.pk]))
    named = MonthlyCapacity.objects.filter(organisation__isnull=False)
    organisations = named.order_by().values_list("organisation_id", flat=True).distinct()
    return Helpers(
        at=now,
        by_county=by_county,
        of_organisations=places_of_organisations(organisations, today),
        terms={term.code: term for term in TaxonomyTerm.objects.in_order()},
    )


def contacts(row: Offering, advisers: Iterable[Adviser]) -> list[tuple[Document, Adviser]]:
    """A contact for each adviser who shows her name, without attributes."""
    found = []
    for one in advisers:
        if ShownField.NAME not in one.shown:
            continue
        contact = {
            "id": str(uuid.uuid5(row.uuid, f"volunteer:{one.volunteer.pk}")),
            "service_id": str(row.uuid),
            "name": one.volunteer.name,
            "department": DEPARTMENT,
        }
        if ShownField.TITLE in one.shown and one.volunteer.title:
            contact["title"] = one.volunteer.title
        found.append((contact, one))
    return found


def capacities(row: Offering, helpers: Helpers, advisers: Iterable[Adviser]) -> list[Document]:
    """Places of the organisation, and of the advisers who show theirs taken together."""
    found = []
    own = helpers.of_organisations.get(row.organisation_id)
    if own is not None:
        found.append(_capacity(row, helpers, "organisation", [own]))
    showing = [one.places for one in advisers if ShownField.CAPACITY in one.shown]
    if showing:
        found.append(_capacity(row, helpers, "volunteers", showing))
    return found


_OF = {
    "organisation": "本機構本月可承接件數 Cases this organization can take this month",
    "volunteers": "同意公開的榮譽指導員本月可承接件數 Cases volunteer advisers who show it can take this month",
}


def _capacity(row: Offering, helpers: Helpers, whose: str, places: list[Places]) -> Document:
    return {
        "id": str(uuid.uuid5(row.uuid, f"capacity:{whose}")),
        "service_id": str(row.uuid),
        "unit": UNIT,
        "available": sum(one.free(helpers.today) for one in places),
        "maximum": sum(one.most(helpers.today) for one in places),
        "description": _OF[whose],
        "updated": timezone.localtime(helpers.at).isoformat(timespec="milliseconds"),
    }
