"""The portal's own processes: started, watched, restarted when they die, stopped together."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from sme_portal.embedded import processes
from sme_portal.running import record

LARGEST_LOG = 20 * 1024 * 1024
LONGEST_PAUSE = 30.0
STEADY_AFTER = 60.0
PR_SET_PDEATHSIG = 1


def commands(host: str, port: int) -> dict[str, list[str]]:
    """What runs, by name."""
    python = sys.executable
    celery = [python, "-m", "celery", "--app", "sme_portal", "--quiet"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return {
        "web": [
            *[python, "-m", "gunicorn", "sme_portal.wsgi", "--config", "python:sme_portal.web"],
            *["--bind", f"{host}:{port}"],
        ],
        "worker": [*celery, "worker", "--loglevel", "INFO", "--concurrency", "2", *quiet],
        "beat": [
            *[*celery, "beat", "--loglevel", "WARNING", "--pidfile", ""],
            *["--scheduler", "celery.beat:Scheduler"],
        ],
        "relay": [python, "manage.py", "relay"],
    }


def _die_with_the_watcher() -> None:
    """Ask the kernel to end this child when its watcher ends, however that happens."""
    try:
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
    except (OSError, AttributeError):
        return


@dataclass
class Child:
    """One process of the portal."""

    name: str
    command: list[str]
    process: subprocess.Popen[bytes] | None = None
    moment: str = ""
    began: float = 0.0
    failures: int = 0
    not_before: float = 0.0


@dataclass
class Children:
    """All processes of one run."""

    base: Path
    logs: Path
    environment: Mapping[str, str]
    say: Callable[[str], None]
    all: dict[str, Child] = field(default_factory=dict)

    def start(self, name: str, command: list[str]) -> None:
        """Start a process, its output in a log of its own."""
        child = self.all.setdefault(name, Child(name, command))
        self.logs.mkdir(parents=True, exist_ok=True)
        log = self.logs / f"{name}.log"
        mode = "wb" if log.exists() and log.stat().st_size > LARGEST_LOG else "ab"
        with log.open(mode) as output:
            child.process = subprocess.Popen(
                child.command,
                cwd=self.base,
                env={**os.environ, **self.environment},
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_die_with_the_watcher,  # noqa: PLW1509 (one thread, and only prctl)
            )
        child.moment = processes.started_at(child.process.pid)
        child.began = time.monotonic()

    def watch(self) -> bool:
        """Restart what has died; says whether anything changed."""
        changed = False
        for child in self.all.values():
            if child.process is None:
                changed = self._again(child) or changed
            elif child.process.poll() is not None:
                self._bury(child)
                changed = True
        return changed

    def _bury(self, child: Child) -> None:
        """Note a death: clear the rest of its group, and wait longer each time it dies young."""
        if child.process is None:
            return
        how = child.process.returncode
        record.end_group(child.process.pid, gently_for=2)
        steady = time.monotonic() - child.began > STEADY_AFTER
        child.failures = 0 if steady else child.failures + 1
        pause = min(2.0 ** (child.failures - 1), LONGEST_PAUSE) if child.failures > 1 else 0.0
        child.not_before = time.monotonic() + pause
        child.process = None
        why = f"signal {-how}" if how < 0 else f"exit code {how}"
        self.say(f"{child.name} died ({why}); starting it again")
        if how > 0 and (last := _last_line(self.logs / f"{child.name}.log")):
            self.say(f"  its last words: {last}")

    def _again(self, child: Child) -> bool:
        if time.monotonic() < child.not_before:
            return False
        self.start(child.name, child.command)
        return True

    def living(self) -> dict[str, tuple[int, str]]:
        """Name, pid and starting moment of what runs."""
        return {
            child.name: (child.process.pid, child.moment)
            for child in self.all.values()
            if child.process is not None
        }

    def stop(self, patience: float = 12.0) -> None:
        """Ask all to end at once, wait, then end the rest."""
        living = [child.process for child in self.all.values() if child.process is not None]
        for process in living:
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + patience
        for process in living:
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                self.say(f"process {process.pid} does not end by itself; ending it")
            record.end_group(process.pid, gently_for=0.5)
            process.poll()


def _last_line(log: Path) -> str:
    try:
        with log.open("rb") as file:
            file.seek(max(0, log.stat().st_size - 2000))
            lines = file.read().decode(errors="replace").strip().splitlines()
    except OSError:
        return ""
    return lines[-1][:300] if lines else ""
