"""Load agencies, systems, thresholds, calendar and reply templates; run on every deploy."""

from typing import Any

from django.core.management.base import BaseCommand

from sme_portal.seeds.reference import seed_reference


class Command(BaseCommand):
    help = "Load reference data. Safe to run again: what people have changed stays."

    def handle(self, *args: Any, **options: Any) -> None:
        for line in seed_reference():
            self.stdout.write(line)
