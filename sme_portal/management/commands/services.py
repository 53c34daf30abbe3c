"""Start, stop and show the embedded PostgreSQL and Valkey."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sme_portal.embedded import for_tests
from sme_portal.embedded.broker import EmbeddedBroker
from sme_portal.embedded.errors import EmbeddedServerError
from sme_portal.embedded.postgres import EmbeddedPostgres
from sme_portal.settings.environment import VAR_DIR

Servers = list[tuple[str, EmbeddedPostgres | EmbeddedBroker]]


class Command(BaseCommand):
    """`manage.py services start|stop|status`."""

    help = "Start, stop or show the embedded PostgreSQL and Valkey."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("act", choices=["start", "stop", "status", "remove"])
        parser.add_argument("--tests", action="store_true", help="those the tests use")

    def handle(self, *args: Any, act: str, tests: bool, **options: Any) -> None:
        servers = self._of_tests() if tests else self._of_portal()
        if not servers:
            self._say("DATABASE_URL and REDIS_URL are set: nothing is embedded.")
        for name, server in servers:
            try:
                self._say(f"{name}: {self._do(act, server)}")
            except EmbeddedServerError as error:
                raise CommandError(str(error)) from error

    def _of_tests(self) -> Servers:
        return [
            ("PostgreSQL", for_tests.postgres(VAR_DIR, self._say)),
            ("Valkey", for_tests.broker(VAR_DIR, self._say)),
        ]

    def _of_portal(self) -> Servers:
        servers: Servers = []
        if settings.EMBEDDED_DATABASE:
            servers.append(("PostgreSQL", EmbeddedPostgres(VAR_DIR, say=self._say)))
        if settings.EMBEDDED_BROKER:
            servers.append(("Valkey", EmbeddedBroker(VAR_DIR, say=self._say)))
        return servers

    def _say(self, words: str) -> None:
        self.stdout.write(words)

    def _do(self, act: str, server: EmbeddedPostgres | EmbeddedBroker) -> str:
        if act == "start":
            return f"runs at {server.start()}"
        if act == "stop":
            return "stopped" if server.stop() else "was not running"
        if act == "remove":
            server.remove()
            return "removed"
        return f"runs at {server.url}" if server.is_running() else "does not run"
