"""Sessions in the database, with the cache before them; the cache may be away.

Django's own `cached_db` reads around a cache that does not answer, but not when it makes, ends
or first loads a session. The row in the database is the truth in all of these.
"""

import logging
from collections.abc import Callable
from typing import Any

from django.contrib.sessions.backends.cached_db import SessionStore as CachedStore
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class SessionStore(CachedStore):
    """`cached_db` that goes on with the database alone while the cache is away."""

    def load(self) -> Any:
        return self._or_database(super().load, lambda: DatabaseStore.load(self))

    def exists(self, session_key: str) -> bool:
        return bool(
            self._or_database(
                lambda: CachedStore.exists(self, session_key),
                lambda: DatabaseStore.exists(self, session_key),
            )
        )

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001
        DatabaseStore.save(self, must_create)
        own: Any = self
        self._or_database(
            lambda: own._cache.set(own.cache_key, own._session, own.get_expiry_age()),
            lambda: None,
        )

    def delete(self, session_key: str | None = None) -> None:
        # The row goes first: once the cache is back, it has lost what it held.
        self._or_database(lambda: CachedStore.delete(self, session_key), lambda: None)

    def _or_database(self, do: Callable[[], Any], instead: Callable[[], Any]) -> Any:
        try:
            return do()
        except (RedisError, OSError) as away:
            logger.warning("the cache is away: %s", type(away).__name__)
            return instead()
