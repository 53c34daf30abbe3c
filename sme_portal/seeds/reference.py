"""Reference data the portal cannot work without. Safe to load again: what people changed stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml
from django.db import transaction

import assistance
from accounts.models import Agency, SizeThreshold
from assistance.models import (
    GuidanceSystem,
    ReplyTemplate,
    SystemAgency,
    SystemEdition,
)
from assistance.models.system_edition import DAYS_FIELDS, LIST_FIELDS, TEXT_FIELDS
from foundation.holidays import official_calendar
from foundation.models import CalendarDay
from foundation.working_days import import_calendar

FOLDER = Path(assistance.__file__).resolve().parent / "reference"
ONE_DAY = dt.timedelta(days=1)


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return data


def seed_agencies() -> str:
    """Agencies by code, then who followed whom."""
    data = _read("agencies.yaml")
    for row in data["agencies"]:
        Agency.objects.update_or_create(
            code=row["code"],
            defaults={
                "name_zh": row["zh"],
                "name_en": row["en"],
                "abbr": row["abbr"],
                "kind": row["kind"],
                "hotline": row.get("hotline", ""),
                "is_coordinator": row.get("is_coordinator", False),
                "valid_from": row.get("valid_from", data["recorded_from"]),
                "valid_to": row.get("valid_to"),
            },
        )
    ids = dict(Agency.objects.values_list("code", "pk"))
    for row in data["agencies"]:
        if "successor" in row:
            Agency.objects.filter(code=row["code"]).update(successor_id=ids[row["successor"]])
    return f"agencies: {len(data['agencies'])} up to date"


def seed_systems() -> str:
    """The eleven systems; the first edition and the agencies only where there are none yet."""
    data = _read("systems.yaml")
    agencies = dict(Agency.objects.values_list("code", "pk"))
    new = 0
    for row in data["systems"]:
        system, _made = GuidanceSystem.objects.update_or_create(
            number=row["number"],
            defaults={name: row[name] for name in ("code", "group", "position")},
        )
        if not system.editions.exists():
            new += 1
            SystemEdition.objects.create(
                system=system, valid_from=data["edition_valid_from"], **_words(row)
            )
        if not system.agency_terms.exists():
            _assign_agencies(system, row, data, agencies)
    return f"systems: {len(data['systems'])}, of which {new} got their first edition"


def _words(row: dict[str, Any]) -> dict[str, Any]:
    texts = [f"{name}_{code}" for name in TEXT_FIELDS for code in ("zh", "en")]
    return {name: row[name] for name in (*texts, *LIST_FIELDS, *DAYS_FIELDS)}


def _assign_agencies(
    system: GuidanceSystem, row: dict[str, Any], data: dict[str, Any], agencies: dict[str, int]
) -> None:
    changed = data["reorganised_on"]
    periods = (
        ("agencies_formerly", data["agencies_since"], changed - ONE_DAY),
        ("agencies_now", changed, None),
    )
    SystemAgency.objects.bulk_create(
        SystemAgency(
            system=system,
            agency_id=agencies[code],
            position=place,
            valid_from=valid_from,
            valid_to=valid_to,
        )
        for name, valid_from, valid_to in periods
        for place, code in enumerate(row[name], start=1)
    )


def seed_size_thresholds() -> str:
    rows = _read("size_thresholds.yaml")["thresholds"]
    new = 0
    for row in rows:
        values = {name: value for name, value in row.items() if name != "valid_from"}
        _row, made = SizeThreshold.objects.get_or_create(
            valid_from=row["valid_from"], defaults=values
        )
        new += made
    return f"size thresholds: {len(rows)}, {new} new"


def seed_calendar() -> str:
    """Years the calendar does not know yet; a year that has days is left to its editors."""
    known = {day.year for day in CalendarDay.objects.values_list("day", flat=True)}
    rows = [row for row in official_calendar() if row.day.year not in known]
    count = import_calendar(rows) if rows else 0
    return f"working-day calendar: {count} days taken over"


def seed_reply_templates() -> str:
    rows = _read("reply_templates.yaml")["templates"]
    new = 0
    for row in rows:
        values = {name: value for name, value in row.items() if name != "code"}
        _row, made = ReplyTemplate.objects.get_or_create(code=row["code"], defaults=values)
        new += made
    return f"reply templates: {len(rows)}, {new} new"


STEPS: tuple[Callable[[], str], ...] = (
    seed_agencies,
    seed_systems,
    seed_size_thresholds,
    seed_calendar,
    seed_reply_templates,
)


@transaction.atomic
def seed_reference() -> list[str]:
    """Load everything; returns what was done, a line each."""
    return [step() for step in STEPS]
