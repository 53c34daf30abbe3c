"""Stop the portal and its embedded servers, however the last run ended."""

import contextlib
import os
import signal
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from sme_portal.embedded import processes
from sme_portal.embedded.broker import EmbeddedBroker
from sme_portal.embedded.postgres import EmbeddedPostgres
from sme_portal.running import record
from sme_portal.settings.environment import BASE_DIR, VAR_DIR

PATIENCE = 40.0


class Command(BaseCommand):
    """Ask the watching process to stop; clear what a killed one left."""

    help = "Stop the portal and its embedded servers."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        running = record.read(VAR_DIR)
        if running.is_alive():
            self._ask(running.pid)
        for name in record.end_leftovers(record.read(VAR_DIR), BASE_DIR):
            self.stdout.write(f"{name}: ended")
        for name, server in (
            ("Valkey", EmbeddedBroker(VAR_DIR)),
            ("PostgreSQL", EmbeddedPostgres(VAR_DIR)),
        ):
            if server.base.exists() and server.stop():
                self.stdout.write(f"{name}: stopped")
        record.forget(VAR_DIR)
        self.stdout.write("Nothing of the portal runs here.")

    def _ask(self, pid: int) -> None:
        self.stdout.write("stopping the portal …")
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGTERM)
        if not processes.wait_until(lambda: not processes.is_alive(pid), PATIENCE):
            raise CommandError(f"The portal (process {pid}) does not stop.")
