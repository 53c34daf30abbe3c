"""Searching `tsvector` columns that were filled by `foundation.text.to_tsvector_text`.

Also the shape in which every app answers the one search of the portal: `<app>/search.py` has
functions `(sought, user, limit) -> Found`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from django.contrib.postgres.search import SearchQuery
from django.db.models import Count, FloatField, Func, Model, QuerySet, Value, Window
from django.db.models.expressions import Combinable
from django.utils.functional import Promise

from foundation.sought import Sought
from foundation.text import fold, highlight_terms, to_tsquery

COMPARED_UP_TO = 300
EXCERPT = 120
_BEFORE = 30

Row = TypeVar("Row", bound=Model)
Pieces = Sequence[tuple[str, bool]]


class _Query(SearchQuery):
    """A SearchQuery, so that lookups take it as it is; the words are a tsquery already."""

    template = "%(expressions)s::tsquery"


def matching(query: str) -> Func | None:
    """The right side of `.filter(search=…)`; None where the query holds nothing to search for."""
    words = to_tsquery(query)
    return _Query(Value(words)) if words else None


def rank(column: str | Combinable, query: str) -> Func:
    """How well a row matches: heavier parts and nearer words count more, long texts less."""
    return _rank("ts_rank_cd", column, to_tsquery(query))


def _rank(function: str, column: str | Combinable, words: str) -> Func:
    return Func(
        column,
        _Query(Value(words)),
        Value(1),
        function=function,
        output_field=FloatField(),
    )


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
    """What one part of the portal answers. `number` stops at `COMPARED_UP_TO`."""

    kind: str
    label: str | Promise
    hits: tuple[Hit, ...] = ()
    number: int = 0
    has_more: bool = False

    def __bool__(self) -> bool:
        return bool(self.hits)

    @property
    def count(self) -> str:
        return f"{self.number}+" if self.has_more else str(self.number)


class Searcher(Protocol):
    """Answers with what this person may see, and with nothing else."""

    def __call__(
        self, sought: Sought, *, user: Any, limit: int, is_loose: bool = False
    ) -> Found: ...


@dataclass(frozen=True, slots=True)
class Best:
    """The rows that fit best, and how many there are."""

    rows: list[Any]
    number: int = 0
    has_more: bool = False


def best(
    seen: "QuerySet[Row]",
    sought: Sought,
    *,
    limit: int,
    is_loose: bool = False,
    rows: "QuerySet[Row] | None" = None,
) -> Best:
    """Return the rows of `seen` that fit best, in one query.

    The `COMPARED_UP_TO` newest are compared and counted, so that very common words stay cheap:
    older ones are found by adding a word. `rows` is what to fetch them from (joins, deferred
    columns). The column is called `search`.
    """
    words = sought.loose if is_loose else sought.strict
    if not words:
        return Best([])
    newest = seen.filter(search=_Query(Value(words))).order_by("-pk").values("pk")
    source = seen.model._default_manager.defer("search") if rows is None else rows
    found = list(
        source.filter(pk__in=newest[: COMPARED_UP_TO + 1])
        .annotate(how_many=Window(Count("pk")))
        .order_by(_rank("ts_rank" if is_loose else "ts_rank_cd", "search", words).desc(), "-pk")[
            :limit
        ]
    )
    number = getattr(found[0], "how_many", 0) if found else 0
    return Best(found, min(number, COMPARED_UP_TO), number > COMPARED_UP_TO)


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
