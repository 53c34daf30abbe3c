"""People by their ids, for pages that name them."""

from collections.abc import Collection

from django.db.models import QuerySet

from accounts.models import User
from foundation.prepared import Prepared


@Prepared
def _users(ids: list[int]) -> "QuerySet[User]":
    found: QuerySet[User] = User.objects.filter(pk__in=ids)
    return found


def users_by_id(ids: Collection[int]) -> dict[int, User]:
    return {user.pk: user for user in _users(ids)} if ids else {}
