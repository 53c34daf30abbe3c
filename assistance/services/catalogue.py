"""Keeping the catalogue: a new edition follows the old one; nothing that has been in force changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Agency
from assistance.events import CatalogueEvent
from assistance.models import GuidanceSystem, SystemAgency, SystemEdition
from foundation.errors import DomainError
from foundation.idempotency import once
from ledger.recording import record

ONE_DAY = dt.timedelta(days=1)


class EditionInThePastError(DomainError):
    message = _("A change takes effect today or later. What was promised stays as it was.")


class EditionStartsAlreadyError(DomainError):
    message = _("Another change takes effect on that very day. Choose another day.")


class EditionInForceError(DomainError):
    message = _("Only a planned edition can be withdrawn. This one is or was in force.")


class NoAgencyError(DomainError):
    message = _("Name at least one agency.")


class AgencyNotThereError(DomainError):
    message = _("One of these agencies does not exist on that day.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EditionContent:
    """What one edition says. Lists hold dicts as `SystemEdition` keeps them; days are working days."""

    heading_zh: str
    heading_en: str
    name_zh: str
    name_en: str
    short_zh: str
    short_en: str
    mission_zh: str
    mission_en: str
    gives_zh: str
    gives_en: str
    eligibility_zh: str
    eligibility_en: str
    services: list[dict[str, Any]]
    problems: list[dict[str, Any]]
    documents: list[dict[str, Any]]
    first_answer_days: int
    next_update_days: int
    resolution_days: int
    offer_days: int


@transaction.atomic
def publish_edition(
    *, system_id: int, actor_id: int, valid_from: dt.date, content: EditionContent, key: UUID
) -> tuple[int, bool]:
    """Let a new edition hold from a day on; the one before it ends the day before.

    An edition planned for later stays: the new one ends the day before that. Returns the
    edition's id and whether this call made it. Raises EditionInThePastError and
    EditionStartsAlreadyError.
    """

    def do() -> SystemEdition:
        return _publish(system_id, actor_id, valid_from, content)

    pk, made = once(key=key, act="catalogue.publish_edition", by=f"user:{actor_id}", do=do)
    return int(pk), made


def _publish(
    system_id: int, actor_id: int, valid_from: dt.date, content: EditionContent
) -> SystemEdition:
    system = GuidanceSystem.objects.locked().get(pk=system_id)
    if valid_from < timezone.localdate():
        raise EditionInThePastError
    editions = SystemEdition.objects.filter(system=system)
    if editions.filter(valid_from=valid_from).exists():
        raise EditionStartsAlreadyError
    later = editions.filter(valid_from__gt=valid_from).order_by("valid_from").first()
    editions.on(valid_from).update(valid_to=valid_from - ONE_DAY)
    edition = SystemEdition.objects.create(
        system=system,
        valid_from=valid_from,
        valid_to=later.valid_from - ONE_DAY if later else None,
        **asdict(content),
    )
    record(
        CatalogueEvent.EDITION_PUBLISHED,
        subject=edition,
        stream=system,
        actor_id=actor_id,
        facts={"system": system.code, "from": valid_from.isoformat()},
    )
    return edition


@transaction.atomic
def withdraw_edition(*, edition_id: int, actor_id: int) -> None:
    """Take back an edition that is planned only; the one before it goes on.

    Raises EditionInForceError.
    """
    system = GuidanceSystem.objects.locked().get(editions__pk=edition_id)
    edition = SystemEdition.objects.locked().get(pk=edition_id)
    if edition.valid_from <= timezone.localdate():
        raise EditionInForceError
    record(
        CatalogueEvent.EDITION_WITHDRAWN,
        subject=edition,
        stream=system,
        actor_id=actor_id,
        facts={"system": system.code, "from": edition.valid_from.isoformat()},
    )
    before = SystemEdition.objects.filter(
        system=system, valid_to=edition.valid_from - ONE_DAY
    ).first()
    ends_on = edition.valid_to
    edition.delete()
    if before is not None:
        SystemEdition.objects.filter(pk=before.pk).update(valid_to=ends_on)


@transaction.atomic
def assign_agencies(
    *, system_id: int, actor_id: int, valid_from: dt.date, agency_ids: Sequence[int]
) -> None:
    """Say who answers for a system from a day on, the first one first.

    Terms planned for that day or later are replaced; former ones stay. Raises NoAgencyError,
    EditionInThePastError and AgencyNotThereError.
    """
    system = GuidanceSystem.objects.locked().get(pk=system_id)
    wanted = list(dict.fromkeys(agency_ids))
    if not wanted:
        raise NoAgencyError
    if valid_from < timezone.localdate():
        raise EditionInThePastError
    _check_agencies_exist(wanted, valid_from)
    terms = SystemAgency.objects.locked().filter(system=system)
    terms.filter(valid_from__gte=valid_from).delete()
    terms.on(valid_from).update(valid_to=valid_from - ONE_DAY)
    SystemAgency.objects.bulk_create(
        SystemAgency(system=system, agency_id=pk, position=place, valid_from=valid_from)
        for place, pk in enumerate(wanted, start=1)
    )
    record(
        CatalogueEvent.AGENCIES_ASSIGNED,
        subject=system,
        actor_id=actor_id,
        facts={"system": system.code, "from": valid_from.isoformat(), "agencies": wanted},
    )


def _check_agencies_exist(agency_ids: Sequence[int], day: dt.date) -> None:
    if Agency.objects.on(day).filter(pk__in=agency_ids).count() != len(agency_ids):
        raise AgencyNotThereError
