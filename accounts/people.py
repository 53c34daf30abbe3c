"""People by their ids, for pages that name them."""

import time
from collections.abc import Collection
from typing import Any

from accounts.models import User
from foundation.prepared import Prepared

KEPT_FOR_SECONDS = 30
MOST_KEPT = 2_000
# Who is called what, and when it was read. Names only: what a person may do is asked each time.
_kept: dict[int, tuple[str, float]] = {}


@Prepared
def _names(ids: list[int]) -> Any:
    return User.objects.filter(pk__in=ids).values_list("pk", "name")


def names_by_id(ids: Collection[int]) -> dict[int, str]:
    """What these people are called; a name that was changed shows within half a minute."""
    now = time.monotonic()
    unknown = [pk for pk in ids if now - _kept.get(pk, ("", float("-inf")))[1] > KEPT_FOR_SECONDS]
    if unknown:
        if len(_kept) + len(unknown) > MOST_KEPT:
            _kept.clear()
            unknown = list(ids)
        _kept.update({pk: (name, now) for pk, name in _names(unknown)})
    return {pk: _kept[pk][0] for pk in ids if pk in _kept}


def forget_names() -> None:
    """Read all names anew."""
    _kept.clear()
