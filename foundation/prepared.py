"""Queries composed once per process and afterwards only asked with other values.

Django composes the SQL of a queryset anew for every request, which on a page of ten queries takes
longer than all else it does. A `Prepared` keeps what was composed:

    open_questions = Prepared(lambda case: Question.objects.filter(case_id=case, state="open"))
    rows = open_questions(case.pk)

The builder is called once for each shape of its arguments, with marks in the place of the values;
so it may pass them to lookups, and must not look at them, nor at the clock, the language or the
request: such things are arguments too.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Model, QuerySet
from django.db.models.query import ModelIterable, prefetch_related_objects
from django.utils import timezone

from foundation import plans
from foundation.instances import Known, Maker

Row = TypeVar("Row")
KEPT_SHAPES = 500
KEPT_LISTS = 200
_FIRST_NUMBER = 8_600_000_000_000_000_000
_FIRST_DAY = date(9_000, 1, 1)


class Prepared(Generic[Row]):
    """A queryset whose SQL is kept.

    Call it with the values, in the order of the builder's parameters: numbers, texts, ids,
    days, moments, or lists of them (for `…__in`; kept apart from single ones). What decides which SQL
    there is goes by name, and must be hashable: `cases(reference, place=standing)`.
    Raises `ValueError` where a value is None, or is missing from the query: a lookup may have
    changed it. `may_spare` says that the builder leaves some out on purpose.
    """

    def __init__(
        self, build: "Callable[..., QuerySet[Any, Row]]", *, may_spare: bool = False
    ) -> None:
        self._build = build
        self._may_spare = may_spare
        self._kept: dict[Hashable, _Statement | None] = {}

    def __call__(self, *values: Any, **shape: Hashable) -> list[Row]:
        """Ask, and return the rows as the queryset would give them."""
        statement = self._keep(values, shape)
        return statement.ask(values) if statement else []

    def _keep(self, values: Sequence[Any], shape: dict[str, Hashable]) -> "_Statement | None":
        kinds = tuple(kind_of(value) for value in values)
        key = (kinds, *shape.items())
        if key not in self._kept:
            if len(self._kept) >= KEPT_SHAPES:
                self._kept.clear()
            self._kept[key] = _compose(self._build, kinds, shape, may_spare=self._may_spare)
        return self._kept[key]

    def written(self, *values: Any) -> plans.Written:
        """Ask later, as the last of what `foundation.writing.send` sends; its rows come raw."""
        kept = self._keep(values, {})
        if kept is None:
            raise ValueError("The query can find nothing.")
        return plans.Written(kept.question, kept.given(values))

    def first(self, *values: Any, **shape: Hashable) -> Row | None:
        """Ask, and return the first row."""
        rows = self(*values, **shape)
        return rows[0] if rows else None


class PreparedEach(Generic[Row]):
    """Querysets of one kind, each composed once for what it depends on.

    For lists whose filters decide on the SQL. The key must name everything that the builder looks
    at: what is asked for, where the person stands, the day. Of each only the SQL is kept, so the
    rows are plain columns; raises `ValueError` for others.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, plans.Question | None] = {}

    def __call__(self, key: Hashable, build: "Callable[[], QuerySet[Any, Row]]") -> list[Row]:
        """Ask, and return the rows as the queryset would give them."""
        if key not in self._kept:
            if len(self._kept) >= KEPT_LISTS:
                self._kept.clear()
            self._kept[key] = _plain_question(build)
        question = self._kept[key]
        # The rows of plain columns are what the driver gives.
        return plans.answer(question, ()) if question else []  # type: ignore[return-value]


def _plain_question(build: "Callable[[], QuerySet[Any, Any]]") -> plans.Question | None:
    statement = _compose(build, (), {}, may_spare=False)
    if statement and (statement.makes_models or statement.converters):
        raise ValueError("What is kept for each key gives plain columns only.")
    return statement.question if statement else None


def kind_of(value: Any) -> tuple[type, bool]:
    """Return the type of a value, and whether there are many of it."""
    if value is None:
        raise ValueError("None asks with another SQL; it cannot be a value.")
    if isinstance(value, list | tuple | set | frozenset):
        return next((type(one) for one in value), int), True
    return type(value), False


def mark_of(kind: type, nth: int) -> Any:
    """Return a value of that type that stands nowhere else in a query."""
    if issubclass(kind, str):
        return f"\ue000{nth}\ue000"
    if issubclass(kind, datetime):
        return datetime(9_000, 1, 1, tzinfo=timezone.get_default_timezone()) + timedelta(days=nth)
    if issubclass(kind, date):
        return _FIRST_DAY + timedelta(days=nth)
    return UUID(int=_FIRST_NUMBER + nth) if issubclass(kind, UUID) else _FIRST_NUMBER + nth


def _compose(
    build: "Callable[..., QuerySet[Any, Any]]",
    kinds: Sequence[tuple[type, bool]],
    shape: dict[str, Hashable],
    *,
    may_spare: bool,
) -> "_Statement | None":
    """Compose the SQL and note where each value goes; None where nothing can be found."""
    marks = [mark_of(kind, nth) for nth, (kind, _many) in enumerate(kinds)]
    given = [[mark] if many else mark for mark, (_, many) in zip(marks, kinds, strict=True)]
    queryset = build(*given, **shape)
    compiler = queryset.query.get_compiler(connection=connection)
    try:
        sql, params = compiler.as_sql()
    except EmptyResultSet:
        return None
    slots = [(at, marks.index(value)) for at, value in enumerate(params) if value in marks]
    if not may_spare and {nth for _at, nth in slots} != set(range(len(marks))):
        raise ValueError("The query does not hold every value as it was given.")
    many = {at for at, nth in slots if kinds[nth][1]}
    return _Statement(queryset, compiler, _with_lists(sql, many), tuple(params), tuple(slots))


def _with_lists(sql: str, many: set[int]) -> str:
    """Write `= ANY(%s)` for `IN (%s)` where a list goes."""
    parts = sql.split("%s")
    for at in many:
        if not parts[at].endswith(" IN ("):
            raise ValueError("A list can only go into a lookup “in”.")
        parts[at] = parts[at].removesuffix("IN (") + "= ANY("
    return "%s".join(parts)


def _as_sent(value: Any) -> Any:
    return list(value) if isinstance(value, set | frozenset | tuple) else value


@dataclass
class _Statement:
    """What was composed, and how its rows are read."""

    queryset: "QuerySet[Any, Any]"
    compiler: Any
    sql: str
    params: tuple[Any, ...]
    slots: tuple[tuple[int, int], ...]

    def __post_init__(self) -> None:
        self.question = plans.Question(self.sql, self.params, {at for at, _nth in self.slots})
        self.order = [nth for _at, nth in self.slots]
        columns = [column[0] for column in self.compiler.select]
        self.converters = self.compiler.get_converters(columns)
        self.makes_models = issubclass(self.queryset._iterable_class, ModelIterable)
        self.prefetches = self.queryset._prefetch_related_lookups  # type: ignore[attr-defined]
        if self.makes_models:
            info, select = self.compiler.klass_info, self.compiler.select
            self.maker = Maker(info, select, connection.alias)
            self.added = self.compiler.annotation_col_map

    def given(self, values: Sequence[Any]) -> list[Any]:
        """The values in the order of the SQL, some perhaps twice."""
        return [_as_sent(values[nth]) for nth in self.order]

    def ask(self, values: Sequence[Any]) -> list[Any]:
        found: Iterable[Sequence[Any]] = plans.answer(self.question, self.given(values))
        if self.converters:
            found = self.compiler.apply_converters(found, self.converters)
        if not self.makes_models:
            return found if isinstance(found, list) else [tuple(row) for row in found]
        models = list(self._models(found))
        if self.prefetches:
            prefetch_related_objects(models, *self.prefetches)
        return models

    def _models(self, rows: Iterable[Sequence[Any]]) -> Iterator[Model]:
        known: Known = {}
        for row in rows:
            made = self.maker.make(row, known)
            for name, at in (self.added or {}).items():
                setattr(made, name, row[at])
            yield made
