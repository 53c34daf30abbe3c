"""Keeping entries of the directory: adding, changing, confirming and closing organisations."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from accounts.models import User
from foundation.idempotency import once
from ledger.recording import record
from network.directory_events import DirectoryEvent
from network.errors import (
    EntryClosedError,
    NameTakenError,
    PartnerAlreadyError,
    PersonUnknownError,
)
from network.models import Organisation, OrganisationMembership


@dataclass(frozen=True, slots=True, kw_only=True)
class OrganisationWords:
    """What an entry says of its organisation."""

    kind: str
    name_zh: str
    name_en: str = ""
    description_zh: str
    description_en: str = ""
    business_number: str = ""
    url: str = ""
    email: str = ""
    phone: str = ""


@transaction.atomic
def add(*, words: OrganisationWords, by_id: int, key: UUID) -> Organisation:
    """Add an entry, confirmed by whoever adds it; the same key adds one. Raises NameTakenError."""
    pk, _is_new = once(
        key=key, act="network.add", by=f"user:{by_id}", do=lambda: make(words=words, by_id=by_id)
    )
    return Organisation.objects.get(pk=pk)


def make(*, words: OrganisationWords, by_id: int) -> Organisation:
    """Make and record an entry inside the caller's transaction. Raises NameTakenError."""
    _check_name(words.name_zh)
    made = Organisation.objects.create(**asdict(words), confirmed_by_id=by_id)
    record(DirectoryEvent.ADDED, subject=made, actor_id=by_id, facts={"kind": made.kind})
    return made


@transaction.atomic
def change(*, organisation_id: int, words: OrganisationWords, by_id: int) -> Organisation:
    """Change what an entry says; that confirms it too. Raises EntryClosedError, NameTakenError."""
    organisation = open_entry(organisation_id)
    said = asdict(words)
    changed = sorted(name for name, value in said.items() if getattr(organisation, name) != value)
    if not changed:
        return organisation
    if "name_zh" in changed:
        _check_name(words.name_zh, but=organisation_id)
    for name in changed:
        setattr(organisation, name, said[name])
    _mark_confirmed(organisation, by_id)
    organisation.save()
    facts = {"changed": changed}
    record(DirectoryEvent.CHANGED, subject=organisation, actor_id=by_id, facts=facts)
    return organisation


@transaction.atomic
def confirm(*, organisation_id: int, by_id: int) -> Organisation:
    """Say that all of the entry is right today. Raises EntryClosedError."""
    organisation = open_entry(organisation_id)
    _mark_confirmed(organisation, by_id)
    organisation.save(update_fields=["confirmed_at", "confirmed_by", "reminded_at", "updated_at"])
    record(DirectoryEvent.CONFIRMED, subject=organisation, actor_id=by_id)
    return organisation


@transaction.atomic
def close(*, organisation_id: int, by_id: int) -> Organisation:
    """Take the entry off the public pages for good. Raises EntryClosedError."""
    organisation = open_entry(organisation_id)
    organisation.closed_at = timezone.now()
    organisation.save(update_fields=["closed_at", "updated_at"])
    record(DirectoryEvent.CLOSED, subject=organisation, actor_id=by_id)
    return organisation


@transaction.atomic
def name_partner(*, organisation_id: int, email: str, by_id: int) -> OrganisationMembership:
    """Let a person with an account speak for the organisation.

    Raises EntryClosedError, PersonUnknownError and PartnerAlreadyError.
    """
    organisation = open_entry(organisation_id)
    person = User.objects.filter(email__iexact=email, is_active=True).first()
    if person is None:
        raise PersonUnknownError
    current = OrganisationMembership.objects.in_force().filter(
        user=person, organisation=organisation
    )
    if current.exists():
        raise PartnerAlreadyError
    made = OrganisationMembership.objects.create(
        user=person, organisation=organisation, given_by_id=by_id
    )
    facts = {"user_id": person.pk}
    record(DirectoryEvent.PARTNER_NAMED, subject=organisation, actor_id=by_id, facts=facts)
    return made


@transaction.atomic
def end_partner(*, membership_id: int, by_id: int) -> OrganisationMembership:
    """Take a partner off; ending twice changes nothing."""
    membership = OrganisationMembership.objects.locked().get(pk=membership_id)
    if membership.ended_at is not None:
        return membership
    membership.ended_at = timezone.now()
    membership.save(update_fields=["ended_at"])
    record(
        DirectoryEvent.PARTNER_ENDED,
        subject=membership.organisation,
        actor_id=by_id,
        facts={"user_id": membership.user_id},
    )
    return membership


def open_entry(organisation_id: int) -> Organisation:
    """The entry, locked. Raises EntryClosedError."""
    organisation = Organisation.objects.locked().get(pk=organisation_id)
    if organisation.closed_at is not None:
        raise EntryClosedError
    return organisation


def _mark_confirmed(organisation: Organisation, by_id: int) -> None:
    organisation.confirmed_at = timezone.now()
    organisation.confirmed_by_id = by_id
    organisation.reminded_at = None


def _check_name(name: str, but: int = 0) -> None:
    if Organisation.objects.open().filter(name_zh=name).exclude(pk=but).exists():
        raise NameTakenError
