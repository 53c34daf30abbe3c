import uuid
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from accounts.errors import (
    AlreadyMemberError,
    InvitationForSomeoneElseError,
    InvitationNotOpenError,
    NeedsOwnerError,
    TooManyInvitationsError,
)
from accounts.events import InvitationEvent
from accounts.models import EnterpriseInvitation, EnterpriseMembership
from accounts.roles import Role
from accounts.services import invitations
from foundation.errors import DomainError
from ledger.models import Entry
from tests.accounts.racing import race
from tests.factories.accounts import (
    EnterpriseFactory,
    EnterpriseInvitationFactory,
    EnterpriseMembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def invite(enterprise, owner, email="new@example.com", **changes):
    arguments = {
        "key": uuid.uuid4(),
        "enterprise_id": enterprise.pk,
        "email": email,
        "role": Role.MEMBER,
        "actor_id": owner.pk,
        **changes,
    }
    return invitations.invite(**arguments)


def test_an_invitation_keeps_a_digest_and_works_seven_days(enterprise, owner):
    invitation = invite(enterprise, owner, "New@Example.com")

    stored = EnterpriseInvitation.objects.get()
    assert stored.email == "new@example.com"
    assert invitation.token not in {stored.token_digest, str(stored.nonce)}
    assert EnterpriseInvitation.objects.with_token(invitation.token).get() == stored
    assert stored.expires_at - stored.created_at == pytest.approx(
        timedelta(days=7), abs=timedelta(seconds=5)
    )
    entry = Entry.objects.get(event=InvitationEvent.SENT)
    assert "example.com" not in str(entry.facts)
    assert invitation.token not in str(entry.facts)


def test_the_same_key_invites_once(enterprise, owner):
    key = uuid.uuid4()

    assert invite(enterprise, owner, key=key) == invite(enterprise, owner, key=key)
    assert Entry.objects.filter(event=InvitationEvent.SENT).count() == 1


def test_a_new_invitation_ends_the_older_one_to_the_same_address(enterprise, owner):
    older = invite(enterprise, owner)
    newer = invite(enterprise, owner)
    person = UserFactory(email="new@example.com")

    with pytest.raises(InvitationNotOpenError):
        invitations.accept(token=older.token, user_id=person.pk)
    assert invitations.accept(token=newer.token, user_id=person.pk)


def test_members_are_not_invited(enterprise, owner):
    with pytest.raises(AlreadyMemberError):
        invite(enterprise, owner, owner.email.upper())


def test_open_invitations_are_bounded(enterprise, owner):
    EnterpriseInvitationFactory.create_batch(invitations.OPEN_AT_ONCE, enterprise=enterprise)

    with pytest.raises(TooManyInvitationsError):
        invite(enterprise, owner)


def test_whoever_accepts_joins_with_the_role_and_it_is_recorded(enterprise, owner):
    invitation = invite(enterprise, owner, role=Role.OWNER)
    person = UserFactory(email="new@example.com")

    membership = invitations.accept(token=invitation.token, user_id=person.pk)

    assert (membership.state, membership.role) == ("active", "owner")
    assert membership.decided_by == owner
    assert Entry.objects.get(event=InvitationEvent.ACCEPTED).actor_id == person.pk


def test_an_invitation_turns_a_waiting_claim_into_a_membership(enterprise, owner):
    person = UserFactory(email="new@example.com")
    claim = EnterpriseMembershipFactory(enterprise=enterprise, user=person, pending=True)

    invitations.accept(token=invite(enterprise, owner).token, user_id=person.pk)

    claim.refresh_from_db()
    assert claim.state == "active"


def test_an_invitation_is_used_once(enterprise, owner):
    invitation = invite(enterprise, owner)
    person = UserFactory(email="new@example.com")
    invitations.accept(token=invitation.token, user_id=person.pk)

    with pytest.raises(InvitationNotOpenError):
        invitations.accept(token=invitation.token, user_id=person.pk)


def test_a_forwarded_invitation_is_of_no_use(enterprise, owner):
    invitation = invite(enterprise, owner)

    with pytest.raises(InvitationForSomeoneElseError):
        invitations.accept(token=invitation.token, user_id=UserFactory().pk)

    assert EnterpriseInvitation.objects.get().accepted_at is None


def test_a_member_does_not_use_an_invitation_up(enterprise, owner):
    invitation = EnterpriseInvitationFactory(enterprise=enterprise, email=owner.email)

    with pytest.raises(AlreadyMemberError):
        invitations.accept(token=invitation.token, user_id=owner.pk)


def test_nobody_joins_an_enterprise_without_an_owner_as_member():
    person = UserFactory()
    invitation = EnterpriseInvitationFactory(email=person.email)

    with pytest.raises(NeedsOwnerError):
        invitations.accept(token=invitation.token, user_id=person.pk)


@pytest.mark.parametrize("token", ["", "x", "0" * 64, "\ud800", "字" * 300])
def test_an_unknown_token_is_refused_like_a_used_one(token):
    with pytest.raises(InvitationNotOpenError):
        invitations.accept(token=token, user_id=UserFactory().pk)


def test_after_seven_days_it_is_over(enterprise, owner):
    invitation = invite(enterprise, owner)
    person = UserFactory(email="new@example.com")

    with time_machine.travel(timezone.now() + timedelta(days=7, seconds=1)):
        with pytest.raises(InvitationNotOpenError):
            invitations.accept(token=invitation.token, user_id=person.pk)
        with pytest.raises(InvitationNotOpenError):
            invitations.revoke(invitation_id=invitation.pk, actor_id=owner.pk)


def test_a_revoked_invitation_is_of_no_use_and_recorded(enterprise, owner):
    invitation = invite(enterprise, owner)
    person = UserFactory(email="new@example.com")

    invitations.revoke(invitation_id=invitation.pk, actor_id=owner.pk)

    assert Entry.objects.filter(event=InvitationEvent.REVOKED, actor_id=owner.pk).exists()
    with pytest.raises(InvitationNotOpenError):
        invitations.accept(token=invitation.token, user_id=person.pk)
    with pytest.raises(InvitationNotOpenError):
        invitations.revoke(invitation_id=invitation.pk, actor_id=owner.pk)


@pytest.mark.django_db(transaction=True)
def test_two_windows_that_accept_at_once_join_once():
    owner, person = UserFactory(), UserFactory(email="new@example.com")
    enterprise = EnterpriseFactory(owner=owner)
    token = invite(enterprise, owner).token

    def accept():
        return invitations.accept(token=token, user_id=person.pk)

    results = race(accept, accept, accept)

    assert sum(isinstance(result, DomainError) for result in results) == 2
    assert EnterpriseMembership.objects.filter(user=person).count() == 1


@pytest.mark.django_db(transaction=True)
def test_an_invitation_revoked_while_it_is_accepted_has_one_outcome():
    owner, person = UserFactory(), UserFactory(email="new@example.com")
    enterprise = EnterpriseFactory(owner=owner)
    invitation = invite(enterprise, owner)

    results = race(
        lambda: invitations.accept(token=invitation.token, user_id=person.pk),
        lambda: invitations.revoke(invitation_id=invitation.pk, actor_id=owner.pk),
    )

    assert sum(isinstance(result, InvitationNotOpenError) for result in results) == 1
