"""The limits of the size classes: few rows that change by law, kept for a minute."""

import time
from datetime import date

from accounts.models import SizeThreshold

_KEPT_FOR_SECONDS = 60
_kept: list[SizeThreshold] = []
_read_at = [float("-inf")]


def limits_on(day: date) -> list[SizeThreshold]:
    """The limits in force on a day, as `size_class.classify` takes them."""
    if time.monotonic() - _read_at[0] > _KEPT_FOR_SECONDS:
        _kept[:] = SizeThreshold.objects.all()
        _read_at[0] = time.monotonic()
    return [limits for limits in _kept if limits.holds_on(day)]


def forget_limits() -> None:
    """Read them anew at the next question."""
    _read_at[0] = float("-inf")
