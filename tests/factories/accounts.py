"""People, agencies, enterprises: each factory makes the least valid thing; traits name situations."""

from datetime import date, timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.business_number import is_valid
from accounts.models import (
    Absence,
    Agency,
    Branch,
    Enterprise,
    EnterpriseInvitation,
    EnterpriseMembership,
    SizeThreshold,
    StaffMembership,
    User,
)
from accounts.models.enterprise_invitation import LASTS, digest_of
from accounts.roles import Role
from accounts.states import MembershipState

# Numbers that pass the check and belong to nobody we know of.
_NUMBERS = [str(n) for n in range(99_991_000, 99_999_000) if is_valid(str(n))]
PASSWORD = "correct-horse-115"


class UserFactory(DjangoModelFactory):
    """A person. `staff_role="duty"` gives a role in a new agency; `verified` confirms the address."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    class Params:
        english = factory.Trait(language="en")

    email = factory.Sequence(lambda n: f"person{n}@example.com")
    name = factory.Sequence(lambda n: f"示範人員{n}")
    password = factory.django.Password(PASSWORD)

    @factory.post_generation
    def verified(self, create, extracted, **kwargs):
        if create and extracted:
            self.emailaddress_set.create(email=self.email, verified=True, primary=True)

    @factory.post_generation
    def staff_role(self, create, extracted, **kwargs):
        if create and extracted:
            StaffMembershipFactory(user=self, role=extracted, **kwargs)


class AgencyFactory(DjangoModelFactory):
    class Meta:
        model = Agency

    class Params:
        coordinator = factory.Trait(code="smesa", is_coordinator=True, abbr="SMESA")
        abolished = factory.Trait(valid_to=date(2023, 9, 25))

    code = factory.Sequence(lambda n: f"agency-{n}")
    name_zh = factory.Sequence(lambda n: f"示範機關{n}")
    name_en = factory.Sequence(lambda n: f"Example Agency {n}")
    kind = "ministry_agency"
    valid_from = date(2000, 1, 1)


class StaffMembershipFactory(DjangoModelFactory):
    class Meta:
        model = StaffMembership

    class Params:
        revoked = factory.Trait(
            ended_at=factory.LazyFunction(timezone.now),
            ended_by=factory.SubFactory("tests.factories.accounts.UserFactory"),
        )

    user = factory.SubFactory(UserFactory)
    agency = factory.SubFactory(AgencyFactory)
    role = Role.OFFICER
    valid_from = date(2020, 1, 1)


class EnterpriseFactory(DjangoModelFactory):
    """An enterprise without people; `owner=user` and `members=[…]` add them."""

    class Meta:
        model = Enterprise
        skip_postgeneration_save = True

    business_number = factory.Iterator(_NUMBERS, cycle=True)
    name_zh = factory.Sequence(lambda n: f"示範企業{n}有限公司")
    registration_kind = "company"
    industry = "C"
    county = "taichung"
    paid_in_capital = 5_000_000
    regular_staff = 18

    @factory.post_generation
    def owner(self, create, extracted, **kwargs):
        if create and extracted:
            EnterpriseMembershipFactory(enterprise=self, user=extracted, owner=True)

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        for person in (extracted or ()) if create else ():
            EnterpriseMembershipFactory(enterprise=self, user=person)


class EnterpriseMembershipFactory(DjangoModelFactory):
    """An active member; `owner`, `pending`, `refused` and `ended` say otherwise."""

    class Meta:
        model = EnterpriseMembership

    class Params:
        owner = factory.Trait(role=Role.OWNER)
        pending = factory.Trait(state=MembershipState.PENDING, decided_at=None, decided_by=None)
        refused = factory.Trait(state=MembershipState.REFUSED)
        ended = factory.Trait(
            state=MembershipState.ENDED, ended_at=factory.LazyFunction(timezone.now)
        )

    user = factory.SubFactory(UserFactory)
    enterprise = factory.SubFactory(EnterpriseFactory)
    role = Role.MEMBER
    state = MembershipState.ACTIVE
    decided_at = factory.LazyFunction(timezone.now)
    decided_by = factory.SelfAttribute("user")


class EnterpriseInvitationFactory(DjangoModelFactory):
    class Meta:
        model = EnterpriseInvitation

    class Params:
        expired = factory.Trait(
            expires_at=factory.LazyFunction(lambda: timezone.now() - timedelta(seconds=1))
        )

    enterprise = factory.SubFactory(EnterpriseFactory)
    email = factory.Sequence(lambda n: f"invited{n}@example.com")
    invited_by = factory.SubFactory(UserFactory)
    nonce = factory.Faker("uuid4", cast_to=None)
    token_digest = factory.LazyAttribute(
        lambda o: digest_of(EnterpriseInvitation(nonce=o.nonce).token)
    )
    expires_at = factory.LazyFunction(lambda: timezone.now() + LASTS)


class BranchFactory(DjangoModelFactory):
    class Meta:
        model = Branch

    enterprise = factory.SubFactory(EnterpriseFactory)
    name = factory.Sequence(lambda n: f"示範二廠{n}")
    kind = "factory"
    county = "taichung"


class AbsenceFactory(DjangoModelFactory):
    class Meta:
        model = Absence

    user = factory.SubFactory(UserFactory)
    deputy = factory.SubFactory(UserFactory)
    starts_on = factory.LazyFunction(timezone.localdate)
    ends_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=3))


class SizeThresholdFactory(DjangoModelFactory):
    """The limits in force since 24 June 2020."""

    class Meta:
        model = SizeThreshold

    valid_from = date(2020, 6, 24)
    capital_max = 100_000_000
    staff_max = 200
    small_scale_staff = 5
    law_zh = "中小企業認定標準"
    law_en = "Standards for Identifying Small and Medium-sized Enterprises"
    article = "2"
