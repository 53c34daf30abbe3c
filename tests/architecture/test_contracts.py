"""The storeys and rooms that import-linter holds are those of the house."""

import tomllib
from pathlib import Path

from django.conf import settings


def contracts() -> list[dict[str, object]]:
    file = Path(settings.BASE_DIR) / "pyproject.toml"
    found = tomllib.loads(file.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]
    return list(found)


def test_every_app_has_its_storey() -> None:
    storeys = contracts()[0]["layers"]

    named = {app.strip() for layer in storeys for app in layer.split("|")}  # type: ignore[attr-defined]

    assert named == set(settings.HOUSE)


def test_every_casework_app_keeps_its_rooms() -> None:
    rooms = contracts()[1]["containers"]

    assert set(settings.HOUSE) - set(rooms) == {"sme_portal", "ledger", "foundation"}  # type: ignore[call-overload]
