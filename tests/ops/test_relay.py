"""The relay sweeps the ledger and the outbox without the broker, says that it lives, and ends when asked."""

import os
import signal
import subprocess
import sys
from typing import Any

import pytest
from django.conf import settings
from django.core import mail
from django.core.management import call_command
from django.db import connection, transaction

from ledger.models import Delivery, DeliveryState, Seal
from ledger.recording import record
from notifications.states import MessageState
from sme_portal.embedded import processes
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory


@pytest.mark.django_db(transaction=True)
def test_one_look_hands_over_entries_sends_messages_and_seals(settings: Any) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    message = MessageFactory()
    user = UserFactory()
    with transaction.atomic():
        entry = record("tests.swept", subject=user, actor_id=None)

    call_command("relay", "--once")

    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert len(mail.outbox) == 1
    assert not Delivery.objects.filter(entry=entry, state=DeliveryState.PENDING).exists()
    assert Seal.objects.filter(entry=entry).exists()


@pytest.mark.django_db(transaction=True)
def test_the_relay_ends_by_itself_when_asked() -> None:
    database = connection.settings_dict
    address = (
        f"postgres://{database['USER']}:{database['PASSWORD']}"
        f"@{database['HOST']}:{database['PORT']}/{database['NAME']}"
    )
    relay = subprocess.Popen(
        [sys.executable, "manage.py", "relay"],
        cwd=settings.BASE_DIR,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "sme_portal.settings.development",
            "DATABASE_URL": address,
            "REDIS_URL": "redis://127.0.0.1:1/0",
            "EMAIL_URL": "memorymail://",
        },
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    try:
        message = MessageFactory()

        def is_sent() -> bool:
            message.refresh_from_db()
            return bool(message.state == MessageState.SENT)

        assert processes.wait_until(is_sent, 60, pause=0.2), "nothing was sent without the broker"
        relay.send_signal(signal.SIGTERM)
        said = relay.communicate(timeout=30)[1].decode()
        assert relay.returncode == 0, said
    finally:
        if relay.poll() is None:
            relay.kill()
            relay.communicate()
