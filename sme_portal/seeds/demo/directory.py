"""An invented service network: several kinds of organisation in each of the 22 counties.

Names say 示範 (demo), telephone numbers are of zeros, addresses lie on a Demo Road.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from accounts.reference import County, counties
from accounts.reference.districts import District, districts_of
from network.models import (
    AreaExtent,
    Location,
    Offering,
    OfferingAtLocation,
    Organisation,
    Schedule,
    ServiceArea,
    TaxonomyTerm,
)
from network.places import centre_of
from network.services import indexing
from sme_portal.seeds.network import MONDAY_TO_FRIDAY, lasting

OPENS, NOON, AFTERNOON, CLOSES = dt.time(8, 30), dt.time(12, 0), dt.time(13, 30), dt.time(17, 30)
# One entry in so many has not been confirmed for long, to show how those sink.
STALE_EVERY = 9


@dataclass(frozen=True)
class Sort:
    """One kind of organisation: what it is called, what it offers, on which topics."""

    code: str
    zh: str
    en: str
    offering_zh: str
    offering_en: str
    terms: tuple[str, ...]
    languages: tuple[str, ...]
    # 1: in every county; 2: in every second one.
    every: int = 1
    is_free: bool = True


SORTS = (
    Sort(
        "county-centre", "中小企業服務中心", "SME Service Centre", "一般諮詢與轉介",
        "General advice and referral",
        ("financing", "management", "startup", "marketing", "cooperation"), ("zh", "nan"),
    ),
    Sort(
        "bank-centre", "銀行中小企業輔導中心", "Bank SME Centre", "貸款與信用保證諮詢",
        "Advice on loans and guarantees",
        ("financing",), ("zh", "nan", "en"),
    ),
    Sort(
        "chamber", "工業會", "Industrial Association", "經營與工安諮詢",
        "Advice on management and safety at work",
        ("management", "safety", "production", "quality"), ("zh", "nan"), every=2,
    ),
    Sort(
        "incubator", "創新育成中心", "Incubation Centre", "創業進駐與輔導",
        "Incubation and guidance for start-ups",
        ("startup", "research", "information"), ("zh", "en"), every=2, is_free=False,
    ),
    Sort(
        "trade-association", "商品外銷同業公會", "Exporters' Association", "外銷與環保規範諮詢",
        "Advice on exporting and environmental rules", ("marketing", "pollution"), ("zh", "en"), every=3,
    ),
)  # fmt: skip


def seed_directory(present: dt.datetime | None = None) -> int:
    """Make the invented entries once, as they stand at present; returns how many there are."""
    if not Organisation.objects.filter(is_fictional=True).exists():
        with transaction.atomic():
            _make(present or timezone.now())
        indexing.index_due()
    return Organisation.objects.filter(is_fictional=True).count()


def _make(present: dt.datetime) -> None:
    terms = {term.code: term for term in TaxonomyTerm.objects.all()}
    for number, (county, place, sort) in enumerate(_entries()):
        organisation = _organisation(number, county, sort, present)
        location = _location(number, organisation, county, place)
        offering = _offering(organisation, county, sort)
        offering.terms.set([terms[code] for code in sort.terms if code in terms])
        ServiceArea.objects.create(offering=offering, extent=AreaExtent.COUNTY, county=county.code)
        at = OfferingAtLocation.objects.create(
            uuid=lasting("at", f"{county.code}/{sort.code}"), offering=offering, location=location
        )
        Schedule.objects.bulk_create(
            Schedule(at=at, weekday=day, opens_at=opens, closes_at=closes)
            for day in MONDAY_TO_FRIDAY
            for opens, closes in ((OPENS, NOON), (AFTERNOON, CLOSES))
        )


def _entries() -> Iterator[tuple[County, District, Sort]]:
    for nth, county in enumerate(counties().values()):
        districts = districts_of(county.code)
        for step, sort in enumerate(SORTS):
            if nth % sort.every == 0 and districts:
                yield county, districts[step * 3 % len(districts)], sort


def _organisation(number: int, county: County, sort: Sort, present: dt.datetime) -> Organisation:
    days = 210 if number % STALE_EVERY == STALE_EVERY - 1 else number * 7 % 150
    return Organisation.objects.create(
        uuid=lasting("organisation", f"{county.code}/{sort.code}"),
        kind=sort.code,
        name_zh=f"{county.zh}{sort.zh}（示範）",
        name_en=f"{county.en} {sort.en} (demo)",
        description_zh=f"示範資料：為{county.zh}的中小企業提供{sort.offering_zh}。",
        description_en=f"Demo entry: {sort.offering_en.lower()} for SMEs in {county.en}.",
        phone="0800-000-000",
        email=f"{sort.code}.{county.code}@demo.example",
        is_fictional=True,
        confirmed_at=present - dt.timedelta(days=days),
    )


def _location(
    number: int, organisation: Organisation, county: County, place: District
) -> Location:
    centre = centre_of(county.code, place.zh)
    return Location.objects.create(
        uuid=lasting("location", str(organisation.uuid)),
        organisation=organisation,
        name_zh="服務臺",
        name_en="Service desk",
        county=county.code,
        district=place.zh,
        postcode=place.postcode,
        address_zh=f"示範路 {number * 3 + 1} 號",
        address_en=f"No. {number * 3 + 1}, Demo Road",
        latitude=centre.latitude,
        longitude=centre.longitude,
        accessibility_zh="入口有坡道，一樓有無障礙廁所。" if number % 3 else "",
        accessibility_en=(
            "Ramp at the entrance, accessible toilet on the ground floor." if number % 3 else ""
        ),
    )


def _offering(organisation: Organisation, county: County, sort: Sort) -> Offering:
    return Offering.objects.create(
        uuid=lasting("offering", f"{county.code}/{sort.code}"),
        organisation=organisation,
        name_zh=sort.offering_zh,
        name_en=sort.offering_en,
        description_zh=f"{sort.offering_zh}，由專人面對面說明。",
        description_en=f"{sort.offering_en}, face to face.",
        application_zh="來電預約，或於服務時間直接前往。",
        application_en="Call for an appointment, or come in during opening hours.",
        fees_zh="免費" if sort.is_free else "諮詢免費；進駐另收費用",
        fees_en="Free of charge" if sort.is_free else "Advice is free; a place costs a fee",
        languages=list(sort.languages),
    )
