"""Giving and ending staff roles."""

import uuid
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.errors import (
    AgencyNotInForceError,
    AuditorHoldsNoOtherRoleError,
    LastAdministratorError,
    PersonNotActiveError,
    RoleAlreadyEndedError,
    RoleAlreadyHeldError,
)
from accounts.events import StaffEvent
from accounts.models import Agency, StaffMembership, User
from accounts.roles import Role
from accounts.services.people import admit
from foundation.idempotency import once
from ledger.recording import record


@dataclass(frozen=True)
class Post:
    """A role in an agency, from a day on, for good or until a last day."""

    agency_id: int
    role: Role
    valid_from: date
    valid_to: date | None = None


@transaction.atomic
def give_role(
    *,
    key: uuid.UUID,
    user_id: int,
    agency_id: int,
    role: Role,
    valid_from: date,
    valid_to: date | None = None,
    actor_id: int | None,
) -> StaffMembership:
    """Give a person a role in an agency from a day on, for good or until a last day.

    Raises PersonNotActiveError, AgencyNotInForceError, RoleAlreadyHeldError,
    AuditorHoldsNoOtherRoleError. Sent twice under one key, it is done once.
    """

    def do() -> StaffMembership:
        person = User.objects.active().locked().filter(pk=user_id).first()
        if person is None:
            raise PersonNotActiveError
        if not Agency.objects.on(valid_from).filter(pk=agency_id).exists():
            raise AgencyNotInForceError
        _check_fits(user_id, agency_id, role, valid_from, valid_to)
        given: StaffMembership = StaffMembership.objects.create(
            user=person,
            agency_id=agency_id,
            role=role,
            valid_from=valid_from,
            valid_to=valid_to,
            given_by_id=actor_id,
        )
        _record(StaffEvent.ROLE_GIVEN, given, actor_id)
        return given

    pk, _is_new = once(key=key, act="accounts.give_role", by=str(actor_id), do=do)
    return StaffMembership.objects.get(pk=pk)


@transaction.atomic
def appoint(
    *,
    key: uuid.UUID,
    email: str,
    name: str,
    post: Post,
    actor_id: int,
) -> StaffMembership:
    """Give a role to whoever has this address, making an account where there is none.

    Raises what `admit` and `give_role` raise; then no account is made either.
    """
    person = admit(email=email, name=name, actor_id=actor_id)
    return give_role(
        key=key,
        user_id=person.pk,
        agency_id=post.agency_id,
        role=post.role,
        valid_from=post.valid_from,
        valid_to=post.valid_to,
        actor_id=actor_id,
    )


@transaction.atomic
def end_role(*, staff_membership_id: int, actor_id: int) -> StaffMembership:
    """End a role now; it counts from the person's next request.

    Raises RoleAlreadyEndedError, LastAdministratorError.
    """
    administrators = list(
        StaffMembership.objects.in_force()
        .filter(role=Role.ADMINISTRATOR, user__is_active=True)
        .order_by("pk")
        .locked()
        .values_list("pk", flat=True)
    )
    held: StaffMembership = StaffMembership.objects.locked().get(pk=staff_membership_id)
    if held.ended_at is not None:
        raise RoleAlreadyEndedError
    if administrators == [held.pk]:
        raise LastAdministratorError
    held.ended_at, held.ended_by_id = timezone.now(), actor_id
    held.save(update_fields=["ended_at", "ended_by"])
    _record(StaffEvent.ROLE_ENDED, held, actor_id)
    return held


def _check_fits(
    user_id: int, agency_id: int, role: Role, valid_from: date, valid_to: date | None
) -> None:
    others = StaffMembership.objects.filter(user_id=user_id).overlapping(valid_from, valid_to)
    if others.filter(agency_id=agency_id, role=role).exists():
        raise RoleAlreadyHeldError
    clashing = others if role == Role.AUDITOR else others.filter(role=Role.AUDITOR)
    if clashing.exclude(role=role).exists():
        raise AuditorHoldsNoOtherRoleError


def _record(event: StaffEvent, held: StaffMembership, actor_id: int | None) -> None:
    record(
        event,
        subject=held,
        actor_id=actor_id,
        stream=User(pk=held.user_id),
        facts={
            "user_id": held.user_id,
            "agency_id": held.agency_id,
            "role": str(held.role),
        },
    )
