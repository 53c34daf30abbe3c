"""What every template may know about this installation."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from accounts.permissions import NOBODY, standing
from django.utils.functional import SimpleLazyObject

from accounts.permissions import NOBODY, standing


def portal(request: HttpRequest) -> dict[str, object]:
    """Tell templates whether this is the demo, under which address people reach it, who is asking."""
    user = getattr(request, "user", None)
    return {
        "demo": settings.PORTAL_DEMO,
        "portal_origin": settings.PORTAL_ORIGIN,
        "standing": SimpleLazyObject(lambda: standing(user) if user else NOBODY),
    }
