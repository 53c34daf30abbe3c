"""Who belongs to an enterprise: claims, invitations, roles and leaving, through the pages."""

import pytest

from accounts.models import (
    EnterpriseInvitation,
)
from accounts.roles import Role
from tests.accounts.pages import key, url
from tests.factories.accounts import (
    EnterpriseInvitationFactory,
    EnterpriseMembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_a_claimant_sees_nothing_of_the_enterprise(client, enterprise):
    claim = EnterpriseMembershipFactory(enterprise=enterprise, pending=True)
    client.force_login(claim.user)

    assert client.get(url("enterprise", enterprise.pk)).status_code == 404
    assert enterprise.name_zh not in client.get(url("profile")).content.decode()


def test_a_member_sees_but_does_not_manage(client, enterprise):
    member = EnterpriseMembershipFactory(enterprise=enterprise).user
    invitation = EnterpriseInvitationFactory(enterprise=enterprise)
    client.force_login(member)

    page = client.get(url("enterprise", enterprise.pk)).content.decode()

    assert invitation.email not in page
    assert url("invite", enterprise.pk) not in page
    assert client.post(url("invite", enterprise.pk)).status_code == 403
    assert client.post(url("branch_add", enterprise.pk)).status_code == 403
    assert client.post(url("enterprise_change", enterprise.pk)).status_code == 403
    other = EnterpriseMembershipFactory(enterprise=enterprise)
    assert client.post(url("member_end", other.pk)).status_code in {403, 404}


def test_an_invitation_is_sent_and_a_bad_one_is_explained(as_owner, enterprise):
    good = {"email": "new@example.com", "role": "member", "idempotency_key": key()}

    assert as_owner.post(url("invite", enterprise.pk), good).status_code == 303
    assert as_owner.post(url("invite", enterprise.pk), good).status_code == 303
    assert EnterpriseInvitation.objects.count() == 1

    bad = as_owner.post(url("invite", enterprise.pk), {**good, "email": "nobody"})
    assert bad.status_code == 422
    assert 'value="nobody"' in bad.content.decode()


def test_inviting_a_member_is_refused_beside_the_field(as_owner, enterprise, owner):
    typed = {"email": owner.email, "role": "member", "idempotency_key": key()}

    response = as_owner.post(url("invite", enterprise.pk), typed)

    assert response.status_code == 409
    assert owner.email in response.content.decode()


@pytest.mark.parametrize("role", ["auditor", "", "emperor"])
def test_an_invitation_gives_no_role_of_staff(as_owner, enterprise, role):
    typed = {"email": "a@example.com", "role": role, "idempotency_key": key()}

    assert as_owner.post(url("invite", enterprise.pk), typed).status_code == 422


def test_an_owner_reviews_a_claim(as_owner, enterprise):
    claim = EnterpriseMembershipFactory(enterprise=enterprise, pending=True)

    response = as_owner.post(url("claim_accept", claim.pk), {"role": "member"})

    assert response["Location"] == url("enterprise", enterprise.pk)
    claim.refresh_from_db()
    assert claim.state == "active"
    again = as_owner.post(url("claim_refuse", claim.pk))
    assert again.status_code == 409


def test_an_administrator_reviews_where_no_owner_is(client):
    claim = EnterpriseMembershipFactory(pending=True)
    client.force_login(UserFactory(staff_role=Role.ADMINISTRATOR))

    assert claim.enterprise.name_zh in client.get(url("claims")).content.decode()
    assert client.post(url("claim_accept", claim.pk), {"role": "member"}).status_code == 409
    assert client.post(url("claim_accept", claim.pk), {"role": "owner"}).status_code == 303
    claim.refresh_from_db()
    assert claim.role == "owner"


def test_claims_of_all_are_for_administrators(as_owner):
    assert as_owner.get(url("claims")).status_code == 403


def test_a_claim_is_withdrawn_by_its_claimant_only(client, owner, enterprise):
    claim = EnterpriseMembershipFactory(enterprise=enterprise, pending=True)
    client.force_login(owner)
    assert client.post(url("claim_withdraw", claim.pk)).status_code == 404

    client.force_login(claim.user)

    assert client.post(url("claim_withdraw", claim.pk)).status_code == 303
    claim.refresh_from_db()
    assert claim.state == "ended"


def test_the_last_owner_is_told_why_not(as_owner, owner, enterprise):
    EnterpriseMembershipFactory(enterprise=enterprise)
    mine = enterprise.memberships.get(user=owner)

    assert as_owner.post(url("member_end", mine.pk)).status_code == 409
    assert as_owner.post(url("member_role", mine.pk), {"role": "member"}).status_code == 409
    assert as_owner.post(url("member_role", mine.pk), {"role": "king"}).status_code == 422


def test_roles_are_changed_and_people_removed(as_owner, enterprise):
    member = EnterpriseMembershipFactory(enterprise=enterprise)

    assert as_owner.post(url("member_role", member.pk), {"role": "owner"}).status_code == 303
    assert as_owner.post(url("member_end", member.pk)).status_code == 303
    member.refresh_from_db()
    assert (member.role, member.state) == ("owner", "ended")


def test_a_member_leaves(client, enterprise):
    member = EnterpriseMembershipFactory(enterprise=enterprise)
    client.force_login(member.user)

    assert client.post(url("member_end", member.pk))["Location"] == url("profile")
    assert client.get(url("enterprise", enterprise.pk)).status_code == 404


def test_looking_at_an_invitation_uses_nothing_up(client, as_owner, enterprise):
    invitation = EnterpriseInvitationFactory(enterprise=enterprise)
    client.logout()

    for _ in range(3):
        response = client.get(url("invitation", invitation.token))
        assert response.status_code == 200
        assert "no-store" in response["Cache-Control"]

    invitation.refresh_from_db()
    assert invitation.accepted_at is None
    accept = client.post(url("invitation_accept", invitation.token))
    assert accept.status_code == 302


def test_an_invitation_is_accepted_by_post_once(client, enterprise):
    person = UserFactory()
    invitation = EnterpriseInvitationFactory(enterprise=enterprise, email=person.email)
    client.force_login(person)

    response = client.post(url("invitation_accept", invitation.token))

    assert response["Location"] == url("enterprise", enterprise.pk)
    assert client.get(url("enterprise", enterprise.pk)).status_code == 200
    assert client.post(url("invitation_accept", invitation.token)).status_code == 409
    assert client.get(url("invitation", invitation.token)).status_code == 404


def test_an_expired_and_an_unknown_invitation_look_the_same(client):
    expired = EnterpriseInvitationFactory(expired=True)

    first = client.get(url("invitation", expired.token))
    second = client.get(url("invitation", "0" * 64))

    assert first.status_code == second.status_code == 404
    assert expired.enterprise.name_zh not in first.content.decode()
