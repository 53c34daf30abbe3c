"""Reference data of the knowledge app."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.utils import timezone

import knowledge
from foundation.sought import key_of
from knowledge.models import SearchTerm, SearchWord, Topic

FOLDER = Path(knowledge.__file__).resolve().parent / "reference"


def read(name: str) -> dict[str, Any]:
    """One file of the knowledge app's reference data."""
    data: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return data


def seed_topics() -> str:
    """The eleven systems and the parts of government procurement, brought up to date."""
    rows = read("topics.yaml")["topics"]
    Topic.objects.bulk_create(
        [Topic(**row) for row in rows],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["kind", "number", "name_zh", "name_en"],
    )
    return f"topics: {len(rows)} up to date"


def seed_search_terms() -> str:
    """Words that mean the same; a group that editors changed or took apart stays as they left it."""
    groups = read("search_terms.yaml")["groups"]
    known = set(SearchTerm.objects.values_list("code", flat=True))
    new = [row for row in groups if row["code"] not in known]
    for row in new:
        term = SearchTerm.objects.create(code=row["code"], changed_at=timezone.now())
        words = {key_of(text): text for text in (*row["zh"], *row["en"])}
        # A word that editors have put elsewhere stays where they put it.
        SearchWord.objects.bulk_create(
            [SearchWord(term=term, text=text, key=key) for key, text in words.items()],
            ignore_conflicts=True,
        )
    return f"words of the search: {len(groups)} groups, {len(new)} new"


STEPS: tuple[Callable[[], str], ...] = (seed_topics, seed_search_terms)
