"""Asking the workers to send soon. Only a favour: the relay sends what is due anyway."""

import logging
import threading
import time

from django.db import transaction

from notifications.tasks import deliver_messages

logger = logging.getLogger(__name__)

_QUIET_AFTER_FAILURE_SECONDS = 10.0
_quiet = threading.local()


def nudge_on_commit() -> None:
    """Ask once the messages are committed; never raises."""
    transaction.on_commit(nudge, robust=True)


def nudge() -> None:
    """Send the task, and leave a broker that is away alone for a while."""
    if time.monotonic() < getattr(_quiet, "until", 0.0):
        return
    try:
        deliver_messages.apply_async(
            retry=False, ignore_result=True, expires=_QUIET_AFTER_FAILURE_SECONDS
        )
    except Exception as failure:  # noqa: BLE001 - whatever the broker's client raises
        _quiet.until = time.monotonic() + _QUIET_AFTER_FAILURE_SECONDS
        logger.warning("broker not reached, the relay will send: %s", type(failure).__name__)
