"""Referrals to the service network, and those who can take them."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from assistance import models
from assistance.states import ReferralState
from network.models import Organisation
from tests.factories.assistance import CaseFactory, today
from tests.factories.network import (
    OfferingFactory,
    OrganisationFactory,
    OrganisationMembershipFactory,
    ServiceAreaFactory,
)
from tests.factories.volunteers import MonthlyCapacityFactory

SHOWN = ["contact_name", "contact_phone"]


def can_help(
    topic: str = "financing", *, county: str = "taichung", places: int | None = None, **fields
) -> Organisation:
    """An organisation that helps with a topic in a county; it has a partner unless it has e-mail."""
    organisation = OrganisationFactory(**fields)
    offering = OfferingFactory(organisation=organisation, terms=[topic])
    ServiceAreaFactory(offering=offering, county=county)
    if places is not None:
        MonthlyCapacityFactory(organisation=organisation, places=places)
    if not organisation.email:
        OrganisationMembershipFactory(organisation=organisation)
    return organisation


class ReferralFactory(DjangoModelFactory):
    """Sent to an organisation and not answered yet.

    Traits: asking, accepted, in_progress, declined, lapsed, completed.
    """

    class Meta:
        model = models.Referral

    class Params:
        asking = factory.Trait(
            state=ReferralState.ASKING,
            sent_at=None,
            consented_on=None,
            consent_channel="",
            fields_given=[],
        )
        taken = factory.Trait(answer_by=None, accepted_at=factory.LazyFunction(timezone.now))
        accepted = factory.Trait(taken=True, state=ReferralState.ACCEPTED)
        in_progress = factory.Trait(taken=True, state=ReferralState.PROGRESS)
        over = factory.Trait(answer_by=None, settled_at=factory.LazyFunction(timezone.now))
        declined = factory.Trait(over=True, state=ReferralState.DECLINED, decline_reason="no_time")
        lapsed = factory.Trait(over=True, state=ReferralState.LAPSED)
        completed = factory.Trait(
            taken=True,
            over=True,
            state=ReferralState.COMPLETED,
            outcome="solved",
            outcome_text="已協助備妥文件。",
        )

    case = factory.SubFactory(CaseFactory, in_progress=True)
    system = factory.SubFactory("tests.factories.catalogue.SystemFactory")
    organisation = factory.SubFactory(OrganisationFactory)
    state = ReferralState.SENT
    asked = "請看訂單與401報表，建議信保或協商。"
    fields_asked = SHOWN
    fields_given = SHOWN
    consent_channel = "portal"
    consented_on = factory.LazyFunction(today)
    referred_by = factory.SubFactory("tests.factories.accounts.UserFactory")
    created_at = factory.LazyFunction(timezone.now)
    sent_at = factory.LazyFunction(timezone.now)
    answer_by = factory.LazyFunction(today)
