"""Slowing down those who ask too often, counted in the cache per person and act."""

import ipaddress
import logging
import time

from django.core.cache import cache
from django.utils.crypto import salted_hmac
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)
_V4_NET, _V6_NET = 24, 56


def allows(*, act: str, who: str, times: int, seconds: int) -> bool:
    """Count one more try and say whether it is still within `times` per `seconds`.

    Where the cache is away nobody is turned away.
    """
    window = int(time.time() // seconds)
    key = f"throttle:{act}:{who}:{window}"
    try:
        return _count(key, seconds * 2) <= times
    except ValueError:
        return True
    except (RedisError, OSError) as away:
        logger.warning("not counting %s, the cache is away: %s", act, type(away).__name__)
        return True


def _count(key: str, kept_for: int) -> int:
    """Count up; whoever is the first of her window begins the count."""
    try:
        return cache.incr(key)
    except ValueError:
        if cache.add(key, 1, timeout=kept_for):
            return 1
    return cache.incr(key)


def source_of(address: str) -> str:
    """The network the request comes from, not reversible: a /24 or a /56 is one source."""
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    net = ipaddress.ip_network((known, _V4_NET if known.version == 4 else _V6_NET), strict=False)
    return salted_hmac("assistance.source", str(net)).hexdigest()[:24]
