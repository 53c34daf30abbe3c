"""Asking the registry without waiting for it: answers are kept, and a silent one is left alone.

`peek` never waits: it says what is known here. `ask` may wait for as long as the registry's
time-out, and only where a person asked for it: beside the field with a script, by a button
without one. Three failures in a row, and nobody asks for a minute.
"""

import logging
from dataclasses import asdict, dataclass
from typing import Any

from django.core.cache import cache
from redis.exceptions import RedisError

from accounts.registry import registry
from accounts.registry.base import RegistryRecord, RegistryUnavailableError

logger = logging.getLogger(__name__)

FOUND_KEPT = 24 * 60 * 60
NOT_FOUND_KEPT = 60 * 60
MOST_FAILURES = 3
FAILURES_COUNT_FOR = 5 * 60
LEFT_ALONE_FOR = 60


@dataclass(frozen=True)
class Answer:
    """`is_known` is false while the registry has not been asked or does not answer."""

    is_known: bool
    record: RegistryRecord | None = None
    source: str = ""


NOT_KNOWN = Answer(is_known=False)


def peek(business_number: str) -> Answer:
    """What is known without asking anybody elsewhere."""
    if registry().is_local:
        return _told(registry().find(business_number))
    kept = _kept(_key(business_number))
    if not isinstance(kept, dict):
        return NOT_KNOWN
    try:
        return _told(RegistryRecord(**kept["record"]) if kept["record"] else None)
    except (KeyError, TypeError):
        return NOT_KNOWN


def ask(business_number: str) -> Answer:
    """What the registry says; NOT_KNOWN when it does not answer in time or is left alone."""
    already = peek(business_number)
    if already.is_known or _kept(_key("left-alone")):
        return already
    try:
        record = registry().find(business_number)
    except RegistryUnavailableError:
        _count_failure()
        return NOT_KNOWN
    _keep(_key("failures"), 0, FAILURES_COUNT_FOR)
    value = {"record": asdict(record) if record else None}
    _keep(_key(business_number), value, FOUND_KEPT if record else NOT_FOUND_KEPT)
    return _told(record)


def _told(record: RegistryRecord | None) -> Answer:
    """A dissolved enterprise is not filled in."""
    if record is None or record.is_dissolved:
        return Answer(is_known=True)
    return Answer(is_known=True, record=record, source=registry().name)


def _count_failure() -> None:
    failures = int(_kept(_key("failures")) or 0) + 1
    _keep(_key("failures"), failures, FAILURES_COUNT_FOR)
    if failures >= MOST_FAILURES:
        logger.warning("the registry %s is left alone for a minute", registry().name)
        _keep(_key("left-alone"), True, LEFT_ALONE_FOR)
        _keep(_key("failures"), 0, FAILURES_COUNT_FOR)


def _key(what: str) -> str:
    return f"registry:{registry().name}:{what}"


def _kept(key: str) -> Any:
    try:
        return cache.get(key)
    except (RedisError, OSError):
        return None


def _keep(key: str, value: Any, seconds: int) -> None:
    try:
        cache.set(key, value, timeout=seconds)
    except (RedisError, OSError) as away:
        logger.warning("nothing is kept of the registry: %s", type(away).__name__)
