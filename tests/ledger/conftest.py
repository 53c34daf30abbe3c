from collections.abc import Iterator

import pytest

from foundation.models import ReferenceSerial
from ledger import nudging, subscriptions


@pytest.fixture
def subject() -> ReferenceSerial:
    """Some row that things happen to."""
    return ReferenceSerial.objects.create(letter="T", year=115, month=8, last=1)


@pytest.fixture(autouse=True)
def _own_subscribers(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Subscribers that a test registers are gone after it, and no broker is asked."""
    monkeypatch.setattr(subscriptions, "_by_event", {})
    nudging.be_quiet_for(600)
    yield
    nudging.be_quiet_for(0)
