"""Plans that PostgreSQL keeps: a question asked again on the same connection is not planned again.

Planning takes most of the time of a query with many joins and little to read. The first time a
question is asked as it stands; from the second time on as a prepared statement of the session,
in which everything but the values that change is written out, so that partial indexes fit.

A pooler that hands one session to many clients cannot keep plans: `DATABASE_KEEPS_PLANS=0`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta
from decimal import Decimal
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


class Question:
    """SQL with all its values in place, and which of them change from one asking to the next.

    Two questions are the same when their SQL and the values that stay are; made once where it can be.
    """

    def __init__(self, sql: str, params: Sequence[Any], changing: Collection[int] = ()) -> None:
        self.sql, self.params = sql, list(params)
        self.changing = sorted(changing)
        fixed = [value for at, value in enumerate(params) if at not in changing]
        self.may_be_kept = all(_is_plain(value) for value in fixed)
        self.key = "\x00".join([sql, *map(repr, fixed)])
        self.marks = f"({', '.join(['%s'] * len(changing))})" if changing else ""

    def with_values(self, given: Sequence[Any]) -> list[Any]:
        """All values, in the order of the SQL."""
        params = self.params.copy()
        for at, value in zip(self.changing, given, strict=True):
            params[at] = value
        return params


@dataclass(frozen=True, slots=True)
class Written:
    """A statement with its values, still to be sent (`foundation.writing`)."""

    question: Question
    given: Sequence[Any]


def ask(sql: str, params: Sequence[Any], changing: Collection[int] = ()) -> list[tuple[Any, ...]]:
    """Ask, and return all rows; `changing` are the positions of the values that change."""
    question = Question(sql, params, changing)
    return answer(question, [params[at] for at in question.changing])


def answer(question: Question, given: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Ask with these values in the place of those that change, in the order of the SQL."""
    with connection.cursor() as cursor:
        cursor.execute(*to_send(question, given))
        found: list[tuple[Any, ...]] = cursor.fetchall()
    return found


def to_send(question: Question, given: Sequence[Any]) -> tuple[str, Sequence[Any]]:
    """What asks this on the current connection, which is open: by its kept plan, or as it stands."""
    name = _plan(question) if settings.DATABASE_KEEPS_PLANS else ""
    if name:
        return f"EXECUTE {name}{question.marks}", given
    return question.sql, question.with_values(given)


def _plan(question: Question) -> str:
    """The name of the kept plan; "" the first time, when it is not worth keeping yet."""
    if not question.may_be_kept:
        return ""
    raw = connection.connection
    session = _sessions.get(raw)
    if session is None:
        session = _sessions[raw] = _Session()
    known = session.names.get(question.key)
    return known or _keep(question, session, raw, is_new=known is None)


def _keep(question: Question, session: _Session, raw: Any, *, is_new: bool) -> str:
    with raw.cursor() as cursor:
        if len(session.names) >= KEPT_PLANS:
            session.forget(cursor)
        if is_new:
            session.names[question.key] = ""
            return ""
        name = f"kept_{len(session.names)}_{abs(hash(question.key)):x}"
        cursor.execute(f"PREPARE {name} AS {_written_out(cursor, question)}")
    session.names[question.key] = name
    return name


def _is_plain(value: Any) -> bool:
    """Is what it is written as what it says? Wrapped values (JSON) show where they lie instead."""
    if isinstance(value, list | tuple):
        return all(_is_plain(one) for one in value)
    return value is None or isinstance(value, _PLAIN)


def _written_out(cursor: Any, question: Question) -> str:
    """The SQL with `$1`, `$2` … for what changes and the values themselves for the rest."""
    parts = [part.replace("%%", "%") for part in question.sql.split("%s")]
    number = {at: f"${nth}" for nth, at in enumerate(question.changing, start=1)}
    written = [parts[0]]
    for at, value in enumerate(question.params):
        literal = number.get(at) or cursor.mogrify("%s", [value]).decode()
        written += [literal, parts[at + 1]]
    return "".join(written)
