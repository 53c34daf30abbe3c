from datetime import date, timedelta

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser

from accounts.models import Enterprise, EnterpriseMembership, StaffMembership, User
from accounts.permissions import (
    NOBODY,
    can_administer_staff,
    can_manage_enterprise,
    can_review_claim,
    forget_standing,
    standing,
)
from accounts.roles import Permission, Role
from accounts.services import memberships, staff
from tests.factories.accounts import (
    AgencyFactory,
    EnterpriseFactory,
    EnterpriseMembershipFactory,
    StaffMembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_nobody_stands_nowhere():
    assert standing(AnonymousUser()) is NOBODY
    assert standing(UserFactory(is_active=False, staff_role=Role.DUTY)) is NOBODY


def test_a_superuser_without_roles_stands_nowhere():
    chief = User.objects.create_superuser("chief@example.com", "x")

    assert standing(chief).permissions == frozenset()
    assert not can_administer_staff(chief)


def test_standing_gathers_enterprises_agencies_and_permissions_in_one_query(
    django_assert_num_queries,
):
    person = UserFactory()
    owned = EnterpriseFactory(owner=person)
    joined = EnterpriseFactory(members=[person])
    EnterpriseMembershipFactory(user=person, pending=True)
    agency, other = AgencyFactory(), AgencyFactory()
    StaffMembershipFactory(user=person, agency=agency, role=Role.LEAD)
    StaffMembershipFactory(user=person, agency=other, role=Role.OFFICER)

    with django_assert_num_queries(1):
        place = standing(person)
        standing(person)

    assert place.enterprise_ids == {owned.pk, joined.pk}
    assert place.owned_enterprise_ids == {owned.pk}
    assert place.agency_ids == {agency.pk, other.pk}
    assert place.agencies_where(Permission.CASE_LEAD) == {agency.pk}
    assert place.agencies_where(Permission.CASE_WORK) == {agency.pk, other.pk}
    assert place.may(Permission.CASE_LEAD)
    assert place.may("case.lead")
    assert not place.may(Permission.AUDIT_READ)
    assert place.roles == {Role.LEAD, Role.OFFICER, Role.OWNER, Role.MEMBER}


def test_an_ended_role_counts_from_the_next_request():
    boss, person = UserFactory(), UserFactory()
    held = StaffMembershipFactory(user=person, role=Role.DUTY)
    assert standing(person).may(Permission.CASE_TRIAGE)

    staff.end_role(staff_membership_id=held.pk, actor_id=boss.pk)

    assert not standing(User.objects.get(pk=person.pk)).may(Permission.CASE_TRIAGE)
    forget_standing(person)
    assert not standing(person).is_staff


def test_an_ended_membership_counts_from_the_next_request():
    person = UserFactory()
    enterprise = EnterpriseFactory(owner=UserFactory(), members=[person])
    membership = enterprise.memberships.get(user=person)
    assert Enterprise.objects.visible_to(person).exists()

    memberships.end(membership_id=membership.pk, actor_id=person.pk)

    again = User.objects.get(pk=person.pk)
    assert not Enterprise.objects.visible_to(again).exists()


def test_roles_count_only_between_their_days():
    held = StaffMembershipFactory(valid_from=date(2026, 8, 3), valid_to=date(2026, 8, 7))
    seen = []

    for day in (2, 3, 7, 8):
        with time_machine.travel(f"2026-08-0{day}T12:00:00+08:00", tick=False):
            seen.append(standing(User.objects.get(pk=held.user_id)).is_staff)

    assert seen == [False, True, True, False]


def test_a_pending_claim_shows_nothing():
    claim = EnterpriseMembershipFactory(pending=True)

    assert not Enterprise.objects.visible_to(claim.user).exists()


def test_members_do_not_manage():
    person = UserFactory()
    enterprise = EnterpriseFactory(owner=UserFactory(), members=[person])

    verdict = can_manage_enterprise(person, enterprise)

    assert not verdict
    assert verdict.reason


def test_claims_are_reviewed_by_owners_and_administrators_only():
    owner, member = UserFactory(), UserFactory()
    enterprise = EnterpriseFactory(owner=owner, members=[member])
    claim = EnterpriseMembershipFactory(enterprise=enterprise, pending=True)

    assert can_review_claim(owner, claim)
    assert can_review_claim(UserFactory(staff_role=Role.ADMINISTRATOR), claim)
    assert not can_review_claim(member, claim)
    assert not can_review_claim(claim.user, claim)
    assert not can_review_claim(UserFactory(staff_role=Role.AUDITOR), claim)


def test_memberships_of_strangers_stay_hidden():
    owner, member, stranger = UserFactory(), UserFactory(), UserFactory()
    EnterpriseFactory(owner=owner, members=[member])

    def seen_by(user):
        return EnterpriseMembership.objects.visible_to(user).count()

    assert (seen_by(owner), seen_by(member), seen_by(stranger)) == (2, 1, 0)
    assert seen_by(AnonymousUser()) == 0


def test_staff_roles_are_listed_for_administrators_alone():
    administrator = UserFactory(staff_role=Role.ADMINISTRATOR)
    officer = UserFactory(staff_role=Role.OFFICER)

    assert StaffMembership.objects.visible_to(administrator).count() == 2
    assert StaffMembership.objects.visible_to(officer).get().user == officer


def test_an_administrator_whose_role_ended_lists_only_their_own():
    administrator = UserFactory(
        staff_role=Role.ADMINISTRATOR, staff_role__valid_to=date.today() - timedelta(days=1)
    )
    StaffMembershipFactory()

    assert StaffMembership.objects.visible_to(administrator).count() == 1
