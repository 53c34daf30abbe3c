"""Plans that PostgreSQL keeps: a question asked again on the same connection is not planned again.

Planning takes most of the time of a query with many joins and little to read. The first time a
question is asked as it stands; from the second time on as a prepared statement of the session,
in which everything but the values that change is written out, so that partial indexes fit.

A pooler that hands one session to many clients cannot keep plans: `DATABASE_KEEPS_PLANS=0`.
"""

from collections.abc import Collection, Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any
from uuid import UUID
from weakref import WeakKeyDictionary

from django.conf import settings
from django.db import connection

KEPT_PLANS = 200
_PLAIN = (str, int, float, Decimal, date, time, timedelta, UUID)


class _Session:
    """What one connection was asked before, and under which name it keeps the plan."""

    def __init__(self) -> None:
        self.names: dict[str, str] = {}

    def forget(self, cursor: Any) -> None:
        for name in filter(None, self.names.values()):
            cursor.execute(f"DEALLOCATE {name}")
        self.names.clear()


_sessions: "WeakKeyDictionary[Any, _Session]" = WeakKeyDictionary()


def ask(sql: str, params: Sequence[Any], changing: Collection[int] = ()) -> list[tuple[Any, ...]]:
    """Ask, and return all rows; `changing` are the positions of the values that change.

    The SQL and all other values together are the question whose plan is kept.
    """
    with connection.cursor() as cursor:
        cursor.execute(*to_send(sql, params, changing))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def to_send(
    sql: str, params: Sequence[Any], changing: Collection[int] = ()
) -> tuple[str, Sequence[Any]]:
    """What asks this on the current connection, which is open: by its kept plan, or as it stands."""
    name = _plan(sql, params, changing) if settings.DATABASE_KEEPS_PLANS else ""
    if not name:
        return sql, params
    given = [params[at] for at in sorted(changing)]
    return f"EXECUTE {name}{_marks(len(given))}", given


@cache
def _marks(count: int) -> str:
    return f"({', '.join(['%s'] * count)})" if count else ""


def _plan(sql: str, params: Sequence[Any], changing: Collection[int]) -> str:
    """The name of the kept plan; "" the first time, when it is not worth keeping yet."""
    fixed = [value for at, value in enumerate(params) if at not in changing]
    if not all(_is_plain(value) for value in fixed):
        return ""
    raw = connection.connection
    session = _sessions.get(raw)
    if session is None:
        session = _sessions[raw] = _Session()
    question = "\x00".join([sql, *map(repr, fixed)])
    known = session.names.get(question)
    if known:
        return known
    with raw.cursor() as cursor:
        if len(session.names) >= KEPT_PLANS:
            session.forget(cursor)
        if known is None:
            session.names[question] = ""
            return ""
        name = f"kept_{len(session.names)}_{abs(hash(question)):x}"
        cursor.execute(f"PREPARE {name} AS {_written_out(cursor, sql, params, changing)}")
    session.names[question] = name
    return name


def _is_plain(value: Any) -> bool:
    """Is what it is written as what it says? Wrapped values (JSON) show where they lie instead."""
    if isinstance(value, list | tuple):
        return all(_is_plain(one) for one in value)
    return value is None or isinstance(value, _PLAIN)


def _written_out(cursor: Any, sql: str, params: Sequence[Any], changing: Collection[int]) -> str:
    """The SQL with `$1`, `$2` … for what changes and the values themselves for the rest."""
    parts = [part.replace("%%", "%") for part in sql.split("%s")]
    number = {at: f"${nth}" for nth, at in enumerate(sorted(changing), start=1)}
    written = [parts[0]]
    for at, value in enumerate(params):
        literal = number.get(at) or cursor.mogrify("%s", [value]).decode()
        written += [literal, parts[at + 1]]
    return "".join(written)
