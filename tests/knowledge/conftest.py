"""What the tests of questions stand on: one agency, who writes for it, who approves."""

import pytest

from accounts.models import Agency, User
from tests.factories.accounts import AgencyFactory
from tests.knowledge import editing


@pytest.fixture
def agency(db: None) -> Agency:
    return AgencyFactory()


@pytest.fixture
def editor(agency: Agency) -> User:
    return editing.editor(agency)


@pytest.fixture
def approver(agency: Agency) -> User:
    return editing.approver(agency)
