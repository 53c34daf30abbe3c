"""Tables, data, translations, static files: the steps before running, each skipped when nothing changed."""

import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import psycopg2
from django.core.management import get_commands

from sme_portal.running.stamps import Stamps, fingerprint

NOT_OURS = {"node_modules", "var", ".venv", "__pycache__"}


class PreparationError(RuntimeError):
    """A step failed; the message holds what it said."""


@dataclass(frozen=True)
class Step:
    """One command of manage.py and what it depends on."""

    title: str
    command: tuple[str, ...]
    word: str


def sources(base: Path, *patterns: str) -> Iterable[Path]:
    """The project's own files that match, without data and packages."""
    for pattern in patterns:
        for path in base.glob(pattern):
            if path.is_file() and not NOT_OURS & set(path.relative_to(base).parts):
                yield path


def identity(url: str) -> str:
    """A word that changes when the database is another one; nothing when it has no tables yet."""
    connection = psycopg2.connect(url, connect_timeout=5)
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT system_identifier::text || ' ' || current_database() FROM pg_control_system()"
                " WHERE to_regclass('django_migrations') IS NOT NULL"
            )
            row = cursor.fetchone()
            return str(row[0]) if row else ""
    finally:
        connection.close()


def database_steps(base: Path, environment: Mapping[str, str]) -> list[Step]:
    """Tables, reference data, demo data, in this order."""
    tables = fingerprint(sources(base, "*/migrations/*.py", "requirements.txt"))
    reference = fingerprint(
        sources(
            base, "*/reference/**/*", "sme_portal/seeds/**/*.py", "*/management/commands/seed_*.py"
        ),
        tables,
    )
    cases = environment.get("DEMO_CASES", "")
    demo = fingerprint([], reference, cases, environment.get("DEMO_PASSWORD", ""))
    how_many = ("--cases", cases) if cases else ()
    steps = [
        Step("tables (migrate)", ("migrate", "--verbosity", "0"), tables),
        Step("reference data (seed_reference)", ("seed_reference",), reference),
        Step("demo data (seed_demo)", ("seed_demo", *how_many), demo),
    ]
    return [step for step in steps if step.command[0] in get_commands()]


def file_steps(base: Path) -> list[Step]:
    """Translations and static files."""
    texts = fingerprint(sources(base, "locale/*/*/*.po", "*/locale/*/*/*.po"))
    static = fingerprint(
        sources(base, "static/**/*", "*/static/**/*", "package-lock.json", "requirements.txt"),
        (base / "sme_portal" / "settings" / "base.py").read_text(),
    )
    return [
        Step("translations", ("messages", "--compile"), texts),
        Step(
            "static files (collectstatic)",
            ("collectstatic", "--noinput", "--verbosity", "0"),
            static,
        ),
    ]


class Preparation:
    """Takes the steps that are due and says so."""

    def __init__(
        self,
        base: Path,
        stamps: Stamps,
        environment: Mapping[str, str],
        say: Callable[[str], None],
    ) -> None:
        self.base = base
        self.stamps = stamps
        self.environment = {**environment, "DATABASE_STATEMENT_TIMEOUT_MS": "0"}
        self.say = say

    def take(self, database: list[Step], files: list[Step]) -> None:
        """Take both rows of steps at once; within a row one after the other."""
        with ThreadPoolExecutor(max_workers=2) as pool:
            for row in [pool.submit(self._row, database), pool.submit(self._row, files)]:
                row.result()

    def _row(self, steps: list[Step]) -> None:
        for step in steps:
            if not self.stamps.is_done(step.title, step.word):
                self._take(step)

    def _take(self, step: Step) -> None:
        begun = time.monotonic()
        done = subprocess.run(
            [sys.executable, "manage.py", *step.command],
            cwd=self.base,
            env={**os.environ, **self.environment},
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            said = (done.stderr or done.stdout).strip().splitlines()[-15:]
            raise PreparationError(f"{step.title} failed:\n" + "\n".join(said))
        self.stamps.keep(step.title, step.word)
        self.say(f"{step.title}: {time.monotonic() - begun:.1f} s")
