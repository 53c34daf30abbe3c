"""Doing an act once, however often its form is sent."""

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.db import connection, models, transaction

from foundation import plans
from foundation.models import IdempotencyKey
from foundation.writing import Update, send

KEPT_FOR = timedelta(days=7)
_AT_ONCE = 5_000


@transaction.atomic
def once(*, key: uuid.UUID, act: str, by: str, do: Callable[[], models.Model]) -> tuple[str, bool]:
    """Run `do` unless this person's `act` was already done under `key`.

    Returns the primary key of what `do` made, as text, and whether it was made now. Of two
    calls at the same moment the second waits for the first and gets its result; where the
    first fails and rolls back, the second does the act.
    """
    if not _claim(key, act, by):
        first = IdempotencyKey.objects.get(act=act, by=by, key=key)
        return first.result, False
    made = do()
    send(_done(act, by, key, str(made.pk)))
    return str(made.pk), True


@Update
def _done(act: str, by: str, key: uuid.UUID, result: str) -> Any:
    return IdempotencyKey.objects.filter(act=act, by=by, key=key), {"result": result}


def _claim(key: uuid.UUID, act: str, by: str) -> bool:
    table = connection.ops.quote_name(IdempotencyKey._meta.db_table)
    claimed = plans.ask(
        f"INSERT INTO {table} (act, by, key, result, at) VALUES (%s, %s, %s, '', now())"  # noqa: S608
        " ON CONFLICT (act, by, key) DO NOTHING RETURNING id",
        [act, by, key],
        range(3),
    )
    return bool(claimed)


def forget_old(now: datetime) -> int:
    """Forget keys a week after their act: no form lies open that long. At most some thousands."""
    old = IdempotencyKey.objects.filter(at__lt=now - KEPT_FOR).order_by("at")[:_AT_ONCE]
    gone, _kinds = IdempotencyKey.objects.filter(pk__in=old.values("pk")).delete()
    return gone
