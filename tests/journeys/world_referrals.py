"""A referral of enterprise A's case that waits for its answer; before, nobody was found."""

from django.utils import timezone

from accounts.models import User
from assistance.models import Case, Referral, UnmetSearch
from tests.factories.network import OrganisationFactory, OrganisationMembershipFactory
from tests.factories.referrals import ReferralFactory
from tests.factories.volunteers import VolunteerFactory


def refer(case: Case, people: dict[str, User], system: object) -> Referral:
    """The officer's words carry a canary of their own; the SME's are not shown before acceptance."""
    partner = people["partner"]
    membership = partner.organisation_memberships.first() or OrganisationMembershipFactory(
        user=partner, organisation=OrganisationFactory()
    )
    if not hasattr(people["volunteer"], "volunteer"):
        VolunteerFactory(user=people["volunteer"], serving=True)
    UnmetSearch.objects.create(case=case, system=system, searched_on=timezone.localdate())
    return ReferralFactory(
        case=case,
        system=system,
        organisation=membership.organisation,
        asked="qzasked 請看報價與外銷流程",
        fields_asked=["enterprise_name", "contact_name", "contact_phone", "description"],
        fields_given=["enterprise_name", "contact_name", "contact_phone", "description"],
        referred_by=people["lead"],
    )
