"""Call a WSGI application request by request and read the processor's own clocks.

Seconds on the wall depend on who else uses the machine; CPU time hardly does. The application's
is `time.process_time`, PostgreSQL's the time its one backend has run (/proc/<pid>/schedstat).
"""

import io
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from urllib.parse import urlencode

Application = Callable[..., Iterable[bytes]]
TOKEN = "b" * 32


@dataclass(frozen=True)
class Call:
    """One request; `before` prepares it and is not measured, and may give the fields to post."""

    path: str
    cookies: dict[str, str] = field(default_factory=dict)
    before: Callable[[], dict[str, str]] | None = None
    expects: int = 200


@dataclass
class Sample:
    """What the median request of a block cost, in milliseconds."""

    app: float
    database: float
    walls: list[float]

    def told(self) -> dict[str, Any]:
        return {"app": self.app, "database": self.database, "walls": self.walls}


def environ(call: Call, fields: dict[str, str] | None) -> dict[str, Any]:
    path, _, query = call.path.partition("?")
    body = urlencode({"csrfmiddlewaretoken": TOKEN, **fields}).encode() if fields else b""
    return {
        "REQUEST_METHOD": "POST" if fields is not None else "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SCRIPT_NAME": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "HTTP_USER_AGENT": "bench",
        "HTTP_ACCEPT_ENCODING": "gzip",
        "HTTP_ACCEPT_LANGUAGE": "zh-TW",
        "HTTP_COOKIE": "; ".join(f"{name}={value}" for name, value in call.cookies.items()),
        "CONTENT_TYPE": "application/x-www-form-urlencoded",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
        "wsgi.url_scheme": "http",
        "wsgi.version": (1, 0),
        "wsgi.multithread": False,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


def send(application: Application, call: Call) -> tuple[float, float, bytes]:
    """Send one request; return its time on the wall, its CPU time and what came back."""
    fields = call.before() if call.before else None
    asked = environ(call, fields)
    answered: list[str] = []
    wall, cpu = time.perf_counter(), time.process_time()
    response = application(asked, lambda status, _headers, _error=None: answered.append(status))
    body = b"".join(response)
    if hasattr(response, "close"):
        response.close()
    spent, taken = time.process_time() - cpu, time.perf_counter() - wall
    if int(answered[0].split()[0]) != call.expects:
        raise RuntimeError(f"{call.path}: {answered[0]}, {call.expects} expected")
    return taken, spent, body


def _given(fields: dict[str, str]) -> dict[str, str]:
    return fields


def measure(application: Application, call: Call, times: int, backend: int) -> Sample:
    """Send one request many times; preparing it is left out of both clocks."""
    walls: list[float] = []
    app: list[float] = []
    database: list[float] = []
    for _ in range(times):
        fields = call.before() if call.before else None
        ready = replace(call, before=partial(_given, fields) if fields is not None else None)
        before = run_time(backend)
        taken, spent, _body = send(application, ready)
        database.append((run_time(backend) - before) * 1000)
        walls.append(taken * 1000)
        app.append(spent * 1000)
    return Sample(median(app), median(database), walls)


def run_time(pid: int) -> float:
    """Seconds that a process has been on a processor."""
    return int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) / 1e9


def quantile(values: Iterable[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0
