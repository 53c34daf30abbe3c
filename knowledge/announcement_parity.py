"""Which language of a version is missing, and which one was left behind by a change. Pure functions."""

from datetime import datetime
from typing import Protocol

from knowledge.announcement_states import Language

ALWAYS = ("title", "summary", "body")
TEXTS = (*ALWAYS, "place")


class Worded(Protocol):
    """What has words in both languages: a version, or what is about to become one."""

    @property
    def event_starts_at(self) -> datetime | None: ...


def needed(version: Worded) -> tuple[str, ...]:
    """The texts a language is complete with; an event happens somewhere."""
    return TEXTS if version.event_starts_at else ALWAYS


def is_complete(version: Worded, language: str) -> bool:
    return all(getattr(version, f"{name}_{language}") for name in needed(version))


def missing_languages(version: Worded) -> list[str]:
    """The languages in which something is not written yet."""
    return [one for one in Language.values if not is_complete(version, one)]


def left_behind(before: Worded, after: Worded) -> str:
    """The language whose words stayed while the other's changed; "" where neither or both did."""
    moved = {
        language: any(
            getattr(before, f"{name}_{language}") != getattr(after, f"{name}_{language}")
            for name in TEXTS
        )
        for language in Language.values
    }
    if moved[Language.ZH] == moved[Language.EN]:
        return ""
    stayed = Language.EN if moved[Language.ZH] else Language.ZH
    return stayed.value if is_complete(after, stayed) else ""
