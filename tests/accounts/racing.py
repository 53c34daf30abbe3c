"""Letting several acts start at the same moment, each on a database connection of its own."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Barrier
from time import sleep
from typing import Any

from django.db import connection, transaction

from foundation.errors import DomainError


def race(*acts: Callable[[], Any]) -> list[Any]:
    """The result of each act, or the DomainError it raised."""
    start = Barrier(len(acts))

    def run(act: Callable[[], Any]) -> Any:
        try:
            start.wait(timeout=10)
            return act()
        except DomainError as refusal:
            return refusal
        finally:
            connection.close()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(run, acts))


def behind(
    first: Callable[[], Any], second: Callable[[], Any], then: Callable[[], Any] | None = None
) -> Any:
    """What `second` gives when it comes while `first` is done and not committed yet.

    `then` is done after it has come, in the transaction of `first`.
    """
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first()
            waiting = pool.submit(_on_its_own_connection, second)
            _until_it_waits(waiting)
            if then is not None:
                then()
        return waiting.result(timeout=20)


def _on_its_own_connection(act: Callable[[], Any]) -> Any:
    try:
        return act()
    finally:
        connection.close()


def _until_it_waits(waiting: Future[Any]) -> None:
    """Until another connection waits for a lock, or the act is done without waiting for one."""
    with connection.cursor() as cursor:
        for _ in range(200):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity"
                " WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            if cursor.fetchone()[0] or waiting.done():
                return
            sleep(0.02)
