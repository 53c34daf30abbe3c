"""The directory: who can help, where, with what, for whom."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from network import models


class TermFactory(DjangoModelFactory):
    class Meta:
        model = models.TaxonomyTerm
        django_get_or_create = ("code",)

    code = factory.Sequence(lambda n: f"topic-{n}")
    number = factory.Sequence(lambda n: 100 + n)
    name_zh = factory.Sequence(lambda n: f"主題{n}")
    name_en = factory.Sequence(lambda n: f"Topic {n}")


class OrganisationFactory(DjangoModelFactory):
    """An open entry that was confirmed just now. `stale` and `closed` name what else it may be."""

    class Meta:
        model = models.Organisation

    class Params:
        stale = factory.Trait(
            confirmed_at=factory.LazyFunction(
                lambda: timezone.now() - models.CONFIRMED_FOR - dt.timedelta(days=1)
            )
        )
        closed = factory.Trait(closed_at=factory.LazyFunction(timezone.now))

    kind = models.OrganisationKind.COUNTY_CENTRE
    name_zh = factory.Sequence(lambda n: f"示範服務中心{n}")
    name_en = factory.Sequence(lambda n: f"Demo service centre {n}")
    description_zh = "提供中小企業諮詢。"
    description_en = "Advice for SMEs."


class LocationFactory(DjangoModelFactory):
    class Meta:
        model = models.Location

    organisation = factory.SubFactory(OrganisationFactory)
    name_zh = factory.Sequence(lambda n: f"服務臺{n}")
    name_en = factory.Sequence(lambda n: f"Desk {n}")
    county = "taichung"
    district = "大里區"
    postcode = "412"
    address_zh = "示範路 1 號"
    latitude = 24.0994
    longitude = 120.6911


class OfferingFactory(DjangoModelFactory):
    """`terms=[…]` names its topics by code."""

    class Meta:
        model = models.Offering
        skip_postgeneration_save = True

    organisation = factory.SubFactory(OrganisationFactory)
    name_zh = factory.Sequence(lambda n: f"諮詢服務{n}")
    name_en = factory.Sequence(lambda n: f"Advice {n}")

    @factory.post_generation
    def terms(self, create, extracted, **kwargs):  # type: ignore[no-untyped-def]
        if create and extracted:
            self.terms.set([TermFactory(code=code) for code in extracted])


class OfferingAtLocationFactory(DjangoModelFactory):
    class Meta:
        model = models.OfferingAtLocation

    offering = factory.SubFactory(OfferingFactory)
    location = factory.SubFactory(
        LocationFactory, organisation=factory.SelfAttribute("..offering.organisation")
    )


class ScheduleFactory(DjangoModelFactory):
    class Meta:
        model = models.Schedule

    at = factory.SubFactory(OfferingAtLocationFactory)
    weekday = 1
    opens_at = dt.time(9, 0)
    closes_at = dt.time(17, 0)


class HoursExceptionFactory(DjangoModelFactory):
    """Closed on one day, tomorrow."""

    class Meta:
        model = models.HoursException

    location = factory.SubFactory(LocationFactory)
    first_on = factory.LazyFunction(lambda: timezone.localdate() + dt.timedelta(days=1))
    last_on = factory.SelfAttribute("first_on")


class ServiceAreaFactory(DjangoModelFactory):
    class Meta:
        model = models.ServiceArea

    offering = factory.SubFactory(OfferingFactory)
    extent = models.AreaExtent.COUNTY
    county = "taichung"


class OrganisationMembershipFactory(DjangoModelFactory):
    class Meta:
        model = models.OrganisationMembership

    user = factory.SubFactory("tests.factories.accounts.UserFactory")
    organisation = factory.SubFactory(OrganisationFactory)
