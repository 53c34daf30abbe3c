"""Slowing down whoever asks too often: by the source of the request, never by what it claims."""

import ipaddress

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from accounts import throttle

QUARTER_OF_AN_HOUR = 15 * 60
HOUR = 60 * 60
_V4_NET, _V6_NET = 24, 56

# act → (how often, in how many seconds)
LIMITS: dict[str, tuple[int, int]] = {
    "begin": (40, HOUR),
    "code": (12, QUARTER_OF_AN_HOUR),
    "try_code": (20, QUARTER_OF_AN_HOUR),
    "registry": (20, QUARTER_OF_AN_HOUR),
    "upload": (150, HOUR),
    "submit": (20, HOUR),
    "suggest": (120, QUARTER_OF_AN_HOUR),
}


def source_of(request: HttpRequest) -> str:
    """The network the request comes from, not reversible: a /24 or a /56 is one source."""
    address = request.META.get("REMOTE_ADDR", "")
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(known, ipaddress.IPv6Address) and known.ipv4_mapped:
        known = known.ipv4_mapped
    net = ipaddress.ip_network((known, _V4_NET if known.version == 4 else _V6_NET), strict=False)
    return salted_hmac("assistance.source", str(net)).hexdigest()[:24]


def within_limit(request: HttpRequest, act: str) -> bool:
    """Count one more `act`; a signed-in person counts by herself, a guest by her source.

    Where the cache is away nobody is turned away: codes are still limited per address and by
    the tries that their row counts.
    """
    times, seconds = LIMITS[act]
    user = request.user
    who = f"user:{user.pk}" if user.is_authenticated else f"net:{source_of(request)}"
    return throttle.allows(act=f"assistance.{act}", who=who, times=times, seconds=seconds)
