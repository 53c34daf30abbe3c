"""Asking the workers to look soon. Only a favour: the relay's sweep finds every entry anyway.

A worker that looks hands over all that is due, so one that acts often asks a few times a second,
not for each act: what comes right after is found by the same look or by the next sweep.
"""

import contextlib
import logging
import threading
import time
from typing import Any, Final

from ledger.tasks import relay_soon

logger = logging.getLogger(__name__)

_QUIET_AFTER_FAILURE_SECONDS = 10.0
_QUIET_AFTER_ASKING_SECONDS = 0.25
_IMPATIENT: Final = {"socket_timeout": 0.4, "socket_connect_timeout": 0.4, "max_retries": 0}
_quiet_until = 0.0
_kept = threading.local()


def nudge() -> None:
    """Send the task; never raises, and leaves a broker that is away alone for a while."""
    if is_quiet():
        return
    try:
        relay_soon.apply_async(  # type: ignore[call-arg]
            connection=_connection(),
            retry=False,
            ignore_result=True,
            expires=_QUIET_AFTER_FAILURE_SECONDS,
        )
        be_quiet_for(_QUIET_AFTER_ASKING_SECONDS)
    except Exception as failure:  # noqa: BLE001 - whatever the broker's client raises
        _drop_connection()
        be_quiet_for(_QUIET_AFTER_FAILURE_SECONDS)
        logger.warning("broker not reached, the relay will sweep: %s", type(failure).__name__)


def is_quiet() -> bool:
    return time.monotonic() < _quiet_until


def be_quiet_for(seconds: float) -> None:
    """Send nothing for so long; 0 speaks again."""
    global _quiet_until  # noqa: PLW0603 - one broker per process, one memory of its absence
    _quiet_until = time.monotonic() + seconds


def _connection() -> Any:
    """One connection a thread of our own: the shared ones wait for a frozen broker for seconds."""
    if not hasattr(_kept, "connection"):
        app = relay_soon.app
        _kept.connection = app.connection_for_write(
            transport_options={**app.conf.broker_transport_options, **_IMPATIENT}
        )
    return _kept.connection


def _drop_connection() -> None:
    connection = vars(_kept).pop("connection", None)
    if connection is not None:
        with contextlib.suppress(Exception):
            connection.collect(socket_timeout=_IMPATIENT["socket_timeout"])
