"""Measure pages and searches on many cases, beside a bare Django page in the same run."""

from argparse import ArgumentParser
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from bench import comparing, searching
from bench.running import HOME, BenchError

SIZES = "1000,100000,1000000"


class Command(BaseCommand):
    """Own PostgreSQL and Valkey, own databases, all dropped afterwards."""

    help = "Measure queries, CPU, time and memory of the portal's pages on 1k, 100k and 1M cases."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--sizes", default=SIZES, help=f"how many cases ({SIZES})")
        parser.add_argument("--rounds", type=int, default=comparing.ROUNDS)
        parser.add_argument(
            "--search", action="store_true", help="measure only the one search and its documents"
        )
        parser.add_argument(
            "--documents",
            type=int,
            default=searching.DOCUMENTS,
            help=f"how many documents the one search finds in ({searching.DOCUMENTS:,})",
        )
        parser.add_argument(
            "--keep", action="store_true", help="leave servers and data for next time"
        )

    def handle(self, *args: Any, sizes: str, rounds: int, keep: bool, **options: Any) -> None:
        only_search, documents = options["search"], options["documents"]
        try:
            wanted = [int(size) for size in sizes.split(",")]
        except ValueError:
            raise CommandError("--sizes takes whole numbers, like 1000,100000.") from None
        call_command("messages", compile=True, verbosity=0)
        try:
            if not only_search:
                comparing.run(wanted, self._say, rounds, keep=keep)
            searching.run(documents, self._say, rounds, keep=keep)
        except BenchError as error:
            raise CommandError(str(error)) from error
        self._say(f"The reports are in {HOME}.")

    def _say(self, words: str) -> None:
        self.stdout.write(words)
        self.stdout.flush()
