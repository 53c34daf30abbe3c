"""The account pages through the client: who gets in, what bad input does, what an act leads to."""

import uuid
from urllib.parse import urlencode

import pytest
from django.urls import reverse

from accounts.models import (
    Absence,
    Branch,
    Enterprise,
    EnterpriseInvitation,
    EnterpriseMembership,
    StaffMembership,
    User,
)
from accounts.roles import Role
from accounts.services import staff
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
BAD = ["\x00", "\ud800", "字" * 3000, "𠮷" * 300, "\u202e\u200b", "ㅤ", "<script>"]


@pytest.fixture
def owner():
    return UserFactory(name="王示範")


@pytest.fixture
def enterprise(owner):
    return EnterpriseFactory(owner=owner, name_zh="示範甲木業有限公司")


@pytest.fixture
def as_owner(client, owner):
    client.force_login(owner)
    return client


def url(name, *args):
    return reverse(f"account:{name}", args=args)


def post_as_typed(client, address, typed):
    """Post what no browser should send: halves of characters too."""
    body = urlencode(typed, errors="surrogatepass")
    return client.post(address, body, content_type="application/x-www-form-urlencoded")


def key():
    return str(uuid.uuid4())


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


def test_an_enterprise_page_shows_its_size_class_with_reasons(as_owner, enterprise):
    SizeThresholdFactory()
    BranchFactory(enterprise=enterprise, name="臺中二廠")

    page = as_owner.get(url("enterprise", enterprise.pk)).content.decode()

    assert "臺中二廠" in page
    assert "100,000,000" in page
    assert "中小企業認定標準" in page


def test_an_enterprise_page_takes_few_queries(as_owner, enterprise, django_assert_max_num_queries):
    EnterpriseMembershipFactory.create_batch(12, enterprise=enterprise)
    EnterpriseMembershipFactory.create_batch(3, enterprise=enterprise, pending=True)
    EnterpriseInvitationFactory.create_batch(5, enterprise=enterprise)
    BranchFactory.create_batch(5, enterprise=enterprise)

    with django_assert_max_num_queries(13):
        as_owner.get(url("enterprise", enterprise.pk))


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


def test_details_are_changed_and_bad_ones_explained(as_owner, enterprise):
    typed = {
        "name_zh": "示範甲木業有限公司",
        "registration_kind": "company",
        "industry": "C",
        "county": "nantou",
        "founded_on": "98/03/18",
        "paid_in_capital": "620萬",
        "regular_staff": "１８",
    }

    assert as_owner.post(url("enterprise_change", enterprise.pk), typed).status_code == 303
    enterprise.refresh_from_db()
    assert (enterprise.paid_in_capital, enterprise.regular_staff) == (6_200_000, 18)
    for wrong in (
        {"founded_on": "113/02/30"},
        {"founded_on": "200/01/01"},
        {"paid_in_capital": "-1"},
        {"paid_in_capital": "9" * 60},
        {"regular_staff": "many"},
        {"county": "atlantis"},
        {"industry": "Z"},
        {"name_zh": "ㅤ"},
    ):
        response = as_owner.post(url("enterprise_change", enterprise.pk), {**typed, **wrong})
        assert response.status_code == 422, wrong
    assert as_owner.get(url("enterprise_change", enterprise.pk)).status_code == 200


@pytest.mark.parametrize("text", BAD)
def test_bad_text_about_an_enterprise_is_never_an_error(as_owner, enterprise, text):
    names = ("name_zh", "name_en", "representative", "district", "address", "founded_on")
    typed = dict.fromkeys((*names, "paid_in_capital", "regular_staff", "county"), text)

    response = post_as_typed(as_owner, url("enterprise_change", enterprise.pk), typed)

    assert response.status_code in {400, 422}


def test_branches_are_added_changed_and_closed(as_owner, enterprise):
    typed = {"kind": "factory", "name": "二廠", "county": "taichung", "idempotency_key": key()}

    assert as_owner.get(url("branch_add", enterprise.pk)).status_code == 200
    assert as_owner.post(url("branch_add", enterprise.pk), typed).status_code == 303
    branch = Branch.objects.get()
    again = as_owner.post(url("branch_add", enterprise.pk), {**typed, "idempotency_key": key()})
    assert again.status_code == 409
    assert as_owner.get(url("branch_change", branch.pk)).status_code == 200
    changed = as_owner.post(url("branch_change", branch.pk), {**typed, "name": "三廠"})
    assert changed.status_code == 303
    assert as_owner.post(url("branch_close", branch.pk)).status_code == 303
    assert as_owner.post(url("branch_close", branch.pk)).status_code == 409
    assert as_owner.post(url("branch_change", branch.pk), typed).status_code == 409
    assert as_owner.post(url("branch_add", enterprise.pk), {}).status_code == 422


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


def test_staff_roles_are_for_administrators(client):
    for role in (Role.DUTY, Role.OFFICER, Role.LEAD, Role.MANAGER, Role.AUDITOR):
        client.force_login(UserFactory(staff_role=role))

        assert client.get(url("staff")).status_code == 403
        assert client.post(url("staff_add")).status_code == 403


def test_an_administrator_gives_and_ends_a_role(client):
    client.force_login(UserFactory(staff_role=Role.ADMINISTRATOR))
    agency = AgencyFactory()
    typed = {
        "email": "new@agency.example",
        "name": "林示範",
        "agency": agency.pk,
        "role": "officer",
        "valid_from": "115/08/07",
        "idempotency_key": key(),
    }

    assert client.get(url("staff_add")).status_code == 200
    assert client.post(url("staff_add"), typed).status_code == 303
    assert client.post(url("staff_add"), typed).status_code == 303
    held = StaffMembership.objects.get(agency=agency)
    assert "new@agency.example" in client.get(url("staff")).content.decode()
    again = client.post(url("staff_add"), {**typed, "idempotency_key": key()})
    assert again.status_code == 409
    assert client.post(url("staff_end", held.pk)).status_code == 303
    assert client.post(url("staff_end", held.pk)).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"agency": "999999"},
        {"agency": "x"},
        {"role": "owner"},
        {"email": "nobody"},
        {"valid_from": "soon"},
        {"valid_to": "114/01/01"},
        {"idempotency_key": "x"},
    ],
)
def test_a_role_that_makes_no_sense_is_explained(client, wrong):
    client.force_login(UserFactory(staff_role=Role.ADMINISTRATOR))
    typed = {
        "email": "new@agency.example",
        "name": "林示範",
        "agency": AgencyFactory().pk,
        "role": "officer",
        "valid_from": "115/08/07",
        "idempotency_key": key(),
    }

    assert client.post(url("staff_add"), {**typed, **wrong}).status_code == 422
    assert not User.objects.with_email("new@agency.example").exists()


def test_the_staff_list_takes_the_same_queries_however_long(client, django_assert_max_num_queries):
    client.force_login(UserFactory(staff_role=Role.ADMINISTRATOR))
    StaffMembershipFactory.create_batch(40)

    with django_assert_max_num_queries(10):
        page = client.get(url("staff"))

    assert "after=" in page.content.decode()
    assert client.get(url("staff") + "?after=nonsense").status_code == 200


def test_staff_name_a_deputy_of_their_agency(client):
    agency = AgencyFactory()
    person = StaffMembershipFactory(agency=agency).user
    deputy = StaffMembershipFactory(agency=agency).user
    stranger = StaffMembershipFactory().user
    client.force_login(person)
    typed = {
        "starts_on": "2099-08-03",
        "ends_on": "2099-08-07",
        "deputy": deputy.pk,
        "idempotency_key": key(),
    }

    assert client.post(url("absence"), {**typed, "deputy": stranger.pk}).status_code == 422
    assert client.post(url("absence"), {**typed, "ends_on": "2099-08-01"}).status_code == 422
    assert client.post(url("absence"), typed).status_code == 303
    assert client.get(url("absence")).status_code == 200
    again = client.post(url("absence"), {**typed, "idempotency_key": key()})
    assert again.status_code == 409
    planned = Absence.objects.get()
    assert client.post(url("absence_cancel", planned.pk)).status_code == 303
    assert client.post(url("absence_cancel", planned.pk)).status_code == 409


def test_nobody_takes_back_the_absence_of_another(client):
    planned = AbsenceFactory()
    StaffMembershipFactory(user=planned.deputy)
    client.force_login(planned.deputy)

    assert client.post(url("absence_cancel", planned.pk)).status_code == 404


def test_owners_have_no_deputies(as_owner):
    assert as_owner.get(url("absence")).status_code == 403


def test_acts_are_not_done_by_get(as_owner, enterprise):
    claim = EnterpriseMembershipFactory(enterprise=enterprise, pending=True)

    for name in ("claim_accept", "claim_refuse", "member_end", "member_role"):
        assert as_owner.get(url(name, claim.pk)).status_code == 405
    assert as_owner.get(url("profile_change")).status_code == 405
    assert Enterprise.objects.count() == EnterpriseMembership.objects.active().count() == 1


def test_an_owner_sees_what_happened_and_who_did_it(as_owner, owner, enterprise):
    claim = EnterpriseMembershipFactory(enterprise=enterprise, pending=True)
    as_owner.post(url("claim_accept", claim.pk), {"role": "member"})

    page = as_owner.get("/en" + url("enterprise", enterprise.pk)).content.decode()

    assert "A request to join was accepted." in page
    as_owner.force_login(claim.user)
    page = as_owner.get("/en" + url("enterprise", enterprise.pk)).content.decode()
    assert "A request to join was accepted." not in page


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


def test_the_admin_shows_and_changes_nothing(client):
    chief = User.objects.create_superuser("chief@example.com", "x")
    client.force_login(chief)
    person = UserFactory()

    page = client.get(reverse("admin:accounts_user_change", args=[person.pk]))

    assert page.status_code == 200
    assert person.password not in page.content.decode()
    assert client.get(reverse("admin:accounts_user_add")).status_code == 403
    assert client.post(reverse("admin:accounts_user_delete", args=[person.pk])).status_code == 403
