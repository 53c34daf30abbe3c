"""When worker and relay were last seen, kept in the cache: losing it loses nothing."""

from datetime import datetime

from django.core.cache import cache
from django.utils import timezone

KEPT_FOR = 3600


def mark(name: str) -> None:
    """Note that this process is alive now."""
    cache.set(f"beat:{name}", timezone.now().isoformat(), KEPT_FOR)


def last(name: str) -> datetime | None:
    """When it was last seen, if within the hour."""
    seen = cache.get(f"beat:{name}")
    return datetime.fromisoformat(seen) if seen else None
