"""The first page: needs before offices, and an owner's open cases before all else."""

import pytest
from django.test import Client

from sme_portal.views.home import CASES_SHOWN
from tests.factories.accounts import (
    EnterpriseMembershipFactory,
    StaffMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import CaseFactory
from tests.factories.catalogue import EditionFactory

pytestmark = pytest.mark.django_db


def test_systems_stand_under_the_need_they_answer(client: Client) -> None:
    edition = EditionFactory(short_en="Finance and credit", heading_en="I need a loan")

    page = client.get("/en/").content.decode()

    assert str(edition.system.get_group_display()) in page
    assert "Finance and credit" in page
    assert "I need a loan" in page


def test_an_owner_sees_the_open_cases_of_the_enterprise_first(client: Client) -> None:
    membership = EnterpriseMembershipFactory(owner=True)
    mine = CaseFactory(enterprise=membership.enterprise, subject="A large order")
    CaseFactory(enterprise=membership.enterprise, subject="Settled long ago", closed=True)
    CaseFactory(subject="Somebody else's trouble")
    client.force_login(membership.user)

    page = client.get("/en/").content.decode()

    assert mine.reference in page
    assert page.index("A large order") < page.index("Running into trouble?")
    assert "Settled long ago" not in page
    assert "Somebody else" not in page


def test_a_case_that_waits_for_the_owner_comes_before_all_others(client: Client) -> None:
    membership = EnterpriseMembershipFactory(owner=True)
    for number in range(CASES_SHOWN):
        CaseFactory(enterprise=membership.enterprise, subject=f"Ours to do {number}", overdue=True)
    CaseFactory(enterprise=membership.enterprise, subject="Yours to do", waiting=True)
    client.force_login(membership.user)

    page = client.get("/en/").content.decode()

    assert page.index("Yours to do") < page.index("Ours to do")


def test_visitors_and_staff_are_shown_no_cases(client: Client) -> None:
    case = CaseFactory()
    officer = StaffMembershipFactory().user

    as_visitor = client.get("/").content.decode()
    client.force_login(officer)
    as_officer = client.get("/").content.decode()

    assert case.reference not in as_visitor
    assert case.reference not in as_officer


def test_no_figure_is_shown_that_was_not_computed(client: Client) -> None:
    assert "sp-kpi" not in client.get("/").content.decode()


def test_the_menu_leads_only_where_the_person_may_go(client: Client) -> None:
    client.force_login(UserFactory())

    page = client.get("/en/").content.decode()

    assert 'href="/en/my/cases/"' in page
    assert 'href="/en/desk/"' not in page


def test_the_menu_follows_who_reads_it(client: Client) -> None:
    as_visitor = menu(client)
    client.force_login(UserFactory())
    as_owner = menu(client)
    client.force_login(StaffMembershipFactory().user)
    as_officer = menu(client)

    assert "Follow a case" in as_visitor
    assert "My cases" not in as_visitor
    assert "My cases" in as_owner
    assert "Follow a case" not in as_owner
    assert "My cases" not in as_officer
    assert "Follow a case" not in as_officer


def menu(client: Client) -> str:
    page = client.get("/en/privacy/").content.decode()
    return page.split('aria-label="Main menu"')[1].split("</nav>")[0]


def test_the_home_page_asks_the_database_little(
    client: Client, django_assert_max_num_queries: object
) -> None:
    membership = EnterpriseMembershipFactory(owner=True)
    CaseFactory.create_batch(4, enterprise=membership.enterprise)
    EditionFactory.create_batch(3)
    client.force_login(membership.user)
    assert callable(django_assert_max_num_queries)

    with django_assert_max_num_queries(10):
        client.get("/")
