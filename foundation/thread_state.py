"""The language, addresses and connections of a request, held by its thread.

Django keeps them in asgiref's `Local`, which also follows coroutines and takes a lock and two
look-ups each time; a page asks for its language some hundred times. The portal is served by WSGI
alone: a request belongs to one thread from beginning to end, and the thread's own memory is the
same thing at a tenth of the cost (docs/adr/0011). A test refuses an ASGI entry point.
"""

import threading
from types import ModuleType

from django.core.cache import caches
from django.db import connections
from django.urls import base as urls
from django.utils import timezone
from django.utils.translation import trans_real

HOLDERS: tuple[tuple[ModuleType | object, str], ...] = (
    (trans_real, "_active"),
    (timezone, "_active"),
    (urls, "_prefixes"),
    (urls, "_urlconfs"),
    (connections, "_connections"),
    (caches, "_connections"),
)


def hold_in_threads() -> None:
    """Let threads hold what Django would hold per coroutine; called once, before any request.

    What is active or open already stays with the thread that made it so.
    """
    for owner, name in HOLDERS:
        held = getattr(owner, name)
        if not isinstance(held, threading.local):
            setattr(owner, name, _moved(held))


def _moved(held: object) -> threading.local:
    place = threading.local()
    for name in ("value", *connections, *caches):
        if hasattr(held, name):
            setattr(place, name, getattr(held, name))
    return place
