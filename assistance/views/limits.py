"""Slowing down whoever asks too often: by the source of the request, never by what it claims."""

from django.http import HttpRequest

from accounts import throttle
from accounts.throttle import source_of

QUARTER_OF_AN_HOUR = 15 * 60
HOUR = 60 * 60

# act → (how often, in how many seconds)
LIMITS: dict[str, tuple[int, int]] = {
    "begin": (40, HOUR),
    "code": (12, QUARTER_OF_AN_HOUR),
    "try_code": (20, QUARTER_OF_AN_HOUR),
    "referral_link": (60, QUARTER_OF_AN_HOUR),
    "registry": (20, QUARTER_OF_AN_HOUR),
    "upload": (150, HOUR),
    "submit": (20, HOUR),
    "suggest": (120, QUARTER_OF_AN_HOUR),
}


def within_limit(request: HttpRequest, act: str) -> bool:
    """Count one more `act`; a signed-in person counts by herself, a guest by her source.

    Where the cache is away nobody is turned away: codes are still limited per address and by
    the tries that their row counts.
    """
    times, seconds = LIMITS[act]
    user = request.user
    who = (
        f"user:{user.pk}"
        if user.is_authenticated
        else f"net:{source_of(request.META.get('REMOTE_ADDR', ''))}"
    )
    return throttle.allows(act=f"assistance.{act}", who=who, times=times, seconds=seconds)
