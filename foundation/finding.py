"""The rows that fit a query best, found in bounded time however common its words are.

Only the newest matches are compared and counted. There are two ways to them: back through the
table until there are enough, which is quick for common words only, or through the index of words,
which is quick for all others. PostgreSQL does not know what it costs to look into a long
`tsvector`, so the way is not left to it: the newest few rows are tried first, and where many of
them match, the first way is taken. Sub-selects that are not needed are never run.
"""

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchQuery
from django.core.exceptions import EmptyResultSet
from django.db.models import (
    BigIntegerField,
    BooleanField,
    Case,
    Count,
    F,
    FloatField,
    Func,
    QuerySet,
    Value,
    When,
    Window,
)
from django.db.models.expressions import Combinable, RawSQL

from foundation.prepared import Prepared
from foundation.sought import Sought

COMPARED_UP_TO = 200
TRIED = 60
ENOUGH_OF_THOSE_TRIED = 15
# Always true at once, and costly in the eyes of the planner: so it reads no table from end to end.
_COSTLY = (
    "(%(expressions)s > 0 OR to_tsvector('simple'::regconfig, (%(expressions)s)::text) IS NULL)"
)
# Through the index: so many of the newest are looked into for phrases and for who may see them.
LOOKED_INTO_UP_TO = 1_000

Seen = Callable[..., "QuerySet[Any]"]


class Words(SearchQuery):
    """A SearchQuery, so that lookups take it as it is; the words are a tsquery already."""

    template = "%(expressions)s::tsquery"


@dataclass(frozen=True, slots=True)
class Asked:
    """A tsquery, and one that the index answers alone: it asks for the pairs, not for their order."""

    words: str
    pairs: str

    @classmethod
    def of(cls, words: str) -> "Asked":
        return cls(words, words.replace("<->", "&"))


@dataclass(frozen=True, slots=True)
class Best:
    """The rows that fit best, and how many there are; `is_loose`: they hold some of the words."""

    rows: list[Any]
    number: int = 0
    has_more: bool = False
    is_loose: bool = False


class Finder:
    """Finds the best rows of one sort; its query is composed once for each place people stand in.

    `seen` gives what may be seen from a place, which goes by name: `find(sought, limit=5,
    roles=("duty",))`. `first` is less strict than `seen` and needs no other table: the newest
    `LOOKED_INTO_UP_TO` of it that hold the words are then asked for in `seen`. `rows` is what to
    fetch them from (joins, deferred columns). The column is called `search`.
    """

    def __init__(self, seen: Seen, *, rows: Seen | None = None, first: Seen | None = None) -> None:
        self._seen, self._rows, self._first = seen, rows, first
        self._ask: Prepared[Any] = Prepared(self._compose, may_spare=True)

    def __call__(
        self, sought: Sought, *, limit: int, or_loose: bool = False, **place: Hashable
    ) -> Best:
        """Return the rows that hold all words; `or_loose`: where there are none, some of them."""
        if not sought.strict:
            return Best([])
        strict, loose = Asked.of(sought.strict), Asked.of(sought.loose)
        values = (strict.words, strict.pairs)
        if not (or_loose and loose.words):
            return _told(self._ask(*values, limit=limit, **place))
        return _told(self._ask(*values, loose.words, loose.pairs, limit=limit, **place))

    def _compose(
        self, words: str, pairs: str, *loose: str, limit: int, **place: Hashable
    ) -> "QuerySet[Any]":
        seen = self._seen(**place)
        return composed(
            seen,
            Asked(words, pairs),
            Asked(*loose) if loose else None,
            limit=limit,
            rows=self._rows() if self._rows else None,
            first=self._first() if self._first else None,
        )


def best(
    seen: "QuerySet[Any]",
    sought: Sought,
    *,
    limit: int,
    or_loose: bool = False,
    rows: "QuerySet[Any] | None" = None,
) -> Best:
    """Return the rows of `seen` that fit best, in one query: a `Finder` for a single use."""
    if not sought.strict:
        return Best([])
    loose = Asked.of(sought.loose) if or_loose and sought.loose else None
    return _told(list(composed(seen, Asked.of(sought.strict), loose, limit=limit, rows=rows)))


def composed(
    seen: "QuerySet[Any]",
    strict: Asked,
    loose: Asked | None,
    *,
    limit: int,
    rows: "QuerySet[Any] | None" = None,
    first: "QuerySet[Any] | None" = None,
) -> "QuerySet[Any]":
    """The rows with `how_many` and `is_strict`, the best first."""
    source = seen.model._default_manager.defer("search") if rows is None else rows
    try:
        newest = _newest(seen, seen if first is None else first, strict, loose)
    except EmptyResultSet:
        return source.none()
    by_all: Func = ranked("ts_rank_cd", "search", strict.words)
    near: Any = by_all
    if loose:
        by_some = ranked("ts_rank", "search", loose.words)
        near = Case(When(holds(strict.words), then=by_all), default=by_some)
    found: QuerySet[Any] = (
        source.filter(pk__in=newest)
        .annotate(how_many=Window(Count("pk")), is_strict=holds(strict.words))
        .order_by(near.desc(), "-pk")[:limit]
    )
    return found


def ranked(function: str, column: str | Combinable, words: str) -> Func:
    """How well a row matches: heavier parts and nearer words count more, long texts less."""
    given = (column, Words(Value(words)), Value(1))
    return Func(*given, function=function, output_field=FloatField())


def holds(words: str) -> Func:
    """Does a row hold the words? As a function it is never looked up in an index."""
    given = (F("search"), Words(Value(words)))
    return Func(*given, function="ts_match_vq", output_field=BooleanField())


def _told(found: list[Any]) -> Best:
    number = found[0].how_many if found else 0
    is_loose = bool(found) and not found[0].is_strict
    return Best(found, min(number, COMPARED_UP_TO), number > COMPARED_UP_TO, is_loose)


class _Sql:
    """SQL in pieces with its values."""

    def __init__(self) -> None:
        self.params: list[Any] = []

    def of(self, rows: "QuerySet[Any, Any]") -> str:
        sql, params = rows.query.sql_with_params()
        self.params += params
        return f"({sql})"


def _newest(
    seen: "QuerySet[Any]", first: "QuerySet[Any]", strict: Asked, loose: Asked | None
) -> RawSQL:
    """The ids of the newest that hold all words; where there are none, of those that hold some."""
    sql = _Sql()
    parts = [_two_ways(sql, "strict", seen, first, strict, "true")]
    ways = "SELECT pk FROM strict"
    if loose:
        none = "NOT EXISTS (SELECT FROM strict)"
        parts.append(_two_ways(sql, "loose", seen, first, loose, none))
        ways += " UNION ALL SELECT pk FROM loose"
    return RawSQL(f"WITH {', '.join(parts)} {ways}", sql.params)  # noqa: S611 - our own SQL


def _two_ways(
    sql: _Sql,
    name: str,
    seen: "QuerySet[Any]",
    first: "QuerySet[Any]",
    asked: Asked,
    condition: str,
) -> str:
    """The newest matches, back through the table or through the index, if the condition holds."""
    enough = COMPARED_UP_TO + 1
    last = sql.of(seen.model._base_manager.order_by("-pk").values_list("pk", "search")[:TRIED])
    sql.params.append(asked.words)
    among_seen = sql.of(seen.order_by().values("pk"))
    matching = seen.order_by().filter(holds(asked.words))
    back = sql.of(matching.order_by("-pk").values("pk")[:enough])
    # Not by the column itself: PostgreSQL would read the table backwards after all.
    newest_first = Func(F("pk"), template="(%(expressions)s + 0)", output_field=BigIntegerField())
    costly = Func(F("pk"), template=_COSTLY, output_field=BooleanField())
    held = first.order_by().filter(costly, search=Words(Value(asked.pairs)))
    indexed = sql.of(
        held.order_by(newest_first.desc()).values_list("pk", "search")[:LOOKED_INTO_UP_TO]
    )
    sql.params.append(asked.words)
    may_see = "" if first is seen else f" AND i.pk IN {sql.of(seen.order_by().values('pk'))}"
    return (
        f"{name}_tried AS MATERIALIZED (SELECT count(*) AS n FROM {last} AS t(pk, search)"  # noqa: S608
        f" WHERE {condition} AND ts_match_vq(t.search, %s::tsquery) AND t.pk IN {among_seen}),"
        f" {name} AS MATERIALIZED ("
        f"SELECT pk FROM {back} AS b(pk)"
        f" WHERE {condition} AND (SELECT n FROM {name}_tried) >= {ENOUGH_OF_THOSE_TRIED}"
        f" UNION ALL (SELECT i.pk FROM {indexed} AS i(pk, search)"
        f" WHERE {condition} AND (SELECT n FROM {name}_tried) < {ENOUGH_OF_THOSE_TRIED}"
        f" AND ts_match_vq(i.search, %s::tsquery){may_see} LIMIT {enough}))"
    )
