"""What the transaction of an act costs by itself: its statements, sent by the driver alone.

The act is done once and undone, and what it sent inside its transaction is sent again without the
portal and kept: the same rows, indexes and constraints. No request can cost less than that.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from statistics import median
from typing import Any

from django.core import signals
from django.db import close_old_connections, connection, transaction

from bench.driving import Application, Call, Sample, run_time, send

Statements = list[tuple[str, Any]]


def measure_bare(application: Application, call: Call, times: int, backend: int) -> Sample:
    """Send the statements of so many transactions; composing and undoing them is left out."""
    app: list[float] = []
    database: list[float] = []
    walls: list[float] = []
    for _ in range(times):
        statements = _sent_inside(application, call)
        before, wall, cpu = run_time(backend), time.perf_counter(), time.process_time()
        _send(statements)
        app.append((time.process_time() - cpu) * 1000)
        walls.append((time.perf_counter() - wall) * 1000)
        database.append((run_time(backend) - before) * 1000)
    return Sample(median(app), median(database), walls)


def _sent_inside(application: Application, call: Call) -> Statements:
    sent: Statements = []

    def note(execute: Any, sql: str, params: Any, many: Any, context: Any) -> Any:
        sent.append((sql, params))
        return execute(sql, params, many, context)

    fields = call.before() if call.before else {}
    with _one_connection(), transaction.atomic(), connection.execute_wrapper(note):
        send(application, replace(call, before=partial(dict, fields)))
        transaction.set_rollback(True)
    begun = next(nth for nth, (sql, _) in enumerate(sent) if sql.startswith("SAVEPOINT"))
    return [one for one in sent[begun:] if not one[0].startswith(("SAVEPOINT", "RELEASE"))]


@contextmanager
def _one_connection() -> Iterator[None]:
    """Keep the connection over the end of a request, which would undo the act."""
    for signal in (signals.request_started, signals.request_finished):
        signal.disconnect(close_old_connections)
    try:
        yield
    finally:
        for signal in (signals.request_started, signals.request_finished):
            signal.connect(close_old_connections)


def _send(statements: Statements) -> None:
    driver: Any = connection.connection
    driver.autocommit = False
    with driver.cursor() as cursor:
        for sql, params in statements:
            cursor.execute(sql, params)
            if cursor.description:
                cursor.fetchall()
    driver.commit()
    driver.autocommit = True
