"""Partners and volunteers find their work in the menu and on their account page."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories.accounts import EnterpriseMembershipFactory, UserFactory
from tests.factories.network import OrganisationMembershipFactory
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db
WORK = ("volunteers:me", "volunteers:calendar", "partner_places:index", "manage_network:index")


def links(client: Client, page: str) -> set[str]:
    content = client.get(reverse(page)).content.decode()
    return {name for name in (*WORK, "partner:inbox") if f'href="{reverse(name)}"' in content}


@pytest.mark.parametrize("page", ["a11y", "account:profile"])
def test_each_finds_her_own_work_and_no_other(client: Client, page: str) -> None:
    client.force_login(VolunteerFactory(serving=True).user)
    assert links(client, page) == {"partner:inbox", "volunteers:me", "volunteers:calendar"}

    client.force_login(OrganisationMembershipFactory().user)
    assert links(client, page) == {"partner:inbox", "partner_places:index", "manage_network:index"}

    client.force_login(UserFactory())
    assert links(client, page) == set()


def test_an_owner_who_serves_too_finds_it_on_her_account_page(client: Client) -> None:
    volunteer = VolunteerFactory(serving=True)
    EnterpriseMembershipFactory(user=volunteer.user)
    client.force_login(volunteer.user)

    assert links(client, "a11y") == set()
    assert "volunteers:me" in links(client, "account:profile")
