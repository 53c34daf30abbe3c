"""What the open API selects: only what is public, narrowed by the filters of the specification."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import F, Prefetch, Q, QuerySet

from network.hsds.documents import TAXONOMY_ID
from network.models import Offering, OfferingAtLocation, Organisation, Schedule, TaxonomyTerm
from network.places import Place
from network.search import distance_from

PUBLIC = AnonymousUser()


@dataclass(frozen=True, slots=True)
class Filters:
    """The parameters of a list that narrow it; all that are given must hold."""

    search: str = ""
    taxonomy_term_id: UUID | None = None
    taxonomy_id: UUID | None = None
    organization_id: UUID | None = None
    modified_after: dt.datetime | None = None
    place: Place | None = None
    proximity: float | None = None
    parent_id: UUID | None = None


def _worded(search: str, *fields: str) -> Q:
    """The words somewhere in the fields, 臺 and 台 alike."""
    spellings = {search, search.replace("台", "臺"), search.replace("臺", "台")}
    found = Q()
    for field in fields:
        for words in spellings:
            found |= Q(**{f"{field}__icontains": words})
    return found


def _about(filters: Filters, terms: str) -> Q:
    found = Q()
    if filters.taxonomy_term_id:
        found &= Q(**{f"{terms}__uuid": filters.taxonomy_term_id})
    if filters.taxonomy_id:
        found &= (
            Q(**{f"{terms}__isnull": False}) if _is_ours(filters.taxonomy_id) else Q(pk__in=[])
        )
    return found


def _is_ours(taxonomy_id: UUID) -> bool:
    return taxonomy_id == TAXONOMY_ID


def services(filters: Filters) -> QuerySet[Any, Any]:
    found = Offering.objects.visible_to(PUBLIC).filter(_about(filters, "terms"))
    if filters.search:
        words = ("name_zh", "name_en", "description_zh", "description_en", "organisation__name_zh")
        found = found.filter(_worded(filters.search, *words))
    if filters.organization_id:
        found = found.filter(organisation__uuid=filters.organization_id)
    if filters.modified_after:
        since = filters.modified_after
        found = found.filter(Q(updated_at__gte=since) | Q(organisation__updated_at__gte=since))
    return found.distinct().order_by("pk")


def with_parts(found: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    """Services with all that a document of theirs says."""
    at = _at_with_parts(OfferingAtLocation.objects.filter(location__closed_at=None))
    return found.select_related("organisation__parent").prefetch_related(
        "terms", "areas", Prefetch("at_locations", queryset=at, to_attr="shown_at")
    )


def organisations(filters: Filters) -> QuerySet[Any, Any]:
    found = Organisation.objects.visible_to(PUBLIC).filter(_about(filters, "offerings__terms"))
    if filters.search:
        words = ("name_zh", "name_en", "description_zh", "description_en")
        found = found.filter(_worded(filters.search, *words))
    return found.select_related("parent").distinct().order_by("pk")


def at_locations(filters: Filters) -> QuerySet[Any, Any]:
    offered = Offering.objects.visible_to(PUBLIC).filter(_about(filters, "terms"))
    if filters.place and filters.proximity is None:
        offered = offered.serving(filters.place.county, filters.place.district)
    rows = OfferingAtLocation.objects.filter(offering__in=offered, location__closed_at=None)
    found: QuerySet[Any, Any] = rows
    if filters.search:
        words = ("offering__name_zh", "offering__name_en", "location__name_zh")
        found = found.filter(_worded(filters.search, *words))
    if filters.organization_id:
        found = found.filter(offering__organisation__uuid=filters.organization_id)
    if filters.modified_after:
        since = filters.modified_after
        found = found.filter(Q(updated_at__gte=since) | Q(offering__updated_at__gte=since))
    if filters.place and filters.proximity is not None:
        found = _within(found, filters.place, filters.proximity)
    return _at_with_parts(found).order_by("pk")


def _within(found: QuerySet[Any, Any], place: Place, metres: float) -> QuerySet[Any, Any]:
    placed = found.alias(latitude=F("location__latitude"), longitude=F("location__longitude"))
    placed = placed.filter(latitude__isnull=False)
    distance = distance_from(place.centre)
    within: QuerySet[Any, Any] = placed.alias(distance=distance).filter(
        distance__lte=metres / 1000
    )
    return within


def _at_with_parts(found: QuerySet[Any, Any]) -> QuerySet[Any, Any]:
    hours = Prefetch("schedules", queryset=Schedule.objects.in_order())
    return (
        found.select_related("offering", "location")
        .prefetch_related(hours, "location__exceptions")
        .order_by("pk")
    )


def terms(filters: Filters) -> QuerySet[Any, Any]:
    found = TaxonomyTerm.objects.in_order()
    if filters.search:
        found = found.filter(_worded(filters.search, "name_zh", "name_en", "code"))
    wrong_taxonomy = filters.taxonomy_id and not _is_ours(filters.taxonomy_id)
    return found.none() if wrong_taxonomy or filters.parent_id else found
