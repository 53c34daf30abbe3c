"""What was prepared already, so that a second start takes seconds: one word per step, of all it depends on."""

import hashlib
import json
import threading
from collections.abc import Iterable
from pathlib import Path

from sme_portal.embedded import places


def fingerprint(paths: Iterable[Path], *facts: str) -> str:
    """One word for the content of these files and these facts."""
    digest = hashlib.sha256("\0".join(facts).encode())
    for path in sorted(paths):
        digest.update(str(path).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


class Stamps:
    """The steps done, in var/stamps.json."""

    def __init__(self, var: Path, *, lasting: Iterable[str] = ()) -> None:
        self.lasting = set(lasting)
        self.writing = threading.Lock()
        self.file = var / "stamps.json"
        try:
            self.known: dict[str, str] = json.loads(self.file.read_text())
        except (OSError, ValueError):
            self.known = {}

    def of_database(self, word: str) -> None:
        """Another database, or one without tables: nothing was done for it."""
        if not word or self.known.get("database") != word:
            self.known = {step: kept for step, kept in self.known.items() if step in self.lasting}
        self.known["database"] = word

    def is_done(self, step: str, word: str) -> bool:
        return self.known.get(step) == word

    def keep(self, step: str, word: str) -> None:
        with self.writing:
            self.known[step] = word
            places.write(self.file, json.dumps(self.known))
