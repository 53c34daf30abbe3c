from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger import sealing


class Command(BaseCommand):
    help = (
        "Seal what is not sealed yet, then check the whole chain. Exit code 1 and the number of the "
        "first bad entry where something was changed. With --heads the head of the chain is added "
        "to a file kept outside the database, and every head noted there must still be in the chain."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--heads", type=Path, help="file of heads, one 'number digest' a line")

    def handle(self, *args: Any, heads: Path | None = None, **options: Any) -> None:
        while sealing.seal_due(from_the_start=True):
            pass
        finding = sealing.verify()
        if finding.bad_entry_id is not None:
            raise CommandError(f"Entry {finding.bad_entry_id}: {finding.reason}.")
        if heads is not None:
            self._compare(heads, finding)
        self.stdout.write(
            f"{finding.checked} entries, all as they were written. Head {finding.head}."
        )

    def _compare(self, heads: Path, finding: sealing.Finding) -> None:
        noted = heads.read_text().split("\n") if heads.exists() else []
        for line in filter(None, noted):
            number, digest = line.split()
            if not sealing.has_link(int(number), digest):
                raise CommandError(f"Link {number} noted in {heads} is no longer in the chain.")
        with heads.open("a") as file:
            file.write(f"{finding.checked} {finding.head}\n")
