import uuid
from datetime import date, timedelta

import pytest
from allauth.account.models import EmailAddress
from django.utils import timezone

from accounts.errors import (
    AgencyNotInForceError,
    AuditorHoldsNoOtherRoleError,
    LastAdministratorError,
    PersonNotActiveError,
    RoleAlreadyEndedError,
    RoleAlreadyHeldError,
)
from accounts.events import AccountEvent, StaffEvent
from accounts.models import StaffMembership, User
from accounts.roles import Role
from accounts.services import people, staff
from foundation.errors import DomainError
from ledger.models import Entry
from tests.accounts.racing import race
from tests.factories.accounts import AgencyFactory, StaffMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
TODAY = date(2026, 8, 7)


@pytest.fixture
def administrator():
    return UserFactory(staff_role=Role.ADMINISTRATOR)


def give(administrator, person, agency, role=Role.OFFICER, **changes):
    arguments = {
        "key": uuid.uuid4(),
        "user_id": person.pk,
        "agency_id": agency.pk,
        "role": role,
        "valid_from": TODAY,
        "actor_id": administrator.pk,
        **changes,
    }
    return staff.give_role(**arguments)


def test_a_role_is_given_and_recorded(administrator):
    person, agency = UserFactory(), AgencyFactory()

    held = give(administrator, person, agency)

    assert (held.user, held.agency, held.role) == (person, agency, "officer")
    entry = Entry.objects.get(event=StaffEvent.ROLE_GIVEN)
    assert entry.facts == {"user_id": person.pk, "agency_id": agency.pk, "role": "officer"}
    assert entry.actor_id == administrator.pk


def test_the_same_key_gives_once(administrator):
    person, agency, key = UserFactory(), AgencyFactory(), uuid.uuid4()

    assert give(administrator, person, agency, key=key) == give(
        administrator, person, agency, key=key
    )


def test_a_role_already_held_is_not_given_again(administrator):
    held = StaffMembershipFactory()

    with pytest.raises(RoleAlreadyHeldError):
        give(administrator, held.user, held.agency, held.role)


def test_an_ended_role_may_be_given_again(administrator):
    held = StaffMembershipFactory(revoked=True)

    assert give(administrator, held.user, held.agency, held.role).ended_at is None


def test_an_abolished_agency_gives_no_roles(administrator):
    with pytest.raises(AgencyNotInForceError):
        give(administrator, UserFactory(), AgencyFactory(abolished=True))


def test_a_closed_account_gets_no_role(administrator):
    with pytest.raises(PersonNotActiveError):
        give(administrator, UserFactory(is_active=False), AgencyFactory())


def test_an_auditor_holds_no_other_role(administrator):
    auditor = UserFactory(staff_role=Role.AUDITOR)
    officer = UserFactory(staff_role=Role.OFFICER)

    with pytest.raises(AuditorHoldsNoOtherRoleError):
        give(administrator, auditor, AgencyFactory(), Role.OFFICER)
    with pytest.raises(AuditorHoldsNoOtherRoleError):
        give(administrator, officer, AgencyFactory(), Role.AUDITOR)


def test_an_auditor_may_audit_after_the_other_role_is_over(administrator):
    person = UserFactory(staff_role=Role.OFFICER, staff_role__valid_to=TODAY - timedelta(days=1))

    assert give(administrator, person, AgencyFactory(), Role.AUDITOR)


def test_an_ended_role_says_who_ended_it(administrator):
    held = StaffMembershipFactory()

    staff.end_role(staff_membership_id=held.pk, actor_id=administrator.pk)

    held.refresh_from_db()
    assert held.ended_by == administrator
    assert Entry.objects.filter(event=StaffEvent.ROLE_ENDED).count() == 1
    with pytest.raises(RoleAlreadyEndedError):
        staff.end_role(staff_membership_id=held.pk, actor_id=administrator.pk)


def test_the_last_administrator_stays(administrator):
    held = StaffMembership.objects.get(role=Role.ADMINISTRATOR)

    with pytest.raises(LastAdministratorError):
        staff.end_role(staff_membership_id=held.pk, actor_id=administrator.pk)


@pytest.mark.django_db(transaction=True)
def test_of_two_administrators_who_end_each_other_one_stays():
    held = [StaffMembershipFactory(role=Role.ADMINISTRATOR) for _ in range(2)]

    results = race(
        lambda: staff.end_role(staff_membership_id=held[0].pk, actor_id=held[1].user_id),
        lambda: staff.end_role(staff_membership_id=held[1].pk, actor_id=held[0].user_id),
    )

    assert sum(isinstance(result, DomainError) for result in results) == 1
    assert StaffMembership.objects.in_force().count() == 1


def test_a_colleague_without_an_account_gets_one(administrator):
    post = staff.Post(AgencyFactory().pk, Role.LEAD, TODAY)

    held = staff.appoint(
        key=uuid.uuid4(),
        email="New@Agency.example",
        name="林示範",
        post=post,
        actor_id=administrator.pk,
    )

    assert held.user.email == "new@agency.example"
    assert not held.user.has_usable_password()
    assert EmailAddress.objects.get(user=held.user).verified
    assert Entry.objects.filter(event=AccountEvent.ADMITTED).count() == 1


def test_no_account_is_made_for_a_role_that_cannot_be_given(administrator):
    post = staff.Post(AgencyFactory(abolished=True).pk, Role.LEAD, TODAY)

    with pytest.raises(AgencyNotInForceError):
        staff.appoint(
            key=uuid.uuid4(),
            email="new@agency.example",
            name="林示範",
            post=post,
            actor_id=administrator.pk,
        )

    assert not User.objects.with_email("new@agency.example").exists()


def test_admitting_twice_keeps_the_person():
    first = people.admit(email="a@example.com", name="甲", password="first-password")
    again = people.admit(email="A@example.com", name="乙", password="other-password")

    assert first == again
    assert (again.name, again.check_password("first-password")) == ("甲", True)


def test_admitting_does_not_confirm_an_address_that_a_stranger_may_have_entered():
    squatter = UserFactory(email="a@example.com")
    squatter.emailaddress_set.create(email="a@example.com", verified=False, primary=True)

    people.admit(email="a@example.com", name="甲")

    assert not EmailAddress.objects.get(user=squatter).verified


def test_a_second_confirmed_address_leads_to_the_same_person():
    person = UserFactory(verified=True)
    person.emailaddress_set.create(email="second@example.com", verified=True)

    assert people.admit(email="Second@example.com", name="甲") == person


def test_a_closed_account_is_not_admitted():
    UserFactory(email="a@example.com", is_active=False)

    with pytest.raises(PersonNotActiveError):
        people.admit(email="a@example.com", name="甲")


def test_roles_are_in_force_between_their_days():
    held = StaffMembershipFactory(valid_from=timezone.localdate(), valid_to=timezone.localdate())

    assert StaffMembership.objects.in_force().get() == held
    assert not StaffMembership.objects.in_force(timezone.localdate() + timedelta(days=1)).exists()
