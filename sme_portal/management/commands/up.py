"""Start the whole portal on this machine and keep it running."""

import os
import shutil
import signal
import threading
import time
import urllib.error
import urllib.request
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sme_portal import demo
from sme_portal.embedded import places, ports, processes
from sme_portal.embedded.broker import EmbeddedBroker
from sme_portal.embedded.errors import EmbeddedServerError
from sme_portal.embedded.postgres import EmbeddedPostgres
from sme_portal.running import children, preparing, record
from sme_portal.running.stamps import Stamps
from sme_portal.settings.environment import BASE_DIR, VAR_DIR, env

PATIENCE = 120.0


class Command(BaseCommand):
    """Embedded servers, preparation, web, worker, beat, relay; Ctrl-C stops all of it."""

    help = "Start the whole portal with demo data; Ctrl-C stops it."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        self.begun = time.monotonic()
        self.stopping = threading.Event()
        with record.only_one(VAR_DIR) as free:
            if not free:
                self._already()
                return
            for sign in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                signal.signal(sign, self._stop)
            self._run()

    def _stop(self, sign: int, frame: object) -> None:
        self.stopping.set()

    def _say(self, words: str) -> None:
        self.stdout.write(f"▸ {words}")
        self.stdout.flush()

    def _already(self) -> None:
        self._say(f"The portal already runs: {record.read(VAR_DIR).url or 'it is starting'}")
        self._say("`make down` stops it.")

    def _run(self) -> None:
        left = record.read(VAR_DIR)
        for name in record.end_leftovers(left, BASE_DIR):
            self._say(f"ended {name}, left by a run that was killed")
        self.postgres = EmbeddedPostgres(VAR_DIR, say=self._say)
        self.broker = EmbeddedBroker(VAR_DIR, say=self._say)
        self.running = record.Running(os.getpid(), processes.started_at(os.getpid()))
        self.running.owns = list(left.owns)
        self.children: children.Children | None = None
        try:
            self._start(left)
            self._watch()
        except (EmbeddedServerError, preparing.PreparationError, OSError) as error:
            raise CommandError(str(error)) from error
        finally:
            self._end()

    def _start(self, left: record.Running) -> None:
        environment = self._servers()
        self._prepare(environment)
        if self.stopping.is_set():
            return
        host = env("HOST", default="127.0.0.1")
        wanted = env.int("PORT", default=8000)
        port = ports.first_free(wanted, host=host)
        if port != wanted:
            self._say(f"port {wanted} is taken; the portal takes {port}")
        origin = env("PORTAL_ORIGIN", default=f"http://{_reachable(host)}:{port}")
        environment |= {"PORTAL_ORIGIN": origin, "DEBUG": "0", **self._metrics()}
        environment.setdefault("ALLOWED_HOSTS", env("ALLOWED_HOSTS", default=_hosts(host)))
        self.children = children.Children(BASE_DIR, VAR_DIR / "logs", environment, self._say)
        self.running.url = origin
        commands = children.commands(host, port)
        self._begin("web", commands.pop("web"))
        self._wait_until_ready(f"http://{_reachable(host)}:{port}/readyz")
        for name, command in commands.items():
            self._begin(name, command)
        if not self.stopping.is_set():
            self._greet()

    def _begin(self, name: str, command: list[str]) -> None:
        """Start one process, and write that down at once."""
        if self.children is not None and not self.stopping.is_set():
            self.children.start(name, command)
            self._write_down()

    def _servers(self) -> dict[str, str]:
        """Start what is embedded; returns the addresses the children use."""
        addresses = {
            "SECRET_KEY": os.environ.get("SECRET_KEY")
            or places.secret(VAR_DIR / "secret_key") * 2,
            "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
        }
        for name, server, variable, embedded in (
            ("PostgreSQL", self.postgres, "DATABASE_URL", settings.EMBEDDED_DATABASE),
            ("Valkey", self.broker, "REDIS_URL", settings.EMBEDDED_BROKER),
        ):
            if not embedded:
                addresses[variable] = getattr(settings, variable)
                continue
            if not server.is_running() and name not in self.running.owns:
                self.running.owns.append(name)
            record.write(VAR_DIR, self.running)
            addresses[variable] = server.start()
            self._say(f"{name} runs on {addresses[variable].rpartition('@')[2]}")
        return addresses

    def _prepare(self, environment: dict[str, str]) -> None:
        (VAR_DIR / "mail").mkdir(parents=True, exist_ok=True)
        files = preparing.file_steps(BASE_DIR)
        stamps = Stamps(VAR_DIR, lasting=[step.title for step in files])
        stamps.of_database(preparing.identity(environment["DATABASE_URL"]))
        steps = preparing.Preparation(BASE_DIR, stamps, {**environment, "DEBUG": "0"}, self._say)
        known = {
            "DEMO_PASSWORD": settings.DEMO_PASSWORD,
            "DEMO_CASES": env("DEMO_CASES", default=""),
        }
        steps.take(preparing.database_steps(BASE_DIR, known), files)
        stamps.keep("database", preparing.identity(environment["DATABASE_URL"]))

    def _metrics(self) -> dict[str, str]:
        """A clean place where the web processes add up their figures."""
        place = VAR_DIR / "run" / "metrics"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir(parents=True)
        return {"PROMETHEUS_MULTIPROC_DIR": str(place)}

    def _write_down(self) -> None:
        if self.children is not None:
            self.running.children = self.children.living()
        record.write(VAR_DIR, self.running)

    def _wait_until_ready(self, address: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while not self.stopping.is_set():
            if _answers(address):
                return
            if time.monotonic() > deadline:
                self._say(
                    f"the portal is not ready after {PATIENCE:.0f} s: see {VAR_DIR / 'logs'}"
                )
                return
            self._look()
            self.stopping.wait(0.1)

    def _greet(self) -> None:
        lines = [
            "",
            f"The portal runs: {self.running.url}/   English: {self.running.url}/en/",
            f"Mail lands in {VAR_DIR / 'mail'} and is shown at {self.running.url}/dev/mailbox/",
            f"Logs: {VAR_DIR / 'logs'}",
            "",
            f"Demo accounts, all with the password {settings.DEMO_PASSWORD}",
            *[f"  {address:<28} {who}" for address, who in demo.ACCOUNTS],
            "",
            f"Ready after {time.monotonic() - self.begun:.1f} s. Ctrl-C stops all of it.",
            "",
        ]
        self.stdout.write("\n".join(lines))
        self.stdout.flush()

    def _watch(self) -> None:
        while not self.stopping.wait(1.0):
            self._look()

    def _look(self) -> None:
        """Bring back whatever has died."""
        for name, server in (("PostgreSQL", self.postgres), ("Valkey", self.broker)):
            if name in self.running.owns and server.pid() is None:
                self._say(f"{name} died; starting it again")
                server.start()
        if self.children is not None and self.children.watch():
            self._write_down()

    def _end(self) -> None:
        self._say("stopping")
        if self.children is not None:
            self.children.stop()
        for name, server in (("Valkey", self.broker), ("PostgreSQL", self.postgres)):
            if name in self.running.owns:
                server.stop()
        record.forget(VAR_DIR)
        self._say("stopped")


def _reachable(host: str) -> str:
    return "127.0.0.1" if host in {"0.0.0.0", "::", ""} else host  # noqa: S104


def _hosts(host: str) -> str:
    names = ["localhost", "127.0.0.1", "[::1]"]
    return ",".join(["*"] if _reachable(host) != host else dict.fromkeys([*names, host]))


def _answers(address: str) -> bool:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
