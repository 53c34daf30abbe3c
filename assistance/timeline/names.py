"""Names of agencies and systems for sentences: few, slow to change, kept for a minute."""

import time
from collections.abc import Callable, Mapping
from typing import Any

from accounts.models import Agency
from assistance.models import Need, SystemEdition
from foundation.languages import is_english
from ledger.models import Entry
from network.models import Organisation

_KEPT_FOR_SECONDS = 60
Names = Mapping[int, tuple[str, str]]


def _agencies() -> Names:
    rows = Agency.objects.values_list("pk", "name_zh", "name_en")
    return {pk: (zh, en) for pk, zh, en in rows}


def _systems() -> Names:
    rows = SystemEdition.objects.current().values_list("system_id", "short_zh", "short_en")
    return {pk: (zh, en) for pk, zh, en in rows}


def _organisations() -> Names:
    rows = Organisation.objects.values_list("pk", "name_zh", "name_en")
    return {pk: (zh, en or zh) for pk, zh, en in rows}


class _Kept:
    """A table read at most once a minute; an id it does not know makes it read again."""

    def __init__(self, read: Callable[[], Names]) -> None:
        self._read = read
        self._names: Names = {}
        self._read_at = float("-inf")

    def name(self, pk: int | None) -> str:
        if pk is None:
            return ""
        zh, en = self.both(pk)
        return en if is_english() else zh

    def both(self, pk: int) -> tuple[str, str]:
        stale = time.monotonic() - self._read_at > _KEPT_FOR_SECONDS
        if stale or pk not in self._names:
            self._names, self._read_at = self._read(), time.monotonic()
        return self._names.get(pk, ("", ""))


_agency_names = _Kept(_agencies)
_system_names = _Kept(_systems)
_organisation_names = _Kept(_organisations)


def agency_name(pk: int | None) -> str:
    return _agency_names.name(pk)


def system_name(pk: int | None) -> str:
    return _system_names.name(pk)


def organisation_name(pk: int | None) -> str:
    return _organisation_names.name(pk)


def name_systems(needs: list[Need]) -> list[Need]:
    """Give each need the names `Need.objects.with_names()` would give it, without asking again."""
    for need in needs:
        zh, en = _system_names.both(need.system_id)
        vars(need).update(system_name_zh=zh, system_name_en=en)
    return needs


def named(entry: Entry) -> dict[str, Any]:
    """What sentences may name: the system and the agency of an entry's facts."""
    facts = entry.facts
    return {
        "system": system_name(facts.get("system")),
        "agency": agency_name(facts.get("agency")),
        "other": agency_name(facts.get("to")) if "agency" in facts else "",
    }
