"""Doing one act on many rows in a sweep, so that a broken row does not hold up the others."""

import logging
from collections.abc import Callable, Iterable
from typing import TypeVar

from django.db import InterfaceError, OperationalError

logger = logging.getLogger(__name__)

Key = TypeVar("Key")


def one_by_one(keys: Iterable[Key], act: Callable[[Key], int]) -> int:
    """Do `act`, a transaction of its own, on each; return the sum of what was done.

    A row that fails is logged and left for the next sweep. Where the database itself is away
    the sweep ends.
    """
    done = 0
    for key in keys:
        try:
            done += act(key)
        except (InterfaceError, OperationalError):
            raise
        except Exception:
            # The act's module and name, and the key; never what a person typed.
            name = f"{act.__module__}.{act.__qualname__}"
            logger.exception("sweep_row_failed", extra={"act": name, "row": str(key)})
    return done
