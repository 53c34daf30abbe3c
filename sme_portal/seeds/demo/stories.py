"""The texts of the demonstration, read from the files beside this one."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

FOLDER = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Story:
    """One request as an owner writes it; `systems` begins with the one that answers first."""

    subject: str
    description: str
    systems: tuple[str, ...]
    industry: str
    language: str = "zh-hant"
    hoped_for: str = ""


@cache
def stories() -> tuple[Story, ...]:
    """Every story, the systems taking turns."""
    by_system = _read("stories.yaml")
    told = [
        (place, number, _story(code, row))
        for number, (code, rows) in enumerate(by_system.items())
        for place, row in enumerate(rows)
    ]
    return tuple(story for _place, _number, story in sorted(told, key=lambda one: one[:2]))


def _story(code: str, row: dict[str, Any]) -> Story:
    return Story(
        subject=row["subject"],
        description=row["description"],
        systems=(code, *row.get("also", ())),
        industry=row["industry"],
        language=row.get("language", "zh-hant"),
        hoped_for=row.get("hoped_for", ""),
    )


def story_about(subject: str) -> Story:
    return next(story for story in stories() if story.subject == subject)


def say(chance: Random, language: str, *path: object) -> str:
    """One of the sentences kept under this path, in the language of the case."""
    found: Any = _read("words.yaml")
    for name in path:
        found = found[name]
    if isinstance(found, dict):
        found = found["en" if language == "en" else "zh"]
    return str(chance.choice(found)) if isinstance(found, list) else str(found)


@cache
def _read(name: str) -> dict[Any, Any]:
    data: dict[Any, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return data
