"""Reference data of the service network: its topics, and bodies of the whole country that exist."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import yaml

import assistance
import network
from network.models import (
    AreaExtent,
    Location,
    LocationKind,
    Offering,
    OfferingAtLocation,
    Organisation,
    OrganisationKind,
    Schedule,
    ServiceArea,
    TaxonomyTerm,
)

_NAMES = {"name_zh": "short_zh", "name_en": "short_en"}
_TEXTS = {"description_zh": "mission_zh", "description_en": "mission_en"}
MONDAY_TO_FRIDAY = range(1, 6)


def _read(app: Any, name: str) -> dict[str, Any]:
    path = Path(app.__file__).resolve().parent / "reference" / name
    data: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return data


def lasting(kind: str, code: str) -> uuid.UUID:
    """The same id for the same thing in every portal, so that links and API ids last."""
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:sme-portal:{kind}:{code}")


def seed_topics() -> str:
    """The eleven systems as topics of the service network, known there by the system's code."""
    rows = _read(assistance, "systems.yaml")["systems"]
    TaxonomyTerm.objects.bulk_create(
        [
            TaxonomyTerm(
                uuid=lasting("topic", row["code"]),
                code=row["code"],
                number=row["number"],
                **{ours: row[theirs] for ours, theirs in {**_NAMES, **_TEXTS}.items()},
            )
            for row in rows
        ],
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=["number", *_NAMES, *_TEXTS],
    )
    return f"topics of the service network: {len(rows)} up to date"


def seed_national_bodies() -> str:
    """Bodies that exist, with what is known of them; entries that are there are left to their owners."""
    data = _read(network, "national.yaml")
    terms = {term.code: term for term in TaxonomyTerm.objects.all()}
    new = 0
    for row in data["organisations"]:
        _organisation, made = Organisation.objects.get_or_create(
            uuid=lasting("organisation", row["code"]),
            defaults={
                "kind": row["kind"],
                "name_zh": row["zh"],
                "name_en": row["en"],
                **_description(row["systems"], terms),
            },
        )
        new += made
    new += _seed_hotline(data["hotline"], terms)
    return f"national bodies of the service network: {new} new"


def _description(systems: list[str], terms: Mapping[str, TaxonomyTerm]) -> dict[str, str]:
    named = [terms[code] for code in systems]
    return {
        "description_zh": "輔導體系的執行單位："
        + "、".join(term.name_zh for term in named)
        + "。",
        "description_en": "Carries out work for these guidance systems: "
        + ", ".join(term.name_en for term in named)
        + ".",
    }


def _seed_hotline(said: dict[str, str], terms: Mapping[str, TaxonomyTerm]) -> int:
    """The one-stop service centre answers by telephone for the whole country."""
    centre, is_new = Organisation.objects.get_or_create(
        uuid=lasting("organisation", "hotline-centre"),
        defaults={
            "kind": OrganisationKind.HOTLINE_CENTRE,
            "name_zh": said["zh"],
            "name_en": said["en"],
            "description_zh": said["description_zh"],
            "description_en": said["description_en"],
            "phone": said["phone"],
        },
    )
    if not is_new:
        return 0
    location = Location.objects.create(
        uuid=lasting("location", "hotline-centre"),
        organisation=centre,
        kind=LocationKind.VIRTUAL,
        name_zh="服務專線",
        name_en="Service line",
        phone=said["phone"],
    )
    offering = Offering.objects.create(
        uuid=lasting("offering", "hotline-centre"),
        organisation=centre,
        name_zh=said["offering_zh"],
        name_en=said["offering_en"],
        fees_zh=said["fees_zh"],
        fees_en=said["fees_en"],
    )
    offering.terms.add(terms[said["term"]])
    ServiceArea.objects.create(offering=offering, extent=AreaExtent.NATION)
    at = OfferingAtLocation.objects.create(offering=offering, location=location)
    opens, closes = (dt.time.fromisoformat(said[name]) for name in ("opens_at", "closes_at"))
    Schedule.objects.bulk_create(
        Schedule(at=at, weekday=day, opens_at=opens, closes_at=closes) for day in MONDAY_TO_FRIDAY
    )
    return 1


STEPS: tuple[Callable[[], str], ...] = (seed_topics, seed_national_bodies)
