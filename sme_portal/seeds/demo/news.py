"""Announcements of the demonstration: invented, written by one person and approved by another."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

import yaml
from django.utils import timezone

from knowledge.announcement_states import Audience
from knowledge.models.announcement_version import CONTENT_FIELDS
from knowledge.services import announcement_review, announcements
from knowledge.services.announcements import Content
from sme_portal.seeds.demo.people import Cast, key
from sme_portal.seeds.demo.stories import FOLDER
from sme_portal.seeds.demo.world import Life, World, office, soon

WAITING, DRAFT = "waiting", "draft"
EVENT_AT_MINUTE, EVENT_LASTS = 300, dt.timedelta(hours=3)
WRITTEN_AT_MINUTE = 15


def begin(world: World, cast: Cast, present: dt.datetime) -> None:
    """Let each announcement be written on its day."""
    rows = yaml.safe_load((FOLDER / "news.yaml").read_text(encoding="utf-8"))
    chance = Random(len(rows))  # noqa: S311 - chance of a story, not a secret
    for row in rows:
        day = timezone.localdate(present - dt.timedelta(days=row["ago"]))
        written_at = min(office(day, WRITTEN_AT_MINUTE), present - dt.timedelta(hours=3))
        own = Random(chance.randrange(2**32))  # noqa: S311
        world.begin(_life(row, cast, own, present), written_at)


def _life(row: dict[str, Any], cast: Cast, chance: Random, present: dt.datetime) -> Life:
    editor = cast.id_of("editor")
    made, _new = announcements.draft(
        agency_id=cast.agencies["smesa"].pk,
        by_id=editor,
        slug=row["slug"],
        content=_content(row, timezone.localdate(present)),
        key=key(f"news {row['slug']}"),
    )
    if row.get("state") == DRAFT:
        return
    yield soon(chance)
    version = announcement_review.submit(announcement_id=made.pk, by_id=editor)
    if row.get("state") == WAITING:
        return
    yield soon(chance)
    _approve(made.pk, cast, version.revision)
    if "amended" in row:
        yield office(timezone.localdate(present - dt.timedelta(days=row["amended"]["ago"])), 60)
        _amend(made.pk, row, cast, timezone.localdate(present))


def _amend(pk: int, row: dict[str, Any], cast: Cast, today: dt.date) -> None:
    editor = cast.id_of("editor")
    begun = announcements.amend(announcement_id=pk, by_id=editor)
    changed = announcements.change(
        announcement_id=pk,
        by_id=editor,
        content=_content(row | row["amended"], today),
        revision=begun.revision,
    )
    announcement_review.submit(announcement_id=pk, by_id=editor)
    _approve(pk, cast, changed.revision)


def _approve(pk: int, cast: Cast, revision: int) -> None:
    announcement_review.approve(
        announcement_id=pk, by_id=cast.id_of("approver"), revision=revision
    )


def _content(row: dict[str, Any], today: dt.date) -> Content:
    given = {name: row[name] for name in CONTENT_FIELDS if name in row}
    lists = {name: row.get(name, []) for name in ("topics", "counties", "roles")}
    times: dict[str, Any] = {}
    if "ends_in" in row:
        times["ends_on"] = today + dt.timedelta(days=row["ends_in"])
    if "event_in" in row:
        starts = office(today + dt.timedelta(days=row["event_in"]), EVENT_AT_MINUTE)
        times |= {"event_starts_at": starts, "event_ends_at": starts + EVENT_LASTS}
    return Content(**({"audience": Audience.EVERYONE} | given | lists | times))
