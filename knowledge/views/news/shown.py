"""An announcement as pages show it: words in the reader's language, names instead of codes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.safestring import SafeString

from accounts.reference import county_names
from accounts.roles import Role
from foundation.languages import fell_back, is_english, pick
from foundation.marks import to_html
from foundation.prepared import Prepared
from knowledge.models import Announcement, AnnouncementVersion, Topic
from knowledge.states import Language


@Prepared
def _topics() -> Any:
    return Topic.objects.in_order()


def topic_names() -> dict[str, str]:
    """The name of every topic by its code, in their order."""
    return {topic.code: pick(topic, "name") for topic in _topics()}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list."""

    announcement: Announcement
    version: AnnouncementVersion
    title: str
    summary: str
    url: str
    topics: list[str]
    counties: list[str]
    is_other_language: bool
    is_amended: bool


def row_of(announcement: Announcement, names: dict[str, str]) -> Row:
    version = version_of(announcement)
    published_at, changed_at = announcement.published_at, announcement.changed_at
    return Row(
        announcement=announcement,
        version=version,
        title=pick(version, "title"),
        summary=pick(version, "summary"),
        url=reverse("news:detail", args=[announcement.slug]),
        topics=[names[code] for code in version.topics if code in names],
        counties=[county_names()[code] for code in version.counties if code in county_names()],
        is_other_language=fell_back(version, "title"),
        is_amended=published_at is not None and changed_at > published_at,
    )


def rows_of(found: Iterable[Announcement]) -> list[Row]:
    names = topic_names()
    return [row_of(one, names) for one in found]


def version_of(announcement: Announcement) -> AnnouncementVersion:
    """The version in force of what is or was public."""
    if announcement.current is None:
        raise ValueError(f"{announcement.slug} was never public")
    return announcement.current


@dataclass(frozen=True, slots=True)
class Words:
    """The texts of a version in one language, for a page or a preview."""

    title: str
    summary: str
    body: SafeString
    place: str
    language: str
    is_other_language: bool
    is_behind: bool


def words_of(version: AnnouncementVersion, *, heading: int = 2) -> Words:
    """The words for this reader; those of the other language where hers has none."""
    wanted = Language.EN if is_english() else Language.ZH
    other = fell_back(version, "body") or fell_back(version, "title")
    return Words(
        title=pick(version, "title"),
        summary=pick(version, "summary"),
        body=to_html(pick(version, "body"), heading=heading),
        place=pick(version, "place"),
        language=("zh-Hant-TW" if is_english() else "en") if other else "",
        is_other_language=other,
        is_behind=version.behind == wanted and not other,
    )


def sides_of(version: AnnouncementVersion) -> list[Words]:
    """The words in each language as they are written, side by side for whoever approves them."""
    tags = {Language.ZH: "zh-Hant-TW", Language.EN: "en"}
    return [
        Words(
            title=getattr(version, f"title_{language}"),
            summary=getattr(version, f"summary_{language}"),
            body=to_html(getattr(version, f"body_{language}"), heading=4),
            place=getattr(version, f"place_{language}"),
            language=tag,
            is_other_language=False,
            is_behind=version.behind == language,
        )
        for language, tag in tags.items()
    ]


def concerns(version: AnnouncementVersion) -> list[str]:
    """Whom it is meant for, in names: topics, counties, roles."""
    names = topic_names()
    roles = [str(Role(code).label) for code in version.roles if code in Role.values]
    counties = [county_names()[code] for code in version.counties if code in county_names()]
    return [*(names[code] for code in version.topics if code in names), *counties, *roles]
