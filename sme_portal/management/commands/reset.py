"""Forget all the demo has gathered: database, mail, papers, logs, static files."""

import shutil
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sme_portal.embedded.broker import EmbeddedBroker
from sme_portal.embedded.postgres import EmbeddedPostgres
from sme_portal.running import record
from sme_portal.settings.environment import VAR_DIR

KEPT = {"cache", "test-services"}


class Command(BaseCommand):
    """Remove what lies under var/, and the embedded servers' files wherever they are."""

    help = "Forget the demo's data, mail, papers and logs. A database of your own is left alone."
    requires_system_checks: list[str] = []

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.PORTAL_DEMO:
            raise CommandError("Only the demo can be reset.")
        if record.read(VAR_DIR).is_alive():
            raise CommandError("The portal runs; `make down` stops it.")
        for server in (EmbeddedBroker(VAR_DIR), EmbeddedPostgres(VAR_DIR)):
            if server.base.exists():
                server.remove()
        for path in VAR_DIR.glob("*"):
            if path.is_dir() and path.name not in KEPT:
                shutil.rmtree(path)
            elif path.is_file():
                path.unlink()
        self.stdout.write("The demo's data is gone; `make up` makes it anew.")
