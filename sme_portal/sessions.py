"""Sessions in the database with the cache before them; the cache may be away.

Django's `cached_db` reads around a cache that does not answer, but not when it makes, ends or
first loads a session. Here the row in the database is the truth in all of these.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.sessions.backends.cached_db import SessionStore as CachedStore
from django.core.cache import caches
from django.core.cache.backends.base import BaseCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class SessionStore(CachedStore):
    """`cached_db` that goes on with the database alone while the cache is away."""

    def __init__(self, session_key: str | None = None) -> None:
        super().__init__(session_key)
        self._cache = _MayBeAway(caches[settings.SESSION_CACHE_ALIAS])


class _MayBeAway:
    """A cache that has nothing and keeps nothing while it does not answer."""

    def __init__(self, cache: BaseCache) -> None:
        self.cache = cache

    def get(self, key: str) -> Any:
        return _try(lambda: self.cache.get(key))

    def set(self, key: str, value: Any, timeout: float | None) -> None:
        _try(lambda: self.cache.set(key, value, timeout))

    def delete(self, key: str) -> None:
        _try(lambda: self.cache.delete(key))

    def __contains__(self, key: str) -> bool:
        return bool(_try(lambda: key in self.cache))


def _try(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except (RedisError, OSError) as away:
        logger.warning("the cache is away: %s", type(away).__name__)
        return None
