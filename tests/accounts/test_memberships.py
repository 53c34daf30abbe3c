import contextlib

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.errors import LastOwnerError, NeedsOwnerError
from accounts.events import MembershipEvent
from accounts.models import EnterpriseMembership
from accounts.roles import Role
from accounts.services import memberships
from accounts.states import MembershipState
from foundation.errors import DomainError
from foundation.transitions import MoveNotAllowedError
from ledger.models import Entry
from tests.accounts.racing import race
from tests.factories.accounts import EnterpriseFactory, EnterpriseMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def claim(enterprise):
    return EnterpriseMembershipFactory(enterprise=enterprise, pending=True)


def test_an_accepted_claim_is_active_and_recorded(owner, claim):
    memberships.accept_claim(membership_id=claim.pk, actor_id=owner.pk)

    claim.refresh_from_db()
    assert (claim.state, claim.role, claim.decided_by) == ("active", "member", owner)
    entry = Entry.objects.get(event=MembershipEvent.ACCEPTED)
    assert entry.facts["user_id"] == claim.user_id
    assert entry.stream == f"accounts.enterprise:{claim.enterprise_id}"


def test_a_refused_claim_is_recorded_and_cannot_be_accepted_later(owner, claim):
    memberships.refuse_claim(membership_id=claim.pk, actor_id=owner.pk)

    claim.refresh_from_db()
    assert claim.state == MembershipState.REFUSED
    assert Entry.objects.filter(event=MembershipEvent.REFUSED, actor_id=owner.pk).exists()
    with pytest.raises(MoveNotAllowedError):
        memberships.accept_claim(membership_id=claim.pk, actor_id=owner.pk)


def test_a_refused_claim_is_not_refused_again(owner, claim):
    memberships.refuse_claim(membership_id=claim.pk, actor_id=owner.pk)

    with pytest.raises(MoveNotAllowedError):
        memberships.refuse_claim(membership_id=claim.pk, actor_id=owner.pk)


def test_the_first_person_of_an_ownerless_enterprise_joins_as_owner():
    claim = EnterpriseMembershipFactory(pending=True)
    administrator = UserFactory()

    with pytest.raises(NeedsOwnerError):
        memberships.accept_claim(membership_id=claim.pk, actor_id=administrator.pk)
    memberships.accept_claim(membership_id=claim.pk, actor_id=administrator.pk, role=Role.OWNER)

    claim.refresh_from_db()
    assert (claim.state, claim.role) == ("active", "owner")


def test_a_claim_is_withdrawn_once_and_recorded(claim):
    memberships.withdraw_claim(membership_id=claim.pk, user_id=claim.user_id)

    claim.refresh_from_db()
    assert claim.state == MembershipState.ENDED
    assert Entry.objects.filter(event=MembershipEvent.WITHDRAWN).count() == 1
    with pytest.raises(MoveNotAllowedError):
        memberships.withdraw_claim(membership_id=claim.pk, user_id=claim.user_id)


def test_the_last_owner_neither_steps_down_nor_leaves_members_behind(owner, enterprise):
    EnterpriseMembershipFactory(enterprise=enterprise)
    last = enterprise.memberships.get(user=owner)

    with pytest.raises(LastOwnerError):
        memberships.change_role(membership_id=last.pk, role=Role.MEMBER, actor_id=owner.pk)
    with pytest.raises(LastOwnerError):
        memberships.end(membership_id=last.pk, actor_id=owner.pk)

    assert not Entry.objects.exists()


def test_an_owner_who_is_alone_may_leave(owner, enterprise):
    alone = enterprise.memberships.get()

    memberships.end(membership_id=alone.pk, actor_id=owner.pk)

    alone.refresh_from_db()
    assert alone.state == MembershipState.ENDED
    assert Entry.objects.get().event == MembershipEvent.ENDED


def test_a_changed_role_is_recorded(owner, enterprise):
    member = EnterpriseMembershipFactory(enterprise=enterprise)

    memberships.change_role(membership_id=member.pk, role=Role.OWNER, actor_id=owner.pk)

    entry = Entry.objects.get(event=MembershipEvent.ROLE_CHANGED)
    assert entry.facts["role"] == "owner"
    assert enterprise.memberships.active().owners().count() == 2


def test_the_same_role_again_is_no_act(owner, enterprise):
    member = EnterpriseMembershipFactory(enterprise=enterprise)

    memberships.change_role(membership_id=member.pk, role=Role.MEMBER, actor_id=owner.pk)

    assert not Entry.objects.exists()


def test_a_claim_has_no_role_to_change_and_is_not_ended(owner, claim):
    with pytest.raises(MoveNotAllowedError):
        memberships.change_role(membership_id=claim.pk, role=Role.OWNER, actor_id=owner.pk)
    with pytest.raises(MoveNotAllowedError):
        memberships.end(membership_id=claim.pk, actor_id=owner.pk)


@pytest.mark.django_db(transaction=True)
def test_two_owners_who_leave_at_once_do_not_leave_members_alone():
    owners = [UserFactory(), UserFactory()]
    enterprise = EnterpriseFactory(owner=owners[0], members=[UserFactory()])
    EnterpriseMembershipFactory(enterprise=enterprise, user=owners[1], owner=True)
    ids = list(enterprise.memberships.owners().values_list("pk", "user_id"))

    results = race(
        *(
            lambda pk=pk, actor=actor: memberships.end(membership_id=pk, actor_id=actor)
            for pk, actor in ids
        )
    )

    assert sum(isinstance(result, LastOwnerError) for result in results) == 1
    assert enterprise.memberships.active().owners().count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_claim_accepted_and_refused_at_once_has_one_outcome():
    owner = UserFactory()
    enterprise = EnterpriseFactory(owner=owner)
    claim = EnterpriseMembershipFactory(enterprise=enterprise, pending=True)

    results = race(
        lambda: memberships.accept_claim(membership_id=claim.pk, actor_id=owner.pk),
        lambda: memberships.refuse_claim(membership_id=claim.pk, actor_id=owner.pk),
    )

    assert sum(isinstance(result, DomainError) for result in results) == 1
    assert EnterpriseMembership.objects.get(pk=claim.pk).state in {"active", "refused"}


ACTS = st.tuples(
    st.sampled_from(["accept", "accept_as_owner", "refuse", "withdraw", "own", "unown", "end"]),
    st.integers(0, 3),
)


def act(name, membership):
    arguments = {"membership_id": membership.pk, "actor_id": membership.user_id}
    match name:
        case "accept":
            memberships.accept_claim(**arguments)
        case "accept_as_owner":
            memberships.accept_claim(**arguments, role=Role.OWNER)
        case "refuse":
            memberships.refuse_claim(**arguments)
        case "withdraw":
            memberships.withdraw_claim(membership_id=membership.pk, user_id=membership.user_id)
        case "own":
            memberships.change_role(**arguments, role=Role.OWNER)
        case "unown":
            memberships.change_role(**arguments, role=Role.MEMBER)
        case "end":
            memberships.end(**arguments)


@pytest.mark.slow
@given(acts=st.lists(ACTS, max_size=12))
@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
def test_no_row_of_acts_leaves_members_without_an_owner_or_breaks_a_constraint(people, acts):
    enterprise = EnterpriseFactory(owner=people[0])
    rows = [enterprise.memberships.get()]
    rows += [
        EnterpriseMembershipFactory(enterprise=enterprise, user=person, pending=True)
        for person in people[1:]
    ]

    for name, place in acts:
        with contextlib.suppress(DomainError):
            act(name, rows[place])

    active = enterprise.memberships.active()
    assert not active.exists() or active.owners().exists()


@pytest.fixture
def people():
    return UserFactory.create_batch(4)
