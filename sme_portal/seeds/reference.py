"""Reference data the portal cannot work without. Safe to load again: what people changed stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
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
from network.services import indexing
from sme_portal.seeds import knowledge, network, questions, volunteers

FOLDER = Path(assistance.__file__).resolve().parent / "reference"
ONE_DAY = dt.timedelta(days=1)
SYSTEM_FIELDS = ["code", "group", "position"]


def _read(name: str) -> dict[str, Any]:
    data: dict[str, Any] = yaml.safe_load((FOLDER / name).read_text(encoding="utf-8"))
    return data


def seed_agencies() -> str:
    """Agencies by code, then who followed whom."""
    data = _read("agencies.yaml")
    agencies = [
        Agency(
            code=row["code"],
            name_zh=row["zh"],
            name_en=row["en"],
            abbr=row["abbr"],
            kind=row["kind"],
            hotline=row.get("hotline", ""),
            is_coordinator=row.get("is_coordinator", False),
            valid_from=row.get("valid_from", data["recorded_from"]),
            valid_to=row.get("valid_to"),
        )
        for row in data["agencies"]
    ]
    names = [f.name for f in Agency._meta.concrete_fields if f.name not in {"id", "code"}]
    kept = [name for name in names if name != "successor"]
    Agency.objects.bulk_create(
        agencies, update_conflicts=True, unique_fields=["code"], update_fields=kept
    )
    known = {agency.code: agency for agency in Agency.objects.all()}
    followed = [row for row in data["agencies"] if "successor" in row]
    for row in followed:
        known[row["code"]].successor = known[row["successor"]]
    Agency.objects.bulk_update([known[row["code"]] for row in followed], ["successor"])
    return f"agencies: {len(agencies)} up to date"


def seed_systems() -> str:
    """The eleven systems; the first edition and the agencies only where there are none yet."""
    data = _read("systems.yaml")
    rows = {row["number"]: row for row in data["systems"]}
    GuidanceSystem.objects.bulk_create(
        [
            GuidanceSystem(number=number, **{name: row[name] for name in SYSTEM_FIELDS})
            for number, row in rows.items()
        ],
        update_conflicts=True,
        unique_fields=["number"],
        update_fields=SYSTEM_FIELDS,
    )
    without_edition = GuidanceSystem.objects.filter(editions__isnull=True)
    editions = SystemEdition.objects.bulk_create(
        SystemEdition(
            system=system, valid_from=data["edition_valid_from"], **_words(rows[system.number])
        )
        for system in without_edition
    )
    agencies = dict(Agency.objects.values_list("code", "pk"))
    without_agency = GuidanceSystem.objects.filter(agency_terms__isnull=True)
    SystemAgency.objects.bulk_create(
        term
        for system in without_agency
        for term in _terms(system, rows[system.number], data, agencies)
    )
    return f"systems: {len(rows)}, of which {len(editions)} got their first edition"


def _words(row: dict[str, Any]) -> dict[str, Any]:
    texts = [f"{name}_{code}" for name in TEXT_FIELDS for code in ("zh", "en")]
    return {name: row[name] for name in (*texts, *LIST_FIELDS, *DAYS_FIELDS)}


def _terms(
    system: GuidanceSystem, row: dict[str, Any], data: dict[str, Any], agencies: dict[str, int]
) -> Iterator[SystemAgency]:
    changed = data["reorganised_on"]
    periods = (
        ("agencies_formerly", data["agencies_since"], changed - ONE_DAY),
        ("agencies_now", changed, None),
    )
    for name, valid_from, valid_to in periods:
        for place, code in enumerate(row[name], start=1):
            yield SystemAgency(
                system=system,
                agency_id=agencies[code],
                position=place,
                valid_from=valid_from,
                valid_to=valid_to,
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


def index_directory() -> str:
    """The words under which the directory is found."""
    return f"directory entries made findable: {indexing.index_due()}"


STEPS: tuple[Callable[[], str], ...] = (
    seed_agencies,
    seed_systems,
    seed_size_thresholds,
    seed_calendar,
    seed_reply_templates,
    *knowledge.STEPS,
    *questions.STEPS,
    *network.STEPS,
    index_directory,
    *volunteers.STEPS,
)


@transaction.atomic
def seed_reference() -> list[str]:
    """Load everything; returns what was done, a line each."""
    return [step() for step in STEPS]
