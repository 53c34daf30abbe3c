"""What runs, written down so that the next start finds what a kill left behind."""

import contextlib
import fcntl
import json
import os
import signal
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from sme_portal.embedded import places, processes


@dataclass
class Running:
    """One run of the portal: the process that watches, its children, the servers it started."""

    pid: int = 0
    moment: str = ""
    url: str = ""
    children: dict[str, tuple[int, str]] = field(default_factory=dict)
    owns: list[str] = field(default_factory=list)

    def is_alive(self) -> bool:
        return same_process(self.pid, self.moment)


def same_process(pid: int, moment: str) -> bool:
    """Whether this pid still means the process that started at that moment."""
    return bool(pid) and processes.is_alive(pid) and processes.started_at(pid) == moment


def read(var: Path) -> Running:
    """The last run written down, or an empty one."""
    try:
        kept = json.loads((var / "up.json").read_text())
        kept["children"] = {name: tuple(child) for name, child in kept["children"].items()}
        return Running(**kept)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return Running()


def write(var: Path, running: Running) -> None:
    """Write the run down, whole or not at all."""
    places.write(var / "up.json", json.dumps(asdict(running)))


def forget(var: Path) -> None:
    """Nothing runs any more."""
    (var / "up.json").unlink(missing_ok=True)


@contextlib.contextmanager
def only_one(var: Path) -> Iterator[bool]:
    """Hold the place of the one watching process; says whether it was free. The kernel frees it after a kill."""
    var.mkdir(parents=True, exist_ok=True)
    with (var / "up.lock").open("w") as lock:
        yield _taken(lock)


def _taken(lock: IO[str]) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def end_group(leader: int, *, gently_for: float) -> None:
    """End a child and all it started: children lead a group of their own."""
    for sign, patience in ((signal.SIGTERM, gently_for), (signal.SIGKILL, 5.0)):
        if not members(leader):
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.kill(leader, sign) if sign == signal.SIGTERM else os.killpg(leader, sign)
        processes.wait_until(lambda: not members(leader), patience)


def members(leader: int) -> list[int]:
    """The living processes of a group."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            words = (entry / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        if int(words[2]) == leader and words[0] not in {"Z", "X"}:
            found.append(int(entry.name))
    return found


def end_leftovers(running: Running, base: Path) -> list[str]:
    """End the children of a run whose watcher was killed, and name them; strangers are left alone."""
    ended = []
    for name, (pid, _moment) in running.children.items():
        ours = [one for one in members(pid) if str(base) in processes.command_line(one)]
        if ours or (same_process(pid, _moment)):
            end_group(pid, gently_for=5)
            ended.append(name)
    return ended
