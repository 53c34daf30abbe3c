"""Routing rules: the least that is valid."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from assistance.models import RoutingRule, RuleVersion


class RoutingRuleFactory(DjangoModelFactory):
    class Meta:
        model = RoutingRule

    created_at = factory.LazyFunction(timezone.now)


class RuleVersionFactory(DjangoModelFactory):
    """A draft that sends cases from Tainan to its agency; trait: in_force."""

    class Meta:
        model = RuleVersion

    class Params:
        in_force = factory.Trait(
            state="in_force",
            turned_on_at=factory.LazyFunction(timezone.now),
            turned_on_by=factory.SubFactory("tests.factories.accounts.UserFactory"),
        )

    rule = factory.SubFactory(RoutingRuleFactory)
    number = 1
    name_zh = "臺南的案件"
    name_en = "Cases from Tainan"
    counties = ["tainan"]
    agency = factory.SubFactory("tests.factories.accounts.AgencyFactory")
    drafted_at = factory.LazyFunction(timezone.now)
    drafted_by = factory.SubFactory("tests.factories.accounts.UserFactory")
