"""Which language of an announcement is missing, and which one is older than the other. Pure functions."""

from datetime import datetime
from typing import Protocol

from knowledge.parity import older_language
from knowledge.states import Language

ALWAYS = ("title", "summary", "body")
TEXTS = (*ALWAYS, "place")


class Worded(Protocol):
    """What has words in both languages: a version, or what is about to become one."""

    @property
    def event_starts_at(self) -> datetime | None: ...

    @property
    def translation_checked(self) -> bool: ...

    @property
    def behind(self) -> str: ...


def needed(version: Worded) -> tuple[str, ...]:
    """The texts a language is complete with; an event happens somewhere."""
    return TEXTS if version.event_starts_at else ALWAYS


def is_complete(version: Worded, language: str) -> bool:
    return all(getattr(version, f"{name}_{language}") for name in needed(version))


def missing_languages(version: Worded) -> list[str]:
    """The languages in which something is not written yet."""
    return [one for one in Language.values if not is_complete(version, one)]


def behind(before: Worded | None, after: Worded) -> str:
    """The language that is older than the other, against the version in force before.

    Returns "zh", "en", or "" where both say the same, one is missing, or the writer looked and
    they still fit.
    """
    if before is None or after.translation_checked or missing_languages(after):
        return ""
    changed = {code for code in Language.values if _is_changed(before, after, code)}
    missing = missing_languages(before)
    return older_language(changed, missing_before=missing, older_before=before.behind)


def _is_changed(before: Worded, after: Worded, language: str) -> bool:
    words = [f"{name}_{language}" for name in TEXTS]
    return any(getattr(before, word) != getattr(after, word) for word in words)
