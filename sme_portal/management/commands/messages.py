"""Bring the translation catalogues up to date, check them, compile them; needs no GNU gettext."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sme_portal.translations import catalogues


class Command(BaseCommand):
    """`manage.py messages [--check|--compile]`."""

    help = "Update the translation catalogues from the source, or check or compile them."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        acts = parser.add_mutually_exclusive_group()
        acts.add_argument("--check", action="store_true", help="fail on what is missing or wrong")
        acts.add_argument("--compile", action="store_true", help="only compile what changed")
        parser.add_argument("--app", help="only this app's catalogue (house: the common one)")

    def handle(self, *args: Any, app: str | None, **options: Any) -> None:
        if options["compile"]:
            self._compile()
            return
        found = catalogues.collect(settings.BASE_DIR, settings.HOUSE)
        if options["check"]:
            self._check(found)
            return
        for catalogue in found:
            if app in {None, catalogue.name}:
                added, retired = catalogues.update(catalogue)
                self.stdout.write(f"{catalogue.name}: {added} new, {retired} no longer used")
        self._compile()

    def _compile(self) -> None:
        known = catalogues.existing(settings.BASE_DIR, settings.HOUSE)
        self.stdout.write(f"{catalogues.compile_stale(known)} of {len(known)} catalogues compiled")

    def _check(self, found: list[catalogues.Catalogue]) -> None:
        if wrong := catalogues.problems(found):
            raise CommandError("\n".join([*wrong, f"{len(wrong)} problems in the catalogues."]))
        self.stdout.write("Every text is translated.")
