"""What every page knows of the inbox: how many messages are unread."""

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from foundation.prepared import Prepared
from notifications.models import Message

MOST_SHOWN = 100


def inbox_count(request: HttpRequest) -> dict[str, Any]:
    """`inbox_count` for the bell, asked only by pages that show it and only for the signed-in.

    Counting stops at one hundred: the bell shows "99+".
    """
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {}
    return {"inbox_count": SimpleLazyObject(lambda: len(_unread(user.pk)))}


@Prepared
def _unread(user_id: int) -> Any:
    return Message.objects.of(user_id).unread().order_by().values_list("pk")[:MOST_SHOWN]
