"""Tables and code agree, and migrations are named by hand."""

import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

MIGRATIONS = sorted(
    path
    for app in settings.HOUSE
    for path in (Path(settings.BASE_DIR) / app).glob("migrations/0*.py")
)


@pytest.mark.django_db
def test_no_migration_is_missing() -> None:
    said = StringIO()

    call_command("makemigrations", "--check", "--dry-run", stdout=said, verbosity=1)

    assert "No changes detected" in said.getvalue()


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_migrations_are_named_for_what_they_do(path: Path) -> None:
    assert not re.search(r"_auto_|_alter_\w+_and_more|^\d{4}_\w+_more", path.stem)
