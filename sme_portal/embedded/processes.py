"""Processes by pid, told apart from strangers that got the same number, and the user servers run as."""

import contextlib
import os
import pwd
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

UNPRIVILEGED = "nobody"


@dataclass(frozen=True)
class RunAs:
    """The user a server runs as: an unprivileged one when we are root, else ourselves."""

    uid: int
    gid: int
    drops: bool

    def popen_options(self) -> dict[str, Any]:
        """Arguments for subprocess: the user, no inherited groups, a directory everyone may be in."""
        if not self.drops:
            return {"cwd": "/"}
        return {"user": self.uid, "group": self.gid, "extra_groups": [], "cwd": "/"}

    def can_enter(self, directory: Path) -> bool:
        """Say whether this user can reach the directory, asked by trying."""
        if not self.drops:
            return os.access(directory, os.R_OK | os.X_OK)
        tried = subprocess.run(
            ["/bin/sh", "-c", 'cd "$1"', "sh", str(directory)],
            capture_output=True,
            check=False,
            **self.popen_options(),
        )
        return tried.returncode == 0

    def can_run(self, program: Path) -> bool:
        """Say whether this user can run the program, asked by trying."""
        try:
            tried = subprocess.run(
                [str(program), "--version"],
                capture_output=True,
                check=False,
                **self.popen_options(),
            )
        except OSError:
            return False
        return tried.returncode == 0


def run_as() -> RunAs:
    """Root becomes nobody for servers; anyone else stays who they are."""
    if os.geteuid() != 0:
        return RunAs(uid=os.geteuid(), gid=os.getegid(), drops=False)
    user = pwd.getpwnam(UNPRIVILEGED)
    return RunAs(uid=user.pw_uid, gid=user.pw_gid, drops=True)


def is_alive(pid: int) -> bool:
    """Say whether a process with this number runs; a zombie does not."""
    status = Path(f"/proc/{pid}/stat")
    if status.exists():
        try:
            return status.read_text().rpartition(")")[2].split()[0] not in {"Z", "X"}
        except (OSError, IndexError):
            return False
    if Path("/proc/self/stat").exists():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def command_line(pid: int) -> str:
    """The words a process was started with, or nothing when it cannot be read."""
    try:
        return (
            Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        )
    except OSError:
        return ""


def started_at(pid: int) -> str:
    """The moment a process started, in the kernel's ticks: with the pid it names one process for ever."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except (OSError, IndexError):
        return ""


def working_in(directory: Path) -> Iterator[int]:
    """The processes whose working directory is this one."""
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            if (entry / "cwd").readlink() == directory:
                yield int(entry.name)


def wait_until(holds: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    """Wait for something to hold; say whether it came to pass."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(pause)
    return holds()


def end(pid: int, *, gently_for: float = 10.0, how: signal.Signals = signal.SIGTERM) -> None:
    """Ask a process to end, and after a while end it."""
    for sign, patience in ((how, gently_for), (signal.SIGKILL, 5.0)):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, sign)
        if wait_until(lambda: not is_alive(pid), patience):
            return
