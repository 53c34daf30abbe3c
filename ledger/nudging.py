"""Asking the workers to look at an entry soon. Only a favour: the relay's sweep finds it anyway."""

import logging
import time

from ledger.tasks import relay_entry

logger = logging.getLogger(__name__)

_QUIET_AFTER_FAILURE_SECONDS = 10.0
_quiet_until = 0.0


def nudge(entry_id: int) -> None:
    """Send the task; never raises, and leaves a broker that is away alone for a while."""
    if time.monotonic() < _quiet_until:
        return
    try:
        relay_entry.apply_async(
            args=(entry_id,), retry=False, ignore_result=True, expires=_QUIET_AFTER_FAILURE_SECONDS
        )
    except Exception as failure:  # noqa: BLE001 - whatever the broker's client raises
        be_quiet_for(_QUIET_AFTER_FAILURE_SECONDS)
        logger.warning("broker not reached, the relay will sweep: %s", type(failure).__name__)


def be_quiet_for(seconds: float) -> None:
    """Send nothing for so long; 0 speaks again."""
    global _quiet_until  # noqa: PLW0603 - one broker per process, one memory of its absence
    _quiet_until = time.monotonic() + seconds
