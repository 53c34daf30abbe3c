"""Systems, editions and terms of agencies: the least that is valid."""

import datetime as dt

import factory
from factory.django import DjangoModelFactory

from accounts.models import Agency
from assistance.models import GuidanceSystem, SystemAgency, SystemEdition

REORGANISED_ON = dt.date(2023, 9, 26)


class SystemFactory(DjangoModelFactory):
    """One of the eleven; asked for again in a test, the same number is the same system."""

    class Meta:
        model = GuidanceSystem
        django_get_or_create = ("number",)

    number = factory.Sequence(lambda n: n % 11 + 1)
    code = factory.LazyAttribute(lambda system: f"system-{system.number}")
    group = "money"
    position = factory.LazyAttribute(lambda system: system.number)


class AgencyOfSystemsFactory(DjangoModelFactory):
    class Meta:
        model = Agency
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"agency-{n}")
    name_zh = factory.Sequence(lambda n: f"經濟部示範署{n}")
    name_en = factory.Sequence(lambda n: f"Example Administration {n}, MOEA")
    abbr = factory.Sequence(lambda n: f"EX{n}")
    kind = "ministry_agency"
    valid_from = REORGANISED_ON


class EditionFactory(DjangoModelFactory):
    class Meta:
        model = SystemEdition

    system = factory.SubFactory(SystemFactory)
    valid_from = REORGANISED_ON
    heading_zh = "我需要借錢、周轉"
    heading_en = "I need a loan or cash flow"
    name_zh = "財務融通輔導體系"
    name_en = "Finance and financing guidance system"
    short_zh = "財務融通"
    short_en = "Finance and credit"
    mission_zh = "協助取得營運所需資金。"
    mission_en = "Help SMEs obtain the funds they need."
    gives_zh = "融資診斷、信用保證"
    gives_en = "Financing diagnosis, credit guarantees"
    eligibility_zh = "依法登記的中小企業"
    eligibility_en = "Registered SMEs"
    services = factory.LazyFunction(
        lambda: [
            {"code": "credit-guarantee", "zh": "信用保證諮詢", "en": "Credit-guarantee advice"}
        ]
    )
    problems = factory.LazyFunction(
        lambda: [{"zh": "擔保品不足", "en": "Collateral is insufficient"}]
    )
    documents = factory.LazyFunction(
        lambda: [
            {
                "code": "registration",
                "zh": "登記證明",
                "en": "Registration proof",
                "required": True,
            }
        ]
    )


class SystemAgencyFactory(DjangoModelFactory):
    class Meta:
        model = SystemAgency

    system = factory.SubFactory(SystemFactory)
    agency = factory.SubFactory(AgencyOfSystemsFactory)
    position = 1
    valid_from = REORGANISED_ON
