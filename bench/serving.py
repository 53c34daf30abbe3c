"""A process that is measured: it makes its data, then does as it is told, one line at a time.

`{"do": "measure", "scene": "queue", "times": 30}` → one line of JSON.
"""

import json
import sys
from collections.abc import Callable
from typing import Any

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.bare import measure_bare
from bench.driving import Call, measure, send

WARM_UP = 3


def serve(
    scenes: dict[str, Call],
    facts: dict[str, Any],
    more: dict[str, Callable[..., Any]] | None = None,
) -> None:
    """Answer until told to end; `more` is what this process can do besides."""
    application = get_wsgi_application()
    # One connection for good: its backend's clock is read before and after each request.
    connection.settings_dict["CONN_MAX_AGE"] = None
    connection.close()
    for call in scenes.values():
        for _ in range(WARM_UP):
            send(application, call)
    _say({"scenes": list(scenes), **facts})
    acts: dict[str, Callable[..., Any]] = {
        "measure": lambda scene, times: measure(
            application, scenes[scene], times, backend()
        ).told(),
        "bare": lambda scene, times: measure_bare(
            application, scenes[scene], times, backend()
        ).told(),
        "queries": lambda scene: _queries(application, scenes[scene]),
        "cookies": lambda scene: {
            "path": scenes[scene].path,
            "cookies": scenes[scene].cookies,
        },
        **(more or {}),
    }
    for line in sys.stdin:
        asked = json.loads(line)
        act = asked.pop("do")
        if act == "end":
            return
        _say(acts[act](**asked))


def backend() -> int:
    """The process of PostgreSQL that serves this one."""
    connection.ensure_connection()
    return int(connection.connection.info.backend_pid)


def _queries(application: Any, call: Call) -> dict[str, Any]:
    """Count the queries of a request; what is read once a minute is read by one before it."""
    measure(application, call, 1, backend())
    fields = call.before() if call.before else None
    ready = Call(
        call.path, call.cookies, (lambda: fields or {}) if call.before else None, call.expects
    )
    with CaptureQueriesContext(connection) as caught:
        _wall, _cpu, body = send(application, ready)
    told = [query["sql"] for query in caught.captured_queries]
    acts = [sql for sql in told if not sql.startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))]
    return {"queries": len(acts), "with_savepoints": len(told), "bytes": len(body), "sql": acts}


def _say(words: Any) -> None:
    sys.stdout.write(json.dumps(words) + "\n")
    sys.stdout.flush()
