from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.states import MEMBERSHIP_COURSE, MembershipState
from tests.factories.accounts import (
    AbsenceFactory,
    AgencyFactory,
    BranchFactory,
    EnterpriseFactory,
    EnterpriseInvitationFactory,
    EnterpriseMembershipFactory,
    SizeThresholdFactory,
    StaffMembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def refused(name):
    return pytest.raises(IntegrityError, match=name)


def test_an_address_is_one_person_whatever_the_case():
    UserFactory(email="ann@example.com")

    with refused("user_email_unique_whatever_the_case"), transaction.atomic():
        UserFactory(email="Ann@Example.com")


def test_a_language_is_one_of_two():
    with refused("user_language_is_known"), transaction.atomic():
        UserFactory(language="fr")


BROKEN_ENTERPRISES = [
    ({"business_number": "1234567"}, "enterprise_business_number_is_eight_digits"),
    ({"business_number": "1234567x"}, "enterprise_business_number_is_eight_digits"),
    ({"industry": "Z"}, "enterprise_industry_is_a_section"),
    ({"paid_in_capital": -1}, "enterprise_capital_is_not_negative"),
    ({"regular_staff": -1}, "enterprise_staff_is_not_negative"),
    ({"registration_kind": "guild"}, "enterprise_registration_kind_is_known"),
    ({"registry_source": "gcis"}, "enterprise_registry_checked_at_iff_source"),
]


@pytest.mark.parametrize(("broken", "name"), BROKEN_ENTERPRISES)
def test_an_enterprise_holds_only_what_can_be_true(broken, name):
    with refused(name), transaction.atomic():
        EnterpriseFactory(**broken)


def test_a_business_number_is_registered_once():
    first = EnterpriseFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        EnterpriseFactory(business_number=first.business_number)


def test_a_person_has_one_open_membership_in_an_enterprise():
    first = EnterpriseMembershipFactory(pending=True)

    with refused("membership_open_once"), transaction.atomic():
        EnterpriseMembershipFactory(user=first.user, enterprise=first.enterprise)


def test_whoever_left_may_come_back():
    left = EnterpriseMembershipFactory(ended=True)

    EnterpriseMembershipFactory(user=left.user, enterprise=left.enterprise)


BROKEN_MEMBERSHIPS = [
    ({"role": "duty"}, "membership_role_is_of_an_enterprise"),
    ({"state": "pending"}, "membership_decided_at_iff_decided"),
    ({"decided_at": None, "decided_by": None}, "membership_decided_at_iff_decided"),
    ({"ended_at": timezone.now()}, "membership_ended_at_iff_ended"),
    ({"state": "ended"}, "membership_ended_at_iff_ended"),
]


@pytest.mark.parametrize(("broken", "name"), BROKEN_MEMBERSHIPS)
def test_a_membership_says_who_decided_and_when_it_ended(broken, name):
    with refused(name), transaction.atomic():
        EnterpriseMembershipFactory(**broken)


def test_a_membership_knows_no_other_state():
    with refused("membership_state_is_known"), transaction.atomic():
        EnterpriseMembershipFactory(state="asleep")


def test_the_course_knows_every_state():
    assert MEMBERSHIP_COURSE.states == set(MembershipState.values)


BROKEN_INVITATIONS = [
    ({"role": "auditor"}, "invitation_role_is_of_an_enterprise"),
    ({"accepted_at": timezone.now()}, "invitation_accepted_at_iff_accepted_by"),
]


@pytest.mark.parametrize(("broken", "name"), BROKEN_INVITATIONS)
def test_an_invitation_says_who_used_it(broken, name):
    with refused(name), transaction.atomic():
        EnterpriseInvitationFactory(**broken)


def test_an_invitation_is_not_both_used_and_taken_back():
    now = timezone.now()

    with refused("invitation_is_not_both"), transaction.atomic():
        EnterpriseInvitationFactory(accepted_at=now, accepted_by=UserFactory(), revoked_at=now)


def test_a_branch_name_is_used_once_while_open():
    closed = BranchFactory(name="二廠", closed_at=timezone.now())
    first = BranchFactory(enterprise=closed.enterprise, name="二廠")

    with refused("branch_name_once_per_enterprise"), transaction.atomic():
        BranchFactory(enterprise=first.enterprise, name="二廠")


def test_a_branch_is_a_branch_or_a_factory():
    with refused("branch_kind_is_known"), transaction.atomic():
        BranchFactory(kind="tower")


BROKEN_STAFF = [
    ({"role": "owner"}, "staff_role_is_of_staff"),
    ({"ended_at": timezone.now()}, "staff_role_ended_at_iff_ended_by"),
    (
        {"valid_from": date(2026, 2, 1), "valid_to": date(2026, 1, 31)},
        "staffmembership_ends_after_it_starts",
    ),
]


@pytest.mark.parametrize(("broken", "name"), BROKEN_STAFF)
def test_a_staff_role_holds_only_what_can_be_true(broken, name):
    with refused(name), transaction.atomic():
        StaffMembershipFactory(**broken)


def test_an_open_staff_role_is_held_once():
    first = StaffMembershipFactory()

    with refused("staff_role_open_once"), transaction.atomic():
        StaffMembershipFactory(user=first.user, agency=first.agency, role=first.role)


def test_an_absence_ends_after_it_starts_and_has_another_deputy():
    with refused("absence_ends_after_it_starts"), transaction.atomic():
        AbsenceFactory(starts_on=date(2026, 8, 2), ends_on=date(2026, 8, 1))
    person = UserFactory()
    with refused("absence_deputy_is_someone_else"), transaction.atomic():
        AbsenceFactory(user=person, deputy=person)


def test_an_agency_does_not_follow_itself_and_ends_after_it_begins():
    agency = AgencyFactory()
    agency.successor = agency
    with refused("agency_is_not_its_own_successor"), transaction.atomic():
        agency.save()
    with refused("agency_ends_after_it_starts"), transaction.atomic():
        AgencyFactory(valid_from=date(2026, 1, 2), valid_to=date(2026, 1, 1))


def test_size_limits_start_once_and_are_positive():
    SizeThresholdFactory()
    with refused("size_threshold_once_per_start"), transaction.atomic():
        SizeThresholdFactory()
    with refused("size_threshold_limits_are_positive"), transaction.atomic():
        SizeThresholdFactory(valid_from=date(2030, 1, 1), staff_max=0)
