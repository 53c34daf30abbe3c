"""Writing anew the words under which directory entries are found, after whatever changed them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction
from django.db.models import DateTimeField, F, Max, Q, QuerySet
from django.db.models.functions import Greatest
from django.utils import timezone

from accounts.reference import counties
from foundation.facets import COUNTY, EVERYWHERE, TOPIC, tag
from foundation.text import to_tsvector_text
from network.models import DirectoryText, Offering, Organisation, TaxonomyTerm
from network.models.offering import OfferingState
from network.models.service_area import AreaExtent

BATCH = 500


def index_due() -> int:
    """Write the words of every entry that changed since they were written; return how many.

    Looks at when the entry, its places and its offerings changed last, so that no service that
    changes them has to know of the search. Harmless when run twice or at the same time.
    """
    done = 0
    while ids := list(_due().values_list("pk", flat=True)[:BATCH]):
        done += _write(ids)
    return done


def _due() -> QuerySet[Organisation]:
    changed = Greatest(
        F("updated_at"),
        Max("locations__updated_at"),
        Max("offerings__updated_at"),
        output_field=DateTimeField(),
    )
    entries = Organisation.objects.annotate(changed_at=changed)
    return entries.filter(Q(text__isnull=True) | Q(text__written_at__lt=F("changed_at"))).order_by(
        "pk"
    )


@transaction.atomic
def _write(ids: list[int]) -> int:
    # Read after this moment: what changes while the words are written is written again.
    now = timezone.now()
    entries = Organisation.objects.filter(pk__in=ids).prefetch_related(
        "locations", "offerings__terms", "offerings__areas"
    )
    rows = [
        DirectoryText(organisation=entry, search=_words(entry), tags=_tags(entry), written_at=now)
        for entry in entries
    ]
    DirectoryText.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["organisation"],
        update_fields=["search", "tags", "written_at"],
    )
    return len(rows)


def _words(entry: Organisation) -> str:
    offerings = list(entry.offerings.all())
    terms = [term for offering in offerings for term in offering.terms.all()]
    places = [(place.county, place.district) for place in entry.locations.all()]
    areas = [area for offering in offerings for area in offering.areas.all()]
    places += [(area.county, area.district) for area in areas if not area.is_excepted]
    return to_tsvector_text(
        f"{entry.name_zh}，{entry.name_en}",
        _joined([*_names(offerings), *_names(terms)]),
        _joined(word for county, district in places for word in _place(county, district)),
        f"{entry.description_zh}，{entry.description_en}",
        _joined(text for one in offerings for text in (one.description_zh, one.description_en)),
        weights="ABCDD",
    )


def _tags(entry: Organisation) -> list[str]:
    """The topics of what it offers, and the counties where it has a place or serves."""
    offered = [one for one in entry.offerings.all() if one.state != OfferingState.DEFUNCT]
    topics = {tag(TOPIC, term.code) for one in offered for term in one.terms.all()}
    places = {place.county for place in entry.locations.all() if place.closed_at is None}
    for one in offered:
        places |= _served(one)
    return sorted(topics | {tag(COUNTY, code) for code in places if code})


def _served(offering: Offering) -> set[str]:
    areas = offering.areas.all()
    left_out = {a.county for a in areas if a.is_excepted and a.extent == AreaExtent.COUNTY}
    named = {area.county for area in areas if not area.is_excepted}
    if any(area.extent == AreaExtent.NATION for area in areas):
        named |= set(counties()) if left_out else {EVERYWHERE}
    return named - left_out


def _names(things: Iterable[Offering | TaxonomyTerm]) -> list[str]:
    return [text for one in things for text in (one.name_zh, one.name_en)]


def _place(county: str, district: str) -> Iterable[str]:
    known = counties().get(county)
    return (*((known.zh, known.en) if known else ()), district)


def _joined(words: Iterable[str]) -> str:
    """Each word once, with a border between them that no phrase spans."""
    return "，".join(dict.fromkeys(word for word in words if word))
