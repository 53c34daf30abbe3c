from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.db import transaction

from ledger.models import Entry
from ledger.recording import record
from notifications import registry
from tests.factories.accounts import UserFactory
from tests.notifications.kinds import HAPPENED, Sample, Urgent
from tests.notifications.sink import Sink


@pytest.fixture(autouse=True)
def _sample_kinds() -> Iterator[None]:
    """The tests' own kinds are known while a test runs, and to no test elsewhere."""
    registry.notification(Sample)
    registry.notification(Urgent)
    yield
    for kind in (Sample, Urgent):
        registry._types.pop(kind.kind)


@pytest.fixture
def happen(db: None) -> Callable[..., Entry]:
    """Record that something happened, to be told to users (ids) and addresses."""

    def _happen(event: str = HAPPENED, **facts: Any) -> Entry:
        with transaction.atomic():
            return record(event, subject=UserFactory(), actor_id=None, facts=facts)

    return _happen


@pytest.fixture
def sink() -> Iterator[Sink]:
    """A mail server of our own on the loopback that can be told to misbehave."""
    server = Sink()
    server.start()
    yield server
    server.stop()


@pytest.fixture
def smtp(sink: Sink, settings: Any) -> Sink:
    """The portal sends to the sink."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", sink.port
    settings.EMAIL_HOST_USER = settings.EMAIL_HOST_PASSWORD = ""
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
    settings.EMAIL_TIMEOUT = 2
    return sink
