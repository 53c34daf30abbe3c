"""Mandates to file for enterprises, and the requests under them."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from assistance import models
from assistance.states import MandateState
from tests.factories.assistance import today

SAID = {
    "description": "需要購料周轉金，訂單已到手。",
    "subject": "",
    "hoped_for": "",
    "systems": [],
    "county": "",
    "district": "",
    "industry": "",
}


class MandateFactory(DjangoModelFactory):
    """One an enterprise without an account is asked for. Traits: prepared, confirmed, withdrawn."""

    class Meta:
        model = models.Mandate
        skip_postgeneration_save = True

    class Params:
        prepared = factory.Trait(state=MandateState.PREPARED, asked_at=None)
        confirmed = factory.Trait(
            state=MandateState.CONFIRMED, confirmed_at=factory.LazyFunction(timezone.now)
        )
        withdrawn = factory.Trait(
            state=MandateState.WITHDRAWN,
            confirmed_at=factory.LazyFunction(timezone.now),
            ended_at=factory.LazyFunction(timezone.now),
        )
        of_enterprise = factory.Trait(
            enterprise=factory.SubFactory("tests.factories.accounts.EnterpriseFactory"),
            enterprise_name=factory.SelfAttribute("enterprise.name_zh"),
            business_number=factory.SelfAttribute("enterprise.business_number"),
        )

    filer = factory.SubFactory("tests.factories.accounts.UserFactory", name="王會計")
    capacity = "accountant"
    firm = "示範會計師事務所"
    enterprise_name = "示範木業有限公司"
    business_number = "04595257"
    principal_name = "林雅雯"
    principal_email = factory.Sequence(lambda n: f"principal{n}@tests.example")
    given_on = factory.LazyFunction(today)
    given_how = "paper"
    may_read = True
    valid_to = factory.LazyFunction(lambda: today() + dt.timedelta(days=365))
    state = MandateState.ASKED
    prepared_at = factory.LazyFunction(timezone.now)
    asked_at = factory.LazyFunction(timezone.now)


class MandatedRequestFactory(DjangoModelFactory):
    """One that waits for the enterprise. Trait: filed."""

    class Meta:
        model = models.MandatedRequest

    class Params:
        filed = factory.Trait(
            mandate__confirmed=True,
            state="filed",
            said={},
            settled_at=factory.LazyFunction(timezone.now),
            case=factory.SubFactory(
                "tests.factories.assistance.CaseFactory",
                source="mandate",
                opened_by=factory.SelfAttribute("..mandate.filer"),
            ),
        )

    mandate = factory.SubFactory(MandateFactory)
    said = factory.LazyFunction(lambda: dict(SAID))
    prepared_at = factory.LazyFunction(timezone.now)
