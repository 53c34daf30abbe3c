"""Scratch servers, scratch databases, measured processes, and load from eight clients."""

import contextlib
import http
import http.client
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg2

from bench.driving import quantile
from sme_portal.embedded import ports
from sme_portal.embedded.broker import EmbeddedBroker
from sme_portal.embedded.postgres import EmbeddedPostgres
from sme_portal.settings.environment import BASE_DIR, VAR_DIR

HOME = VAR_DIR / "bench"
BASE = "bench_base"
CLIENTS = 8
WORKERS = 2
# Served with the portal's own configuration, but for the kind of worker.
OWN_SETTINGS = ("sme_portal.wsgi",)
PATIENCE = 60.0


class BenchError(RuntimeError):
    """A measured process ended or a server did not answer; its log says why."""


@dataclass(frozen=True)
class Servers:
    postgres: str
    broker: str

    def database(self, name: str) -> str:
        return f"{self.postgres.rsplit('/', 1)[0]}/{name}"

    def environment(self, database: str) -> dict[str, str]:
        return {
            **os.environ,
            "DATABASE_URL": self.database(database),
            "REDIS_URL": self.broker,
            "DATABASE_STATEMENT_TIMEOUT_MS": "0",
            "DEBUG": "0",
            "LOG_FORMAT": "json",
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "PYTHONPATH": str(BASE_DIR),
            "VAR_DIR": str(HOME / "var"),
        }


@contextlib.contextmanager
def servers(*, keep: bool = False) -> Iterator[Servers]:
    """Servers of the bench's own, durable like those of a real run; gone afterwards, or kept."""
    postgres, broker = EmbeddedPostgres(HOME), EmbeddedBroker(HOME)
    shutil.rmtree(HOME / "logs", ignore_errors=True)
    (HOME / "logs").mkdir(parents=True)
    try:
        yield Servers(postgres.start(), broker.start())
    finally:
        if not keep:
            postgres.remove()
            broker.remove()


def make_base(servers: Servers) -> None:
    """The tables, reference data and a demonstration, once for all sizes."""
    make_database(servers, BASE)
    collect = ("collectstatic", "--noinput", "--verbosity", "0")
    for command in (("migrate", "--verbosity", "0"), ("seed_reference",), ("seed_demo",), collect):
        manage(servers.environment(BASE), *command)


def make_database(servers: Servers, name: str, template: str = "template0") -> None:
    """A database of that name, unless an earlier run kept it."""
    if not execute(servers, f"SELECT 1 FROM pg_database WHERE datname = '{name}'"):  # noqa: S608
        execute(servers, f"CREATE DATABASE {name} TEMPLATE {template}")


def manage(environment: dict[str, str], *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode != 0:
        raise BenchError(f"{' '.join(command)}: {done.stderr[-2000:]}")


def execute(servers: Servers, statement: str) -> list[Any]:
    connection = psycopg2.connect(servers.postgres)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        found: list[Any] = cursor.fetchall() if cursor.description else []
    connection.close()
    return found


class Measured:
    """A process that measures itself when it is told to."""

    def __init__(self, servers: Servers, module: str, database: str, size: int) -> None:
        self.environment = servers.environment(database)
        self._log = HOME / "logs" / f"{database}.log"
        self._process = subprocess.Popen(
            [sys.executable, "-m", module, str(size)],
            cwd=BASE_DIR,
            env=self.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._log.open("w"),
            text=True,
        )
        self.facts = self._hear()

    def ask(self, **words: Any) -> dict[str, Any]:
        if self._process.stdin is None:
            raise BenchError("the process cannot be spoken to")
        self._process.stdin.write(json.dumps(words) + "\n")
        self._process.stdin.flush()
        return self._hear()

    def _hear(self) -> dict[str, Any]:
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line.startswith("{"):
            raise BenchError(f"a measured process ended: {self._log.read_text()[-3000:]}")
        heard: dict[str, Any] = json.loads(line)
        return heard

    def end(self) -> None:
        self._process.terminate()
        self._process.wait(timeout=PATIENCE)


@dataclass(frozen=True)
class Load:
    """What eight clients at once got, and what the workers held in memory afterwards."""

    per_second: float
    p50: float
    p95: float
    memory_mib: float
    failed: int


@contextlib.contextmanager
def web(application: str, environment: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Run gunicorn with two sync workers; yields its port and its process."""
    port = ports.first_free(18_800)
    log = (HOME / "logs" / f"web-{application}.log").open("w")
    process = subprocess.Popen(
        [
            *[sys.executable, "-m", "gunicorn", application, "--workers", str(WORKERS)],
            *["--bind", f"127.0.0.1:{port}", "--preload", "--log-level", "warning"],
            *(["--config", "python:sme_portal.web"] if application in OWN_SETTINGS else []),
            *["--worker-class", "sync", "--threads", "1"],
        ],
        cwd=BASE_DIR,
        env=environment,
        stdout=log,
        stderr=log,
    )
    try:
        _wait_for(port)
        yield port, process.pid
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(timeout=PATIENCE)


def _wait_for(port: int) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        with contextlib.suppress(OSError):
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/nothing-here/")
            connection.getresponse().read()
            return
        time.sleep(0.2)
    raise BenchError("gunicorn does not answer")


def load(port: int, master: int, path: str, cookies: dict[str, str], seconds: float) -> Load:
    """Ask for a page from eight clients for so many seconds."""
    walls: list[float] = []
    failed: list[int] = []
    until = time.monotonic() + seconds
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Host": "localhost",
        "Accept-Encoding": "gzip",
        "Accept-Language": "zh-TW",
    }

    def client() -> None:
        while time.monotonic() < until:
            begun = time.perf_counter()
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
            connection.request("GET", path, headers=headers)
            answer = connection.getresponse()
            answer.read()
            connection.close()
            if answer.status == http.HTTPStatus.OK:
                walls.append((time.perf_counter() - begun) * 1000)
            else:
                failed.append(answer.status)

    threads = [threading.Thread(target=client) for _ in range(CLIENTS)]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    took = time.monotonic() - begun
    return Load(
        len(walls) / took, quantile(walls, 0.5), quantile(walls, 0.95), memory(master), len(failed)
    )


def memory(master: int) -> float:
    """The proportional memory of gunicorn's workers, in MiB."""
    workers = Path(f"/proc/{master}/task/{master}/children").read_text().split()
    total = 0
    for pid in workers:
        found = re.search(
            r"^Pss:\s+(\d+) kB", Path(f"/proc/{pid}/smaps_rollup").read_text(), re.MULTILINE
        )
        total += int(found.group(1)) if found else 0
    return total / 1024
