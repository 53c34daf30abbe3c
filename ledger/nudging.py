"""Asking the workers to look at an entry soon. Only a favour: the relay's sweep finds it anyway."""

import logging
import threading
import time

from ledger.tasks import relay_entry

logger = logging.getLogger(__name__)

_QUIET_AFTER_FAILURE_SECONDS = 10.0
_quiet = threading.local()


def nudge(entry_id: int) -> None:
    """Send the task; never raises, and leaves a broker that is away alone for a while."""
    if time.monotonic() < getattr(_quiet, "until", 0.0):
        return
    try:
        relay_entry.apply_async(
            args=[entry_id], retry=False, ignore_result=True, expires=_QUIET_AFTER_FAILURE_SECONDS
        )
    except Exception as failure:  # noqa: BLE001 - whatever the broker's client raises
        _quiet.until = time.monotonic() + _QUIET_AFTER_FAILURE_SECONDS
        logger.warning("broker not reached, the relay will sweep: %s", type(failure).__name__)
