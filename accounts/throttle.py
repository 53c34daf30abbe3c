"""Slowing down those who ask too often, counted in the cache per person and act."""

import time

from django.core.cache import cache


def allows(*, act: str, who: str, times: int, seconds: int) -> bool:
    """Count one more try and say whether it is still within `times` per `seconds`."""
    window = int(time.time() // seconds)
    key = f"throttle:{act}:{who}:{window}"
    cache.add(key, 0, timeout=seconds * 2)
    try:
        return cache.incr(key) <= times
    except ValueError:
        return True
