"""Letters that let one person join one enterprise, once, within seven days."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from accounts.errors import (
    AlreadyMemberError,
    InvitationForSomeoneElseError,
    InvitationNotOpenError,
    NeedsOwnerError,
    TooManyInvitationsError,
)
from accounts.events import InvitationEvent
from accounts.models import Enterprise, EnterpriseInvitation, EnterpriseMembership, User
from accounts.models.enterprise_invitation import (
    LASTS,
    EnterpriseInvitationQuerySet,
    digest_of,
)
from accounts.roles import Role
from accounts.states import MembershipState
from foundation.idempotency import once
from ledger.recording import record

OPEN_AT_ONCE = 20


@transaction.atomic
def invite(
    *,
    key: uuid.UUID,
    enterprise_id: int,
    email: str,
    role: Role,
    actor_id: int,
    language: str = "zh-hant",
) -> EnterpriseInvitation:
    """Invite an address to join; an older open invitation to it stops working.

    Raises AlreadyMemberError, TooManyInvitationsError. Sent twice under one key, it is done once.
    """
    address = email.strip().lower()

    def do() -> EnterpriseInvitation:
        now = timezone.now()
        Enterprise.objects.locked().get(pk=enterprise_id)
        _check_may_be_invited(enterprise_id, address, now)
        _still_open(enterprise_id, now).filter(email__iexact=address).update(revoked_at=now)
        invitation = _new(enterprise_id, address, role, language, actor_id, now)
        _record(InvitationEvent.SENT, invitation, actor_id)
        return invitation

    pk, _is_new = once(key=key, act="accounts.invite", by=str(actor_id), do=do)
    return EnterpriseInvitation.objects.get(pk=pk)


@transaction.atomic
def revoke(*, invitation_id: int, actor_id: int) -> EnterpriseInvitation:
    """Take an invitation back. Raises InvitationNotOpenError when it was used or is over."""
    invitation = EnterpriseInvitation.objects.locked().get(pk=invitation_id)
    now = timezone.now()
    if not invitation.is_open_at(now):
        raise InvitationNotOpenError
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    _record(InvitationEvent.REVOKED, invitation, actor_id)
    return invitation


@transaction.atomic
def accept(*, token: str, user_id: int) -> EnterpriseMembership:
    """Join by invitation. Of two who use it at once, one joins.

    Raises InvitationNotOpenError alike for an unknown, used, revoked and expired token, and
    InvitationForSomeoneElseError, AlreadyMemberError, NeedsOwnerError.
    """
    found = EnterpriseInvitation.objects.with_token(token).values("pk", "enterprise_id").first()
    if found is None:
        raise InvitationNotOpenError
    Enterprise.objects.locked().get(pk=found["enterprise_id"])
    invitation = EnterpriseInvitation.objects.locked().get(pk=found["pk"])
    now = timezone.now()
    if not invitation.is_open_at(now):
        raise InvitationNotOpenError
    person = User.objects.active().get(pk=user_id)
    if person.email.lower() != invitation.email.lower():
        raise InvitationForSomeoneElseError
    membership = _join(invitation, user_id, now)
    invitation.accepted_at, invitation.accepted_by = now, person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    _record(InvitationEvent.ACCEPTED, invitation, user_id)
    return membership


def _check_may_be_invited(enterprise_id: int, address: str, now: datetime) -> None:
    members = EnterpriseMembership.objects.active().filter(enterprise_id=enterprise_id)
    if members.filter(user__email__iexact=address).exists():
        raise AlreadyMemberError
    if _still_open(enterprise_id, now).count() >= OPEN_AT_ONCE:
        raise TooManyInvitationsError


def _still_open(enterprise_id: int, now: datetime) -> EnterpriseInvitationQuerySet:
    return EnterpriseInvitation.objects.open_at(now).filter(enterprise_id=enterprise_id)


def _new(
    enterprise_id: int, email: str, role: Role, language: str, by_id: int, now: datetime
) -> EnterpriseInvitation:
    invitation = EnterpriseInvitation(
        enterprise_id=enterprise_id,
        email=email,
        role=role,
        language=language,
        invited_by_id=by_id,
        expires_at=now + LASTS,
    )
    invitation.token_digest = digest_of(invitation.token)
    invitation.save(force_insert=True)
    return invitation


def _join(invitation: EnterpriseInvitation, user_id: int, now: datetime) -> EnterpriseMembership:
    members = EnterpriseMembership.objects.filter(enterprise_id=invitation.enterprise_id)
    if invitation.role != Role.OWNER and not members.active().owners().exists():
        raise NeedsOwnerError
    membership = members.open().locked().filter(user_id=user_id).first()
    if membership is None:
        membership = EnterpriseMembership(
            user_id=user_id, enterprise_id=invitation.enterprise_id, state=MembershipState.PENDING
        )
    elif membership.state == MembershipState.ACTIVE:
        raise AlreadyMemberError
    membership.move_to(MembershipState.ACTIVE)
    membership.role = invitation.role
    membership.decided_at, membership.decided_by_id = now, invitation.invited_by_id
    membership.save()
    return membership


def _record(event: InvitationEvent, invitation: EnterpriseInvitation, actor_id: int) -> None:
    record(
        event,
        subject=invitation,
        actor_id=actor_id,
        stream=Enterprise(pk=invitation.enterprise_id),
        facts={"enterprise_id": invitation.enterprise_id, "role": str(invitation.role)},
    )
