"""The words of `reference/keywords.yaml`, compiled once into one matcher per term."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from foundation.text import fold

SOURCE = Path(__file__).resolve().parent.parent / "reference" / "keywords.yaml"


@dataclass(frozen=True, slots=True)
class Term:
    written: str
    weights: tuple[tuple[str, float], ...]
    parts: tuple[str, ...]

    def may_be_in(self, folded: str) -> bool:
        """A quick look before the pattern is made and tried."""
        return all(part in folded for part in self.parts)

    def places_in(self, folded: str) -> list[tuple[int, int]]:
        """Where the term stands, as (start, end)."""
        if not self.may_be_in(folded):
            return []
        return [match.span() for match in _pattern(self.written).finditer(folded)]


@dataclass(frozen=True, slots=True)
class Combination:
    """Words that point to a system only when one of each group is there."""

    system_code: str
    weight: float
    groups: tuple[tuple[re.Pattern[str], ...], ...]


GAP = r"[^,.;!?，。；！？\n]{0,24}?"


@cache
def _pattern(term: str) -> re.Pattern[str]:
    return re.compile(GAP.join(_piece(piece) for piece in fold(term).split("~")))


def _piece(folded: str) -> str:
    if not folded.isascii():
        return re.escape(folded)
    if folded.endswith("*"):
        return rf"(?<![a-z0-9]){re.escape(folded[:-1])}[a-z]*"
    return rf"(?<![a-z0-9]){re.escape(folded)}(?:s|es)?(?![a-z0-9])"


def _entries(systems: dict[str, Any]) -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = {}
    for code, words in systems.items():
        for row in words["terms"]:
            for term in (*row.get("zh", ()), *row.get("en", ())):
                by_system = weights.setdefault(term, {})
                by_system[code] = max(by_system.get(code, 0), row["weight"])
    return weights


@cache
def _systems() -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load(SOURCE.read_text(encoding="utf-8"))
    return data


@cache
def terms() -> tuple[Term, ...]:
    """Every term with the systems it points to, the longest first."""
    found = [
        Term(
            written=term,
            weights=tuple(weights.items()),
            parts=tuple(piece.rstrip("*") for piece in fold(term).split("~")),
        )
        for term, weights in _entries(_systems()).items()
    ]
    return tuple(sorted(found, key=lambda term: (-len(term.written), term.written)))


@cache
def _by_beginning() -> dict[str, tuple[tuple[int, Term], ...]]:
    """Terms, with their places in `terms()`, by the first two characters of their first part."""
    found: dict[str, list[tuple[int, Term]]] = {}
    for place, term in enumerate(terms()):
        found.setdefault(term.parts[0][:2], []).append((place, term))
    return {beginning: tuple(listed) for beginning, listed in found.items()}


def likely_in(folded: str) -> list[Term]:
    """The terms whose first part stands in the text, the longest first."""
    pairs = {folded[at : at + 2] for at in range(len(folded))} | set(folded)
    known = _by_beginning()
    likely = [
        hit for pair in pairs & known.keys() for hit in known[pair] if hit[1].parts[0] in folded
    ]
    return [term for _place, term in sorted(likely, key=lambda hit: hit[0])]


@cache
def combinations() -> tuple[Combination, ...]:
    return tuple(
        Combination(
            system_code=code,
            weight=row["weight"],
            groups=tuple(tuple(_pattern(term) for term in group) for group in row["groups"]),
        )
        for code, words in _systems().items()
        for row in words.get("together", ())
    )
