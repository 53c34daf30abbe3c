"""An administrator settles whose enterprise it is; the people concerned are told."""

import pytest
from django.db import IntegrityError, transaction

from accounts.errors import HasOwnerError, NotYourselfError
from accounts.events import MembershipEvent
from accounts.models import EnterpriseMembership, Removal
from accounts.roles import Role
from accounts.services import ownership
from assistance.models import Case
from foundation.transitions import MoveNotAllowedError
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.accounts.pages import url
from tests.factories.accounts import (
    EnterpriseFactory,
    EnterpriseInvitationFactory,
    EnterpriseMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import CaseFactory

pytestmark = pytest.mark.django_db
REASON = "登記的負責人來函表示不認識此人。"


@pytest.fixture
def administrator():
    return UserFactory(staff_role="administrator")


@pytest.fixture
def owned(owner, enterprise):
    return enterprise.memberships.get(user=owner)


def remove(membership, by):
    return ownership.remove(membership_id=membership.pk, actor_id=by.pk, reason=REASON)


def told(kind):
    return set(Message.objects.filter(kind=kind).values_list("user_id", flat=True))


def test_a_false_first_owner_loses_everything_at_once(administrator, owner, enterprise, owned):
    case = CaseFactory(enterprise=enterprise)
    invitation = EnterpriseInvitationFactory(enterprise=enterprise, invited_by=owner)
    assert Case.objects.visible_to(owner).get() == case

    remove(owned, administrator)

    owned.refresh_from_db()
    invitation.refresh_from_db()
    del owner._standing
    assert owned.state == "ended"
    assert not Case.objects.visible_to(owner).exists()
    assert invitation.revoked_at is not None
    entry = Entry.objects.get(event=MembershipEvent.REMOVED)
    assert entry.stream == f"accounts.enterprise:{enterprise.pk}"
    assert entry.facts["invitations"] == 1
    assert REASON not in str(entry.facts)


def test_the_removed_reads_why_and_those_who_remain_are_told(
    administrator, owner, enterprise, owned
):
    member = EnterpriseMembershipFactory(enterprise=enterprise).user

    remove(owned, administrator)
    relay_due(100)

    assert told("accounts.person_removed") == {owner.pk}
    assert REASON in Message.objects.filter(kind="accounts.person_removed").first().text
    assert told("accounts.ownership_settled") == {member.pk}
    assert REASON not in Message.objects.filter(kind="accounts.ownership_settled").first().text


def test_the_next_request_to_join_goes_to_the_administrators(
    client, administrator, enterprise, owned
):
    remove(owned, administrator)
    claim = EnterpriseMembershipFactory(enterprise=enterprise, pending=True)
    client.force_login(administrator)

    waiting = client.get(url("claims")).content.decode()
    client.post(url("claim_accept", claim.pk), {"role": "owner"})

    claim.refresh_from_db()
    assert claim.user.email in waiting
    assert (claim.state, claim.role) == ("active", "owner")


def test_a_member_becomes_owner_where_there_is_none(client, administrator, enterprise, owned):
    member = EnterpriseMembershipFactory(enterprise=enterprise)
    client.force_login(administrator)

    refused = client.post(url("owner_appoint", member.pk))
    remove(owned, administrator)
    done = client.post(url("owner_appoint", member.pk))

    member.refresh_from_db()
    assert (refused.status_code, done.status_code) == (409, 303)
    assert member.role == Role.OWNER


def test_what_an_owner_decides_is_not_decided_for_her(administrator, enterprise, owned):
    member = EnterpriseMembershipFactory(enterprise=enterprise)

    with pytest.raises(HasOwnerError):
        ownership.appoint_owner(membership_id=member.pk, actor_id=administrator.pk)


def test_nobody_decides_about_herself(administrator):
    mine = EnterpriseMembershipFactory(user=administrator, role=Role.OWNER)

    with pytest.raises(NotYourselfError):
        remove(mine, administrator)
    with pytest.raises(NotYourselfError):
        ownership.appoint_owner(membership_id=mine.pk, actor_id=administrator.pk)


def test_who_has_left_is_not_removed(administrator, owned):
    remove(owned, administrator)

    with pytest.raises(MoveNotAllowedError):
        remove(owned, administrator)


class TestThePages:
    @pytest.fixture
    def page(self, client, administrator):
        client.force_login(administrator)
        return client

    def test_an_administrator_finds_the_enterprise_by_its_number(self, page, enterprise, owner):
        found = page.get(url("ownership"), {"business_number": enterprise.business_number})

        assert enterprise.name_zh in found.content.decode()
        assert owner.email in found.content.decode()

    @pytest.mark.parametrize(
        ("number", "status"), [("12345678", 422), ("", 422), ("99990010", 200)]
    )
    def test_another_number_finds_nothing(self, page, enterprise, number, status):
        found = page.get(url("ownership"), {"business_number": number})

        assert found.status_code == status
        assert enterprise.name_zh not in found.content.decode()

    def test_a_reason_is_asked_for(self, page, owned):
        response = page.post(url("person_remove", owned.pk), {"reason": "　"})

        owned.refresh_from_db()
        assert response.status_code == 422
        assert owned.state == "active"

    def test_with_a_reason_the_person_is_removed(self, page, enterprise, owned):
        response = page.post(url("person_remove", owned.pk), {"reason": REASON})

        after = page.get(response["Location"]).content.decode()
        assert response.status_code == 303
        assert not EnterpriseMembership.objects.active().filter(enterprise=enterprise).exists()
        assert Removal.objects.get().reason == REASON
        assert url("person_remove", owned.pk) not in after

    def test_others_do_not_open_it(self, client, owner, owned):
        client.force_login(owner)

        assert client.get(url("ownership")).status_code == 403
        assert client.post(url("person_remove", owned.pk)).status_code == 403


def test_only_the_removed_reads_the_reason(administrator, owner, owned):
    remove(owned, administrator)

    assert Removal.objects.visible_to(owner).exists()
    assert not Removal.objects.visible_to(UserFactory()).exists()


def test_the_database_asks_for_a_reason(administrator):
    membership = EnterpriseMembershipFactory(enterprise=EnterpriseFactory())

    with pytest.raises(IntegrityError), transaction.atomic():
        Removal.objects.create(membership=membership, reason="", removed_by=administrator)
