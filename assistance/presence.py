"""Who else is looking at a case right now; kept in the cache for a minute, never in the database.

Each case has one entry. Two people who write it in the same instant may hide one another until
the next of their polls half a minute later; nothing worse depends on it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.utils import timezone

PRESENT_FOR = timedelta(seconds=60)
# Pages say every half minute that somebody is there; what was said a moment ago needs no repeating.
SAID_ANEW_AFTER = timedelta(seconds=20)

_Entry = dict[int, tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Onlooker:
    user_id: int
    name: str


def look(*, case_id: int, user_id: int, name: str) -> list[Onlooker]:
    """Say that this person looks at the case; return who else does."""
    now = timezone.now()
    present = _still_here(cache.get(_key(case_id)), now)
    _name, said_at = present.get(user_id, ("", 0.0))
    if now.timestamp() - said_at > SAID_ANEW_AFTER.total_seconds():
        present[user_id] = (name, now.timestamp())
        cache.set(_key(case_id), present, PRESENT_FOR.total_seconds())
    return _others(present, user_id)


def looking_at(case_ids: Iterable[int], *, but: int) -> dict[int, list[Onlooker]]:
    """Return who looks at which of these cases, leaving out one person; one round trip."""
    keys = {_key(case_id): case_id for case_id in case_ids}
    now = timezone.now()
    found = {keys[key]: _still_here(entry, now) for key, entry in cache.get_many(keys).items()}
    onlookers = {case_id: _others(present, but) for case_id, present in found.items()}
    return {case_id: others for case_id, others in onlookers.items() if others}


def _key(case_id: int) -> str:
    return f"assistance:presence:{case_id}"


def _still_here(entry: _Entry | None, now: datetime) -> _Entry:
    since = (now - PRESENT_FOR).timestamp()
    return {user_id: seen for user_id, seen in (entry or {}).items() if seen[1] > since}


def _others(present: _Entry, but: int) -> list[Onlooker]:
    return [
        Onlooker(user_id, name)
        for user_id, (name, _at) in sorted(present.items())
        if user_id != but
    ]
