"""The pages of an enterprise: its details, its branches, what happened to it."""

import pytest

from accounts.models import (
    Branch,
)
from tests.accounts.pages import BAD, key, post_as_typed, url
from tests.factories.accounts import (
    BranchFactory,
    EnterpriseInvitationFactory,
    EnterpriseMembershipFactory,
    SizeThresholdFactory,
)

pytestmark = pytest.mark.django_db


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


def test_an_owner_sees_what_happened_and_who_did_it(as_owner, owner, enterprise):
    claim = EnterpriseMembershipFactory(enterprise=enterprise, pending=True)
    as_owner.post(url("claim_accept", claim.pk), {"role": "member"})

    page = as_owner.get("/en" + url("enterprise", enterprise.pk)).content.decode()

    assert "A request to join was accepted." in page
    as_owner.force_login(claim.user)
    page = as_owner.get("/en" + url("enterprise", enterprise.pk)).content.decode()
    assert "A request to join was accepted." not in page
