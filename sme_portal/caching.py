"""The cache in Valkey, with one client for each pool of connections instead of one for each call.

Making a client fills a table of some two hundred commands; a page asks the cache three times.
"""

from typing import Any

from django.core.cache.backends import redis

# Django asks first whether the counter is there, then counts: two trips for one number.
_COUNT_UP = """
if redis.call("EXISTS", KEYS[1]) == 1 then return redis.call("INCRBY", KEYS[1], ARGV[1]) end
"""


class _KeptClient(redis.RedisCacheClient):
    def get_client(self, key: Any = None, *, write: bool = False) -> Any:
        kept: dict[bool, Any] = vars(self).setdefault("_kept", {})
        if write not in kept:
            kept[write] = super().get_client(key, write=write)
        return kept[write]

    def incr(self, key: Any, delta: int) -> int:
        counted = self.get_client(key, write=True).eval(_COUNT_UP, 1, key, delta)
        if counted is None:
            raise ValueError(f"Key {key!r} not found.")
        return int(counted)


class PortalCache(redis.RedisCache):
    """Django's own, asked through kept clients."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _KeptClient

    def make_and_validate_key(self, key: str, version: int | None = None) -> str:
        """Valkey takes every key: what memcached would refuse is not looked for, fifty times a page."""
        return self.make_key(key, version=version)
