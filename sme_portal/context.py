"""What every template may know about this installation."""

from django.conf import settings
from django.http import HttpRequest


def portal(request: HttpRequest) -> dict[str, object]:
    """Tell templates whether this is the demo and under which address people reach it."""
    return {"demo": settings.PORTAL_DEMO, "portal_origin": settings.PORTAL_ORIGIN}
