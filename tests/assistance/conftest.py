"""What the tests of asking and of the catalogue stand on."""

import pytest

from accounts.models import Enterprise, User
from accounts.roles import Role
from sme_portal.seeds.reference import seed_reference
from tests.assistance import asking
from tests.assistance.desk import officer
from tests.factories.accounts import EnterpriseFactory, UserFactory


@pytest.fixture
def owner() -> User:
    return UserFactory(name="林雅雯")


@pytest.fixture
def enterprise(owner: User) -> Enterprise:
    return EnterpriseFactory(
        owner=owner, name_zh="示範木業有限公司", industry="C", county="nantou"
    )


@pytest.fixture
def two_systems(db: None) -> None:
    """A catalogue just large enough to ask in."""
    asking.catalogue()


@pytest.fixture
def catalogue(db: None) -> None:
    """All eleven systems, their agencies and the calendar."""
    seed_reference()


@pytest.fixture
def admin_client_of_coordinator(client, catalogue):
    client.force_login(officer(Role.ADMINISTRATOR))
    return client
