"""A person's own pages, and who gets in where."""

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.auth.models import Group
from django.urls import reverse

from accounts.models import (
    Enterprise,
    EnterpriseMembership,
    StaffMembership,
    User,
)
from accounts.roles import Role
from accounts.services import staff
from tests.accounts.pages import BAD, post_as_typed, url
from tests.factories.accounts import (
    BranchFactory,
    EnterpriseFactory,
    EnterpriseInvitationFactory,
    EnterpriseMembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_strangers_are_sent_to_sign_in(client, enterprise):
    for address in (url("profile"), url("enterprise", enterprise.pk), url("staff")):
        response = client.get(address)

        assert response.status_code == 302
        assert reverse("account_login") in response["Location"]


@pytest.mark.parametrize("prefix", ["", "/en"])
def test_the_profile_page_speaks_both_languages(as_owner, enterprise, prefix):
    response = as_owner.get(prefix + url("profile"))

    assert response.status_code == 200
    assert ("Account and settings" in response.content.decode()) is bool(prefix)
    assert enterprise.name_zh in response.content.decode()


def test_name_and_phone_are_kept(as_owner, owner):
    response = as_owner.post(url("profile_change"), {"name": "王大明", "phone": "04-2222"})

    assert response.status_code == 303
    owner.refresh_from_db()
    assert (owner.name, owner.phone) == ("王大明", "04-2222")


@pytest.mark.parametrize("text", BAD)
def test_a_bad_name_is_a_message_or_a_clean_name_and_never_an_error(as_owner, text):
    response = post_as_typed(as_owner, url("profile_change"), {"name": text, "phone": text})

    assert response.status_code in {303, 400, 422}


def test_a_language_is_kept_and_read_on_in(as_owner, owner):
    response = as_owner.post(url("language"), {"language": "en"})

    assert response["Location"] == "/en" + url("profile")
    owner.refresh_from_db()
    assert owner.language == "en"
    assert as_owner.post(url("language"), {"language": "fr"}).status_code == 422


def test_shortcuts_are_switched(as_owner, owner):
    as_owner.post(url("shortcuts"), {})

    owner.refresh_from_db()
    assert owner.shortcuts_off
    assert as_owner.post(url("shortcuts"), {"on": "on"}).status_code == 303


def test_someone_elses_enterprise_is_not_found(as_owner):
    other = EnterpriseFactory(owner=UserFactory())
    branch = BranchFactory(enterprise=other)
    invitation = EnterpriseInvitationFactory(enterprise=other)
    member = EnterpriseMembershipFactory(enterprise=other)

    gets = [("enterprise", other.pk), ("enterprise_change", other.pk), ("branch_add", other.pk)]
    posts = [
        ("invite", other.pk),
        ("branch_close", branch.pk),
        ("invitation_revoke", invitation.pk),
        ("member_role", member.pk),
        ("member_end", member.pk),
        ("claim_accept", member.pk),
        ("claim_refuse", member.pk),
        ("claim_withdraw", member.pk),
        ("absence_cancel", 1),
        ("staff_end", 1),
    ]

    assert {as_owner.get(url(*door)).status_code for door in gets} == {404}
    assert as_owner.get(url("branch_change", branch.pk)).status_code == 404
    assert {as_owner.post(url(*door)).status_code for door in posts} <= {403, 404}
    assert not any(as_owner.post(url(*door)).status_code == 403 for door in posts[:-2])


def test_acts_are_not_done_by_get(as_owner, enterprise):
    claim = EnterpriseMembershipFactory(enterprise=enterprise, pending=True)

    for name in ("claim_accept", "claim_refuse", "member_end", "member_role"):
        assert as_owner.get(url(name, claim.pk)).status_code == 405
    assert as_owner.get(url("profile_change")).status_code == 405
    assert Enterprise.objects.count() == EnterpriseMembership.objects.active().count() == 1


def test_an_ended_role_closes_the_door_of_an_open_session(client):
    administrator = UserFactory(staff_role=Role.ADMINISTRATOR)
    other = UserFactory(staff_role=Role.ADMINISTRATOR)
    client.force_login(other)
    assert client.get(url("staff")).status_code == 200

    held = StaffMembership.objects.get(user=other)
    staff.end_role(staff_membership_id=held.pk, actor_id=administrator.pk)

    assert client.get(url("staff")).status_code == 403


def test_signing_in_to_the_admin_is_signing_in_to_the_portal(client):
    response = client.get(reverse("admin:login"))

    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]


@pytest.mark.slow
def test_the_admin_shows_and_changes_nothing(client):
    chief = User.objects.create_superuser("chief@example.com", "x")
    client.force_login(chief)
    person = UserFactory()

    page = client.get(reverse("admin:accounts_user_change", args=[person.pk]))

    assert page.status_code == 200
    assert person.password not in page.content.decode()
    assert client.get(reverse("admin:accounts_user_add")).status_code == 403
    assert client.post(reverse("admin:accounts_user_delete", args=[person.pk])).status_code == 403


ROOMS_OF_SIGNING_IN = ("account_emailaddress", "mfa_authenticator")


@pytest.mark.slow
def test_the_admin_shows_no_secret_of_signing_in_and_changes_nothing_of_it(client):
    client.force_login(User.objects.create_superuser("chief@example.com", "x"))
    person = UserFactory()
    address = EmailAddress.objects.create(user=person, email=person.email, verified=True)
    app = Authenticator.objects.create(
        user=person, type=Authenticator.Type.TOTP, data={"secret": "qzsecret"}
    )

    for room, row in zip(ROOMS_OF_SIGNING_IN, (address, app), strict=True):
        page = client.get(reverse(f"admin:{room}_change", args=[row.pk]))
        listed = client.get(reverse(f"admin:{room}_changelist"))
        sent = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}

        assert (page.status_code, listed.status_code) == (200, 200)
        assert "qzsecret" not in page.content.decode() + listed.content.decode()
        assert client.post(reverse(f"admin:{room}_change", args=[row.pk])).status_code == 403
        assert client.post(reverse(f"admin:{room}_delete", args=[row.pk])).status_code == 403
        assert client.get(reverse(f"admin:{room}_add")).status_code == 403
        client.post(reverse(f"admin:{room}_changelist"), sent)
        assert type(row).objects.filter(pk=row.pk).exists()
    assert Group not in admin.site._registry


@pytest.mark.parametrize(
    ("room", "question"),
    [
        ("accounts_user", "password__startswith=pbkdf2"),
        ("accounts_enterpriseinvitation", "token_digest__startswith=a"),
        ("mfa_authenticator", "data__secret__startswith=q"),
    ],
)
def test_a_secret_is_not_guessed_through_a_filter_of_the_admin(client, room, question):
    client.force_login(User.objects.create_superuser("chief@example.com", "x"))

    listed = client.get(reverse(f"admin:{room}_changelist") + f"?{question}")

    assert listed.status_code == 400
