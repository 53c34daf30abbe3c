"""An owner and her enterprise, as most tests of accounts need them."""

import pytest

from accounts.models import Enterprise, User
from tests.factories.accounts import EnterpriseFactory, UserFactory


@pytest.fixture
def owner() -> User:
    return UserFactory(name="王示範")


@pytest.fixture
def enterprise(owner: User) -> Enterprise:
    return EnterpriseFactory(owner=owner, name_zh="示範甲木業有限公司")


@pytest.fixture
def as_owner(client, owner):
    client.force_login(owner)
    return client
