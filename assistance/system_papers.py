"""The papers each system asks for: from the editions of today, kept for a minute."""

import time
from collections.abc import Iterable
from typing import Any

from assistance.models import SystemEdition

_KEPT_FOR_SECONDS = 60
Paper = dict[str, Any]


class _Kept:
    """Read at most once a minute; a system it does not know makes it read again."""

    def __init__(self) -> None:
        self._papers: dict[int, list[Paper]] = {}
        self._read_at = float("-inf")

    def of(self, system_ids: Iterable[int]) -> list[Paper]:
        wanted = list(dict.fromkeys(system_ids))
        stale = time.monotonic() - self._read_at > _KEPT_FOR_SECONDS
        if stale or any(pk not in self._papers for pk in wanted):
            rows = SystemEdition.objects.current().values_list("system_id", "documents")
            unknown: dict[int, list[Paper]] = {pk: [] for pk in wanted}
            self._papers = unknown | dict(rows)
            self._read_at = time.monotonic()
        return [paper for pk in wanted for paper in self._papers.get(pk, [])]


_kept = _Kept()


def papers_asked_by(system_ids: Iterable[int]) -> list[Paper]:
    """What these systems ask for, in their order; the same paper may come twice."""
    return _kept.of(system_ids)
