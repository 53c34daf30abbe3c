"""Addresses of pages, each composed once: `reverse` walks all patterns every time."""

from collections.abc import Hashable

from django.urls import reverse
from django.utils.translation import get_language

KEPT_ADDRESSES = 1_000
_kept: dict[Hashable, str] = {}


def address(name: str, *args: str | int) -> str:
    """Return the address of a page in the reader's language, as `reverse` gives it."""
    key = (get_language(), name, args)
    known = _kept.get(key)
    if known is None:
        if len(_kept) >= KEPT_ADDRESSES:
            _kept.clear()
        known = _kept[key] = reverse(name, args=args)
    return known
