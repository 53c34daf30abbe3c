"""Where the reader of a page stands, for menus; read only when a template asks."""

from typing import Any

from django.utils.functional import SimpleLazyObject

from accounts import permissions


def standing(request: Any) -> dict[str, Any]:
    """`standing` in every template."""
    user = getattr(request, "user", None)
    if user is None:
        return {"standing": permissions.NOBODY}
    return {"standing": SimpleLazyObject(lambda: permissions.standing(user))}
