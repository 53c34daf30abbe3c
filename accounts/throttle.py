"""Slowing down those who ask too often, counted in the cache per person and act."""

import logging
import time

from django.core.cache import cache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def allows(*, act: str, who: str, times: int, seconds: int) -> bool:
    """Count one more try and say whether it is still within `times` per `seconds`.

    Where the cache is away nobody is turned away.
    """
    window = int(time.time() // seconds)
    key = f"throttle:{act}:{who}:{window}"
    try:
        cache.add(key, 0, timeout=seconds * 2)
        return cache.incr(key) <= times
    except ValueError:
        return True
    except (RedisError, OSError) as away:
        logger.warning("not counting %s, the cache is away: %s", act, type(away).__name__)
        return True
