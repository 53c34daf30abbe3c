"""What one version changes of another, field by field."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.reference import county_names
from accounts.roles import Role
from foundation.differences import Piece, differences
from foundation.templatetags.formats import day_filter, moment_filter
from knowledge.models import AnnouncementVersion
from knowledge.views.news.shown import topic_names

_FIELDS: dict[str, str | Promise] = {
    "category": _("Category"),
    "audience": _("For whom"),
    "topics": _("Topics"),
    "counties": _("Counties"),
    "roles": _("Roles that may read it"),
    "title_zh": _("Title in Chinese"),
    "title_en": _("Title in English"),
    "summary_zh": _("One sentence in Chinese"),
    "summary_en": _("One sentence in English"),
    "body_zh": _("Text in Chinese"),
    "body_en": _("Text in English"),
    "place_zh": _("Place in Chinese"),
    "place_en": _("Place in English"),
    "event_starts_at": _("Begins at"),
    "event_ends_at": _("Ends at"),
    "link_url": _("Where to apply or read more"),
    "starts_at": _("Public from"),
    "ends_on": _("Public until"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One field that is not as it was. `language` is that of its words, where they have one."""

    label: str | Promise
    pieces: list[Piece]
    language: str


def changes_between(before: AnnouncementVersion, after: AnnouncementVersion) -> list[Change]:
    """The fields that differ, in the order of the form, and the files last."""
    changes = [
        Change(
            label,
            differences(_written(before, name), _written(after, name)),
            {"zh": "zh-Hant-TW", "en": "en"}.get(name.rpartition("_")[2], ""),
        )
        for name, label in _FIELDS.items()
        if getattr(before, name) != getattr(after, name)
    ]
    old, new = (_file_names(version) for version in (before, after))
    if old != new:
        changes.append(Change(_("Files"), differences(old, new), ""))
    return changes


def _written(version: AnnouncementVersion, name: str) -> str:
    value: Any = getattr(version, name)
    if name in ("category", "audience"):
        return str(getattr(version, f"get_{name}_display")())
    if isinstance(value, list):
        names = {"topics": topic_names(), "counties": county_names(), "roles": dict(Role.choices)}
        return "\n".join(str(names[name].get(code, code)) for code in value)
    if isinstance(value, datetime):
        return str(moment_filter(value))
    if isinstance(value, date):
        return str(day_filter(value))
    return "" if value is None else str(value)


def _file_names(version: AnnouncementVersion) -> str:
    return "\n".join(file.name for file in version.files_in_order())
