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

from django.contrib.postgres.aggregates import StringAgg
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

from foundation.facets import NOTHING, Chosen, Tags, read_tags
from foundation.prepared import Prepared
from foundation.sought import Sought

COMPARED_UP_TO = 100
TRIED = 60
ENOUGH_OF_THOSE_TRIED = 15
_LINE = "\n"
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
    """The rows that fit best, and how many there are; `is_loose`: they hold some of the words.

    `tags`: what each row that was compared says of itself, also of those outside the choice.
    """

    rows: list[Any]
    number: int = 0
    has_more: bool = False
    is_loose: bool = False
    tags: tuple[Tags, ...] = ()


class Finder:
    """Finds the best rows of one sort; its query is composed once for each place people stand in.

    `seen` gives what may be seen from a place, which goes by name: `find(sought, limit=5,
    roles=("duty",))`. `first` is less strict than `seen` and needs no other table: the newest
    `LOOKED_INTO_UP_TO` of it that hold the words are then asked for in `seen`. `rows` is what to
    fetch them from (joins, deferred columns). The column is called `search`. `tags` gives what a
    row says of itself (`facets.tagged`); rows of a `Finder` without it fit no choice.
    """

    def __init__(
        self,
        seen: Seen,
        *,
        rows: Seen | None = None,
        first: Seen | None = None,
        tags: Callable[[], Combinable] | None = None,
    ) -> None:
        self._seen, self._rows, self._first, self._tags = seen, rows, first, tags
        self._ask: Prepared[Any] = Prepared(self._compose, may_spare=True)

    def __call__(
        self,
        sought: Sought,
        *,
        limit: int,
        or_loose: bool = False,
        chosen: Chosen = NOTHING,
        **place: Hashable,
    ) -> Best:
        """Return the rows that hold all words; `or_loose`: where there are none, some of them.

        Of those that are compared, only what fits `chosen` is returned and counted.
        """
        if not sought.strict:
            return Best([])
        strict, loose = Asked.of(sought.strict), Asked.of(sought.loose)
        values = [strict.words, strict.pairs]
        if or_loose and loose.words:
            values += [loose.words, loose.pairs]
        if chosen:
            values.append(chosen.pattern)
        return _told(self._ask(*values, limit=limit, is_narrowed=bool(chosen), **place), chosen)

    def _compose(
        self, words: str, pairs: str, *more: str, limit: int, is_narrowed: bool, **place: Hashable
    ) -> "QuerySet[Any]":
        loose, fitting = (more[:-1], more[-1]) if is_narrowed else (more, "")
        return composed(
            self._seen(**place),
            Asked(words, pairs),
            Asked(*loose) if loose else None,
            limit=limit,
            rows=self._rows() if self._rows else None,
            first=self._first() if self._first else None,
            tags=(self._tags(), fitting) if self._tags else None,
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
    tags: tuple[Combinable, str] | None = None,
) -> "QuerySet[Any]":
    """The rows with `how_many` and `is_strict`, the best first; those that fit before all others."""
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
    found: QuerySet[Any] = source.filter(pk__in=newest).annotate(
        how_many=Window(Count("pk")), is_strict=holds(strict.words)
    )
    order = [near.desc(), "-pk"]
    if tags:
        told, fitting = tags
        found = found.annotate(all_tags=Window(StringAgg(told, _LINE)))
        if fitting:
            found = found.annotate(fits=_Fits(told, Value(fitting)))
            order.insert(0, F("fits").desc())
    return found.order_by(*order)[:limit]


def ranked(function: str, column: str | Combinable, words: str) -> Func:
    """How well a row matches: heavier parts and nearer words count more, long texts less."""
    given = (column, Words(Value(words)), Value(1))
    return Func(*given, function=function, output_field=FloatField())


def holds(words: str) -> Func:
    """Does a row hold the words? As a function it is never looked up in an index."""
    given = (F("search"), Words(Value(words)))
    return Func(*given, function="ts_match_vq", output_field=BooleanField())


class _Fits(Func):
    """Does the text of the tags fit a pattern?"""

    template = "(%(expressions)s)"
    arg_joiner = " ~ "
    output_field = BooleanField()


def _told(found: list[Any], chosen: Chosen = NOTHING) -> Best:
    number = found[0].how_many if found else 0
    is_loose = bool(found) and not found[0].is_strict
    has_more, number = number > COMPARED_UP_TO, min(number, COMPARED_UP_TO)
    if not found or not hasattr(found[0], "all_tags"):
        tags: tuple[Tags, ...] = (frozenset(),) * number
        rows = [] if chosen else found
    else:
        tags = tuple(map(read_tags, found[0].all_tags.split(_LINE)[:number]))
        rows = [row for row in found if row.fits] if chosen else found
    fitting = sum(map(chosen.fits, tags)) if chosen else number
    return Best(rows, fitting, has_more, is_loose, tags)


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
