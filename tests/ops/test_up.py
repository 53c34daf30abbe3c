"""The whole portal by one command: started, healed, stopped, and started again quickly."""

import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings

from sme_portal.embedded import ports, processes
from sme_portal.running import record

PATIENCE = 240
DATABASE_PORT = 24_000 + os.getpid() % 500
BROKER_PORT = DATABASE_PORT + 500

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600), pytest.mark.xdist_group("embedded")]


class Portal:
    """One `manage.py up` in a directory of its own."""

    def __init__(self, var: Path) -> None:
        self.var = var
        self._keep_off_the_ports_of_others()
        self.output = var.parent / "output"
        self.environment = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DATABASE_URL", "REDIS_URL", "EMAIL_URL"} and "PYTEST" not in name
        } | {
            "VAR_DIR": str(var),
            "PORT": str(ports.first_free(8300)),
            "DEMO_CASES": "6",
            "DJANGO_SETTINGS_MODULE": "sme_portal.settings.development",
            "PYTHONUNBUFFERED": "1",
        }
        self.process: subprocess.Popen[bytes] | None = None

    def _keep_off_the_ports_of_others(self) -> None:
        """Start far from the ports a portal in use takes first."""
        for server, port in [("postgres", DATABASE_PORT), ("broker", BROKER_PORT)]:
            (self.var / server).mkdir(parents=True)
            (self.var / server / "port").write_text(str(port))

    def manage(self, *words: str) -> str:
        done = subprocess.run(
            [sys.executable, "manage.py", *words],
            cwd=settings.BASE_DIR,
            env=self.environment,
            capture_output=True,
            text=True,
            check=False,
        )
        return done.stdout + done.stderr

    def up(self) -> float:
        """Start, wait until it says that it is ready, and give the seconds it names."""
        with self.output.open("wb") as output:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "up"],
                cwd=settings.BASE_DIR,
                env=self.environment,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        assert processes.wait_until(self._has_spoken, PATIENCE, pause=0.2), self.said()
        ready = re.search(r"Ready after ([\d.]+) s", self.said())
        assert ready, self.said()
        return float(ready[1])

    def _has_spoken(self) -> bool:
        ended = self.process is not None and self.process.poll() is not None
        return ended or "Ready after" in self.said()

    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def child(self, name: str) -> int:
        return record.read(self.var).children.get(name, (0, ""))[0]

    def get(self, path: str) -> tuple[int, str]:
        with urllib.request.urlopen(record.read(self.var).url + path, timeout=30) as answer:
            return answer.status, answer.read().decode()

    def interrupt(self) -> int:
        assert self.process is not None
        self.process.send_signal(signal.SIGINT)
        return self.process.wait(60)


@pytest.fixture
def portal(tmp_path: Path) -> Iterator[Portal]:
    portal = Portal(tmp_path / "var")
    yield portal
    if portal.process is not None and portal.process.poll() is None:
        portal.process.kill()
        portal.process.wait()
    portal.manage("down")
    portal.manage("reset")


def test_one_command_brings_the_portal_and_nothing_stops_the_next_start(portal: Portal) -> None:
    portal.up()

    assert portal.get("/readyz")[0] == 200
    assert "小" in portal.get("/")[1]
    assert '<html lang="en"' in portal.get("/en/")[1]
    assert "owner.a@demo.example" in portal.said()
    assert settings.DEMO_PASSWORD in portal.said()

    worker = portal.child("worker")
    os.kill(worker, signal.SIGKILL)
    assert processes.wait_until(lambda: portal.child("worker") not in {worker, 0}, 60)
    assert "worker died (signal 9); starting it again" in portal.said()
    assert "already runs" in portal.manage("up")

    assert portal.process is not None
    left = [pid for pid, _moment in record.read(portal.var).children.values()]
    portal.process.kill()
    portal.process.wait()
    again = portal.up()
    assert not any(processes.is_alive(pid) for pid in left)
    assert "tables (migrate)" not in portal.said(), "a second start makes nothing anew"
    assert again < PATIENCE / 4

    begun = time.monotonic()
    assert portal.interrupt() == 0
    assert time.monotonic() - begun < 60
    assert portal.manage("services", "status").count("does not run") == 2
    assert record.read(portal.var) == record.Running()
