"""What every page may say of the portal, read from the database now and then: kept for 15 minutes."""

import time
from dataclasses import dataclass

from django.core.cache import cache
from django.utils import timezone
from redis.exceptions import RedisError

from accounts.models import Agency
from assistance.statistics.response import FirstAnswers, first_answers

KEPT_FOR = 15 * 60
_RESPONSE = "figures:first-answers"


@dataclass
class _Kept:
    """In this process: the footer of every page asks for it."""

    hotline: str = ""
    until: float = 0.0


_kept = _Kept()


def hotline() -> str:
    """The telephone of the agency that coordinates; empty where it names none."""
    if time.monotonic() >= _kept.until:
        today = Agency.objects.current().filter(is_coordinator=True).order_by("pk")
        remember_hotline(today.values_list("hotline", flat=True).first() or "")
    return _kept.hotline


def remember_hotline(number: str) -> None:
    """Answer with this number for the next 15 minutes."""
    _kept.hotline, _kept.until = number, time.monotonic() + KEPT_FOR


def forget_hotline() -> None:
    """Ask the database at the next question."""
    _kept.until = 0.0


def response_times() -> FirstAnswers | None:
    """How soon first answers came; nothing while the cache is away, for it is never counted twice."""
    try:
        kept = cache.get(_RESPONSE)
        if kept is None:
            # Asked for by many at once, it is counted by one: the others say nothing meanwhile.
            if not cache.add(f"{_RESPONSE}:counting", True, timeout=60):
                return None
            kept = {"found": first_answers(timezone.localdate())}
            cache.set(_RESPONSE, kept, timeout=KEPT_FOR)
            cache.delete(f"{_RESPONSE}:counting")
    except (RedisError, OSError):
        return None
    return kept["found"] if isinstance(kept, dict) else None
