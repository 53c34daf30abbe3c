"""Rows written with SQL that is composed once, and several writes sent together.

Composing an insert takes Django longer than PostgreSQL needs to do it, and so does each trip to
the database. Where an act writes many rows and everybody does it all day:

    _consents = Insert(Consent, case=LastId(Case))
    _sent_off = Update(lambda draft: (Draft.objects.filter(pk=draft), {"case": LastId(Case)}))

    case = _cases.one(case, _consents(*consents), _sent_off(draft_id))

What a field does with its value (`pre_save`, tidying, JSON) it does here too; ids are given by the
database. As everywhere, a service owns the transaction.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, connection, connections
from django.db.models import AutoField, BigIntegerField, Field, Func, Model, QuerySet
from django.db.models.sql import InsertQuery, UpdateQuery

from foundation import plans
from foundation.plans import Question, Written
from foundation.prepared import kind_of, mark_of

Row = TypeVar("Row", bound=Model)


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
        told = [plans.to_send(one.question, one.given) for one in wanted]
        params = [value for _sql, values in told for value in values]
        cursor.execute("; ".join(sql for sql, _values in told), params)
        return Outcome(cursor.rowcount, cursor.fetchall() if cursor.description else [])


class LastId(Func):
    """In a write: the id of the row of a model that was written before it, in the same trip."""

    output_field = BigIntegerField()

    def __init__(self, model: type[Model]) -> None:
        super().__init__()
        self._table = model._meta.db_table

    def as_sql(self, *_compiling: Any, **_context: Any) -> Any:
        return self.sql, ()

    @property
    def sql(self) -> str:
        return f"currval('{_sequence(self._table)}')"


@cache
def _sequence(table: str) -> str:
    """The sequence that numbers the rows of a table."""
    connection.ensure_connection()
    with connection.connection.cursor() as cursor:
        cursor.execute("SELECT pg_get_serial_sequence(%s, 'id')", [table])
        return str(cursor.fetchone()[0])


class Insert(Generic[Row]):
    """The insert of a model's rows: `_consents(*rows)` for `send`, `_cases.one(row)` at once.

    `elsewhere` names relations whose value is the `LastId` of what is written before.
    """

    def __init__(self, model: type[Row], **elsewhere: LastId) -> None:
        self._model = model
        self._elsewhere = elsewhere
        self._kept: dict[int, Question] = {}

    def __call__(self, *rows: Row) -> Written | None:
        """All rows in one statement, which tells no ids; None where there are no rows."""
        return Written(self._question(len(rows)), self._values(rows)) if rows else None

    def one(self, row: Row, *beside: Written | None) -> Row:
        """Write one row, and what belongs beside it, and give it the id that the database chose."""
        return self.settle(row, send(self(row), *beside, self._last_id).rows[0][0])

    def settle(self, row: Row, pk: int) -> Row:
        """Note on the row that it was written, and under which id."""
        row.pk = pk
        row._state.adding = False
        row._state.db = DEFAULT_DB_ALIAS
        return row

    @cached_property
    def _fields(self) -> "list[Field[Any, Any]]":
        own = self._model._meta.local_concrete_fields
        return [field for field in own if not isinstance(field, AutoField)]

    @cached_property
    def _last_id(self) -> Written:
        return Written(Question(f"SELECT {LastId(self._model).sql}", []), [])

    def _values(self, rows: tuple[Row, ...]) -> list[Any]:
        wanted = [field for field in self._fields if field.name not in self._elsewhere]
        to = connections[DEFAULT_DB_ALIAS]
        values: list[Any] = []
        for row in rows:
            for field in wanted:
                value = field.pre_save(row, add=True)
                values.append(None if value is None else field.get_db_prep_save(value, to))
        return values

    def _question(self, count: int) -> Question:
        """Compose the insert of so many rows: Django's own of one row, with its marks repeated."""
        if count not in self._kept:
            pattern = self._model()
            for field in self._fields:
                setattr(pattern, field.attname, self._elsewhere.get(field.name))
            query = InsertQuery(self._model)
            query.insert_values(self._fields, [pattern], raw=True)
            ((one, params),) = query.get_compiler(connection=connection).as_sql()
            into, marks = one.split(" VALUES ")
            sql = f"{into} VALUES {', '.join([marks] * count)}"
            self._kept[count] = _all_changing(sql, [*params] * count)
        return self._kept[count]


def _all_changing(sql: str, params: Sequence[Any]) -> Question:
    return Question(sql, params, range(len(params)))


class Update:
    """An update whose SQL is kept: of the rows that the builder selects, to the values it names.

    The builder gets marks in the place of values, as that of a `Prepared` does, and returns the
    queryset and the changes. Raises `ValueError` where the SQL does not hold every value as given.
    """

    def __init__(self, build: Callable[..., tuple[QuerySet[Any], Mapping[str, Any]]]) -> None:
        self._build = build
        self._kept: dict[tuple[Any, ...], tuple[Question, dict[int, int]]] = {}

    def __call__(self, *values: Any) -> Written:
        kinds = tuple(kind_of(value) for value in values)
        if kinds not in self._kept:
            self._kept[kinds] = self._compose(kinds)
        question, places = self._kept[kinds]
        given = question.params.copy()
        for at, nth in places.items():
            given[at] = values[nth]
        return Written(question, given)

    def _compose(self, kinds: tuple[tuple[type, bool], ...]) -> tuple[Question, dict[int, int]]:
        marks = [mark_of(kind, nth) for nth, (kind, _many) in enumerate(kinds)]
        queryset, changes = self._build(*marks)
        query: Any = queryset.query.chain(UpdateQuery)
        query.add_update_values(dict(changes))
        sql, params = query.get_compiler(connection=connection).as_sql()
        places = {at: marks.index(value) for at, value in enumerate(params) if value in marks}
        if set(places.values()) != set(range(len(marks))):
            raise ValueError("The update does not hold every value as it was given.")
        return _all_changing(sql, params), places
