from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from ledger.services import checking


class Command(BaseCommand):
    help = (
        "Seal what is not sealed yet, then check the whole chain. Exit code 1 and the number of the "
        "first bad entry where something was changed. With --heads (or the setting LEDGER_HEADS) the "
        "head of the chain is added to a file kept outside the database, and every head noted there "
        "must still be in the chain. Beat does the same every night."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--heads", type=Path, help="file of heads, one 'number digest' a line")

    def handle(self, *args: Any, heads: Path | None = None, **options: Any) -> None:
        check = checking.check_chain(heads=heads or settings.LEDGER_HEADS)
        if check.bad_entry_id is not None:
            raise CommandError(f"Entry {check.bad_entry_id}: {check.reason}.")
        if not check.is_sound:
            raise CommandError(f"{check.reason[:1].upper()}{check.reason[1:]}.")
        self.stdout.write(f"{check.checked} entries, all as they were written. Head {check.head}.")
