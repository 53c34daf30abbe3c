import time
from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from ledger.models import Entry
from ledger.relay import relay_due
from notifications import nudging, subscribers
from notifications.models import Message
from sme_portal.celery import app

Happen = Callable[..., Entry]


@pytest.fixture
def no_broker() -> Any:
    kept = app.conf.broker_url
    app.conf.broker_url = "redis://127.0.0.1:9/0"
    nudging._quiet.until = 0.0
    yield
    app.conf.broker_url = kept
    nudging._quiet.until = 0.0


@pytest.mark.django_db(transaction=True)
def test_an_absent_broker_costs_neither_the_message_nor_time(
    happen: Happen, no_broker: None
) -> None:
    begun = time.monotonic()
    with transaction.atomic():
        subscribers.announce(happen(emails=["guest@tests.example"]))

    assert time.monotonic() - begun < 2
    assert Message.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_the_subscriber_hears_through_the_relay(happen: Happen) -> None:
    happen(emails=["guest@tests.example"])

    relay_due()
    relay_due()

    assert Message.objects.count() == 1
