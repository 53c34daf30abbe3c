"""Reference data of the knowledge app."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

import knowledge
from knowledge.models import Topic

FOLDER = Path(knowledge.__file__).resolve().parent / "reference"


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return data


def seed_topics() -> str:
    """The eleven systems and the parts of government procurement, brought up to date."""
    rows = _read("topics.yaml")["topics"]
    Topic.objects.bulk_create(
        [Topic(**row) for row in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["kind", "number", "name_zh", "name_en"],
    )
    return f"topics: {len(rows)} up to date"


STEPS: tuple[Callable[[], str], ...] = (seed_topics,)
