"""Sweep what is due, without the broker: relay the ledger, send messages, write digests, seal entries."""

import logging
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, close_old_connections
from redis.exceptions import RedisError

from assistance.services.scanning import scan_pending
from assistance.services.sweeping import sweep_due
from knowledge.services.announcement_digests import write_due
from knowledge.services.announcement_publishing import look_due
from ledger.relay import relay_due
from ledger.sealing import seal_due
from notifications.services.delivery import deliver_due
from notifications.services.digest import gather_due
from sme_portal import beats

logger = logging.getLogger(__name__)

PAUSE = 1.0
PAUSE_AFTER_FAILURE = 5.0
BETWEEN_BEATS = 5.0
# What is swept, and how many seconds pass at least between two looks.
ROUNDS: tuple[tuple[Callable[[], int], float], ...] = (
    (relay_due, 0.0),
    (deliver_due, 0.0),
    (seal_due, 5.0),
    (gather_due, 60.0),
    (sweep_due, 300.0),
    (scan_pending, 30.0),
    (look_due, 60.0),
    (write_due, 60.0),
)


class Command(BaseCommand):
    """Runs until SIGTERM; may run many times at once, on many machines."""

    help = "Relay the ledger and send what waits, every second, without needing the broker."
    rounds = ROUNDS

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("--once", action="store_true", help="look once at everything and end")

    def handle(self, *args: Any, once: bool, **options: Any) -> None:
        self.stopping = threading.Event()
        self.looked: dict[str, float] = {}
        self.beaten = 0.0
        if once:
            self._round()
            return
        for sign in (signal.SIGTERM, signal.SIGINT):
            signal.signal(sign, self._stop)
        while not self.stopping.is_set():
            self._beat()
            found = self._round()
            pause = {True: 0.0, False: PAUSE, None: PAUSE_AFTER_FAILURE}[found]
            self.stopping.wait(pause)

    def _stop(self, sign: int, frame: object) -> None:
        self.stopping.set()

    def _round(self) -> bool | None:
        """Look at everything that is due: did it find work, or (None) did it fail?"""
        found = False
        close_old_connections()
        for sweep, pause in self.rounds:
            if (
                self.stopping.is_set()
                or time.monotonic() - self.looked.get(sweep.__name__, -1e9) < pause
            ):
                continue
            try:
                found = bool(sweep()) or found
            except DatabaseError:
                logger.exception("relay_round_failed", extra={"sweep": sweep.__name__})
                close_old_connections()
                return None
            except Exception:
                # One kind of work that fails keeps nobody from the others, nor from their mail.
                logger.exception("relay_round_failed", extra={"sweep": sweep.__name__})
            self.looked[sweep.__name__] = time.monotonic()
        return found

    def _beat(self) -> None:
        """Say that the relay is alive; a cache that is away is no reason to stop."""
        if time.monotonic() - self.beaten < BETWEEN_BEATS:
            return
        self.beaten = time.monotonic()
        try:
            beats.mark("relay")
        except (RedisError, OSError):
            logger.warning("relay_beat_not_kept")
