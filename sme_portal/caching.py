"""The cache in Valkey, with one client for each pool of connections instead of one for each call.

Making a client fills a table of some two hundred commands; a page asks the cache three times.
"""

from typing import Any

from django.core.cache.backends import redis


class _KeptClient(redis.RedisCacheClient):
    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        kept: dict[bool, Any] = vars(self).setdefault("_kept", {})
        if write not in kept:
            kept[write] = super().get_client(key, write=write)
        return kept[write]


class PortalCache(redis.RedisCache):
    """Django's own, asked through kept clients."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _KeptClient
