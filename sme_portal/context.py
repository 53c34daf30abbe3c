"""What every template may know about this installation."""

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from sme_portal.figures import hotline


def portal(request: HttpRequest) -> dict[str, object]:
    """Tell templates whether this is the demo, its address, and whom to call."""
    return {
        "demo": settings.PORTAL_DEMO,
        "portal_origin": settings.PORTAL_ORIGIN,
        "hotline": SimpleLazyObject(hotline),
    }
