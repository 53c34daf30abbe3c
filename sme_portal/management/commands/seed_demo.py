"""Make the demonstration: accounts, enterprises and a believable quarter of cases."""

import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assistance.models import SystemEdition
from sme_portal.seeds.demo import directory, history, unmet, volunteers

CASES = 120
SEED = 115


class Command(BaseCommand):
    """Safe to run again: a demonstration that is there stays as it is."""

    help = "Make demo accounts and a quarter of invented cases, through the services."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--cases", type=int, default=CASES, help=f"how many cases ({CASES})")
        parser.add_argument("--seed", type=int, default=SEED, help="another seed, another quarter")

    def handle(self, *args: Any, cases: int, seed: int, **options: Any) -> None:
        if not settings.PORTAL_DEMO:
            raise CommandError("Demo data belong in a demo: PORTAL_DEMO is off.")
        if cases < 1:
            raise CommandError("At least one case is needed.")
        if not SystemEdition.objects.current().exists():
            raise CommandError("Reference data are missing; run seed_reference first.")
        begun = time.monotonic()
        done = history.seed(cases=cases, seed=seed, password=settings.DEMO_PASSWORD)
        took = time.monotonic() - begun
        if done.is_new:
            self.stdout.write(f"demo: {done.cases} cases in {took:.1f} s")
        else:
            self.stdout.write(f"demo: already there, {done.cases} cases; nothing added")
        self.stdout.write(
            f"demo: {directory.seed_directory()} organisations of the service network"
        )
        self.stdout.write(f"demo: {volunteers.seed_volunteers()} volunteers")
        self.stdout.write(f"demo: {unmet.seed_unmet()} needs for which nobody was found")
        if done.passwords:
            self.stdout.write(f"demo: password set for {done.passwords} accounts")
        if done.broken:
            self.stderr.write(f"demo: {done.broken} stories ended early")
