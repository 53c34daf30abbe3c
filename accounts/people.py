"""People by their ids, for pages that name them."""

from collections.abc import Collection
from typing import Any

from accounts.models import User
from foundation.prepared import Prepared


@Prepared
def _names(ids: list[int]) -> Any:
    return User.objects.filter(pk__in=ids).values_list("pk", "name")


def names_by_id(ids: Collection[int]) -> dict[int, str]:
    return dict(_names(ids)) if ids else {}
