"""Rows written with SQL that is composed once, and several writes sent together.

Composing an insert takes Django longer than PostgreSQL needs to do it, and so does each trip to
the database. Where an act writes many rows and everybody does it all day:

    _consents = Insert(Consent)
    _sent_off = Update(lambda draft, case: (Draft.objects.filter(pk=draft), {"case_id": case}))

    case = _cases.one(case)
    gone = send(_consents(*consents), _sent_off(draft_id, case.pk))

What a field does with its value (`pre_save`, tidying, JSON) it does here too; ids are given by the
database. As everywhere, a service owns the transaction.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Generic, TypeVar

from django.db import connection
from django.db.models import AutoField, Field, Model, QuerySet
from django.db.models.sql import InsertQuery, UpdateQuery

from foundation import plans
from foundation.prepared import kind_of, mark_of

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True, slots=True)
class Written:
    """One write with its values, still to be sent."""

    sql: str
    params: list[Any]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the last of the statements: how many rows, and what they returned."""

    count: int
    rows: list[tuple[Any, ...]]


def send(*statements: Written | None) -> Outcome:
    """Send the statements in one trip, in their order; None is nothing to write.

    They hold together only inside a transaction. Raises what PostgreSQL refuses of any of them.
    """
    wanted = [one for one in statements if one is not None]
    if not wanted:
        return Outcome(0, [])
    with connection.cursor() as cursor:
        told = [plans.to_send(one.sql, one.params, range(len(one.params))) for one in wanted]
        params = [value for _sql, values in told for value in values]
        cursor.execute("; ".join(sql for sql, _values in told), params)
        return Outcome(cursor.rowcount, cursor.fetchall() if cursor.description else [])


class Insert(Generic[Row]):
    """The insert of a model's rows: `_consents(*rows)` for `send`, `_cases.one(row)` at once."""

    def __init__(self, model: type[Row]) -> None:
        self._model = model
        self._kept: dict[int, str] = {}

    def __call__(self, *rows: Row) -> Written | None:
        """All rows in one statement, which tells no ids; None where there are no rows."""
        return Written(self._sql(len(rows)), self._values(rows)) if rows else None

    def one(self, row: Row) -> Row:
        """Write one row now and give it the id that the database chose."""
        statement = Written(f"{self._sql(1)} {self._returning}", self._values((row,)))
        row.pk = send(statement).rows[0][0]
        row._state.adding = False
        row._state.db = connection.alias
        return row

    @cached_property
    def _fields(self) -> "list[Field[Any, Any]]":
        own = self._model._meta.local_concrete_fields
        return [field for field in own if not isinstance(field, AutoField)]

    @cached_property
    def _returning(self) -> str:
        pk = self._model._meta.pk
        return f"RETURNING {connection.ops.quote_name(str(pk.column))}"

    def _values(self, rows: tuple[Row, ...]) -> list[Any]:
        return [
            field.get_db_prep_save(field.pre_save(row, add=True), connection=connection)
            for row in rows
            for field in self._fields
        ]

    def _sql(self, count: int) -> str:
        """Compose the insert of so many rows: Django's own of one row, with its marks repeated."""
        if count not in self._kept:
            query = InsertQuery(self._model)
            query.insert_values(self._fields, [self._model()], raw=True)
            ((one, _params),) = query.get_compiler(connection=connection).as_sql()
            into, marks = one.split(" VALUES ")
            self._kept[count] = f"{into} VALUES {', '.join([marks] * count)}"
        return self._kept[count]


class Update:
    """An update whose SQL is kept: of the rows that the builder selects, to the values it names.

    The builder gets marks in the place of values, as that of a `Prepared` does, and returns the
    queryset and the changes. Raises `ValueError` where the SQL does not hold every value as given.
    """

    def __init__(self, build: Callable[..., tuple[QuerySet[Any], Mapping[str, Any]]]) -> None:
        self._build = build
        self._kept: dict[tuple[Any, ...], tuple[str, tuple[Any, ...], dict[int, int]]] = {}

    def __call__(self, *values: Any) -> Written:
        kinds = tuple(kind_of(value) for value in values)
        if kinds not in self._kept:
            self._kept[kinds] = self._compose(kinds)
        sql, fixed, places = self._kept[kinds]
        params = list(fixed)
        for at, nth in places.items():
            params[at] = values[nth]
        return Written(sql, params)

    def _compose(
        self, kinds: tuple[tuple[type, bool], ...]
    ) -> tuple[str, tuple[Any, ...], dict[int, int]]:
        marks = [mark_of(kind, nth) for nth, (kind, _many) in enumerate(kinds)]
        queryset, changes = self._build(*marks)
        query: Any = queryset.query.chain(UpdateQuery)
        query.add_update_values(dict(changes))
        sql, params = query.get_compiler(connection=connection).as_sql()
        places = {at: marks.index(value) for at, value in enumerate(params) if value in marks}
        if set(places.values()) != set(range(len(marks))):
            raise ValueError("The update does not hold every value as it was given.")
        return sql, tuple(params), places
