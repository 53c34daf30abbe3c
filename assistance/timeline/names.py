"""Names of agencies and systems for sentences: few, slow to change, kept for a minute."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from accounts.models import Agency
from assistance.models import SystemEdition
from foundation.languages import is_english
from ledger.models import Entry

_KEPT_FOR_SECONDS = 60
Names = Mapping[int, tuple[str, str]]


def _agencies() -> Names:
    rows = Agency.objects.values_list("pk", "name_zh", "name_en")
    return {pk: (zh, en) for pk, zh, en in rows}


def _systems() -> Names:
    rows = SystemEdition.objects.current().values_list("system_id", "short_zh", "short_en")
    return {pk: (zh, en) for pk, zh, en in rows}


class _Kept:
    """A table read at most once a minute; an id it does not know makes it read again."""

    def __init__(self, read: Callable[[], Names]) -> None:
        self._read = read
        self._names: Names = {}
        self._read_at = float("-inf")

    def name(self, pk: int | None) -> str:
        if pk is None:
            return ""
        stale = time.monotonic() - self._read_at > _KEPT_FOR_SECONDS
        if stale or pk not in self._names:
            self._names, self._read_at = self._read(), time.monotonic()
        zh, en = self._names.get(pk, ("", ""))
        return en if is_english() else zh


_agency_names = _Kept(_agencies)
_system_names = _Kept(_systems)


def agency_name(pk: int | None) -> str:
    return _agency_names.name(pk)


def system_name(pk: int | None) -> str:
    return _system_names.name(pk)


def named(entry: Entry) -> dict[str, Any]:
    """What sentences may name: the system and the agency of an entry's facts."""
    facts = entry.facts
    return {
        "system": system_name(facts.get("system")),
        "agency": agency_name(facts.get("agency")),
        "other": agency_name(facts.get("to")) if "agency" in facts else "",
    }
