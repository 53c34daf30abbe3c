"""Searching `tsvector` columns that were filled by `foundation.text.to_tsvector_text`.

Also the shape in which every app answers the one search of the portal: `<app>/search.py` has
functions `(sought, user, limit, or_loose, chosen) -> Found`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from django.db.models import Func, Value
from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from foundation.facets import NOTHING, Chosen, Tags
from foundation.finding import Best, Words, ranked
from foundation.sought import Sought
from foundation.text import fold, highlight_terms, to_tsquery

EXCERPT = 120
_BEFORE = 30

Pieces = Sequence[tuple[str, bool]]


def matching(query: str) -> Func | None:
    """The right side of `.filter(search=…)`; None where the query holds nothing to search for."""
    words = to_tsquery(query)
    return Words(Value(words)) if words else None


def rank(column: str | Combinable, query: str) -> Func:
    """How well a row matches: heavier parts and nearer words count more, long texts less."""
    return ranked("ts_rank_cd", column, to_tsquery(query))


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing that was found. Title and snippet in pieces, each with whether it was asked for.

    `about`: one short line beneath. `language`: of title and snippet, where it is not the page's.
    """

    title: Pieces
    url: str
    snippet: Pieces = ()
    about: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What one part of the portal answers. `number` stops at `finding.COMPARED_UP_TO`.

    `is_loose`: the hits hold some of the words, none holds all. `is_suggested`: they fit what was
    asked, whether or not they hold the words. `tags`: what all that was found says of itself;
    hits and number are of what fits the choice.
    """

    kind: str
    label: str | Promise
    hits: tuple[Hit, ...] = ()
    number: int = 0
    has_more: bool = False
    is_loose: bool = False
    is_suggested: bool = False
    tags: tuple[Tags, ...] = ()

    @classmethod
    def of(cls, kind: str, label: str | Promise, hits: Iterable[Hit], best: Best) -> "Found":
        """The best rows of a `Finder`, as they are shown."""
        counted = (best.number, best.has_more, best.is_loose)
        return cls(kind, label, tuple(hits), *counted, tags=best.tags)

    @property
    def has_all_words(self) -> bool:
        """Does it hold what was asked for, so that some of the words will not do elsewhere?"""
        return bool(self.tags) and not self.is_loose and not self.is_suggested

    def __bool__(self) -> bool:
        return bool(self.hits)

    @property
    def count(self) -> str:
        return f"{self.number}+" if self.has_more else str(self.number)


class Searcher(Protocol):
    """Answers with what this person may see, and with nothing else.

    `or_loose`: where nothing holds all the words, what holds some of them will do. `chosen`: what
    it narrowed the results to.
    """

    def __call__(
        self,
        sought: Sought,
        *,
        user: Any,
        limit: int,
        or_loose: bool = False,
        chosen: Chosen = NOTHING,
    ) -> Found: ...


def marked(text: str, sought: Sought) -> Pieces:
    """A title in pieces."""
    return highlight_terms(text, sought.marked, to_word_end=True)


def excerpt(text: str, sought: Sought) -> Pieces:
    """The stretch of a text around the first word asked for, in pieces; else its beginning."""
    flat = " ".join(text.split())
    if len(flat) <= EXCERPT:
        return marked(flat, sought)
    folded = fold(flat)
    places = [at for at in (folded.find(word) for word in sought.marked) if at >= 0]
    start = max(0, min(places) - _BEFORE) if places and len(folded) == len(flat) else 0
    start, end = _whole_words(flat, start, min(len(flat), start + EXCERPT))
    shown = marked(flat[start:end].strip(), sought)
    before = [("…", False)] if start else []
    after = [("…", False)] if end < len(flat) else []
    return [*before, *shown, *after]


def _whole_words(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch without the halves of English words at its ends."""
    while 0 < start < end and _is_inside_word(text, start):
        start += 1
    last = end
    while start < end < len(text) and _is_inside_word(text, end):
        end -= 1
    return start, end if end > start else last


def _is_inside_word(text: str, at: int) -> bool:
    around = text[at - 1 : at + 1]
    return around.isascii() and around.isalnum()
