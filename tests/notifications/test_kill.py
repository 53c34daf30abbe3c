"""Processes that are killed while they send: nothing is lost, and no key gets two Message-IDs."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from django.db import connection

from ledger.models import Delivery, DeliveryState, Entry
from notifications.models import Message
from notifications.services.posting import message_id
from notifications.states import MessageState
from tests.notifications.sink import Sink

Happen = Callable[..., Entry]
pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ROOT = Path(__file__).resolve().parents[2]
STORM = 60
KILLS = 5


def _database_url() -> str:
    known = connection.settings_dict
    user, password = quote(known["USER"]), quote(known["PASSWORD"], safe="")
    host = known["HOST"] or "127.0.0.1"
    return f"postgres://{user}:{password}@{host}:{known['PORT']}/{quote(known['NAME'])}"


class Relay:
    """`manage.py relay` as a process of its own."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.process = self._start()

    def _start(self) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [
                sys.executable,
                "-W",
                "ignore",
                "-m",
                "tests.notifications.relay_process",
                str(self._port),
            ],
            cwd=ROOT,
            env={**os.environ, "DATABASE_URL": _database_url()},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def kill(self) -> None:
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def restart(self) -> None:
        self.process = self._start()

    def stop(self) -> None:
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.kill()


@pytest.fixture
def relays(sink: Sink) -> Iterator[list[Relay]]:
    running = [Relay(sink.port) for _ in range(2)]
    yield running
    for relay in running:
        relay.stop()


def _wait(until: Callable[[], bool], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if until():
            return True
        time.sleep(0.1)
    return until()


def _settled() -> bool:
    owed = Delivery.objects.filter(state=DeliveryState.PENDING).exists()
    return not owed and not Message.objects.filter(state=MessageState.PENDING).exists()


def _trouble(address: str, count: int) -> str:
    if count % 20 == 0:
        return "451 later please"
    if count % 33 == 0:
        return "take_and_cut"
    return "take_and_wait"


def test_killed_relays_lose_nothing_and_make_no_second_message_id(
    happen: Happen, sink: Sink, relays: list[Relay]
) -> None:
    sink.behave(_trouble, hang_seconds=0.05)
    addresses = [f"person{number}@tests.example" for number in range(STORM)]
    for address in addresses:
        happen(emails=[address])

    assert _wait(lambda: bool(sink.taken), 30), "the relay did not start"
    for turn in range(KILLS):
        time.sleep(0.35)
        relays[turn % 2].kill()
        relays[turn % 2].restart()
    sink.behave(lambda address, count: "take")

    assert _wait(_settled, 60)
    taken = sink.taken
    assert {mail.recipients[0] for mail in taken} == set(addresses)
    ids: dict[str, set[str]] = {}
    for mail in taken:
        ids.setdefault(mail.key, set()).add(mail.message_id)
    assert len(ids) == STORM
    assert all(seen == {message_id(key)} for key, seen in ids.items())
    repeated = sum(Counter(mail.key for mail in taken).values()) - STORM
    assert repeated <= KILLS + STORM // 33 + 2
    assert Message.objects.filter(state=MessageState.SENT).count() == STORM


def test_a_relay_killed_between_taking_and_commit_repeats_the_same_mail(
    happen: Happen, sink: Sink, relays: list[Relay]
) -> None:
    relays.pop().stop()
    sink.behave(lambda address, count: "take_and_wait" if count == 1 else "take", hang_seconds=30)
    happen(emails=["guest@tests.example"])

    assert _wait(lambda: len(sink.taken) == 1, 30)
    relays[0].kill()
    assert Message.objects.get().state == MessageState.PENDING
    relays[0].restart()

    assert _wait(_settled, 30)
    assert [mail.message_id for mail in sink.taken] == [message_id(Message.objects.get().key)] * 2
