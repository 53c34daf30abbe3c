"""Who belongs to an enterprise: reviewing those who ask, changing roles, leaving.

Every service locks the enterprise first and the membership second, so that two owners who act
at once cannot leave members without an owner.
"""

from django.db import transaction
from django.utils import timezone

from accounts.errors import LastOwnerError, NeedsOwnerError
from accounts.events import MembershipEvent
from accounts.models import Enterprise, EnterpriseMembership
from accounts.models.enterprise_membership import EnterpriseMembershipQuerySet
from accounts.roles import Role
from accounts.states import MembershipState
from foundation.transitions import MoveNotAllowedError
from ledger.recording import record


@transaction.atomic
def accept_claim(
    *, membership_id: int, actor_id: int, role: Role = Role.MEMBER
) -> EnterpriseMembership:
    """Let someone who asked join in this role.

    Raises MoveNotAllowedError when the request is no longer pending, NeedsOwnerError when
    the enterprise would have a member and no owner.
    """
    membership = locked(membership_id)
    if role != Role.OWNER and not _owners(membership.enterprise_id).exists():
        raise NeedsOwnerError
    _decide(membership, MembershipState.ACTIVE, actor_id)
    membership.role = role
    membership.save(update_fields=["state", "role", "decided_at", "decided_by"])
    _record(MembershipEvent.ACCEPTED, membership, actor_id)
    return membership


@transaction.atomic
def refuse_claim(*, membership_id: int, actor_id: int) -> EnterpriseMembership:
    """Turn a request to join down. Raises MoveNotAllowedError when it is no longer pending."""
    membership = locked(membership_id)
    _decide(membership, MembershipState.REFUSED, actor_id)
    membership.save(update_fields=["state", "decided_at", "decided_by"])
    _record(MembershipEvent.REFUSED, membership, actor_id)
    return membership


@transaction.atomic
def withdraw_claim(*, membership_id: int, user_id: int) -> EnterpriseMembership:
    """Take one's own request back. Raises MoveNotAllowedError when it is no longer pending."""
    membership = locked(membership_id)
    if membership.state != MembershipState.PENDING:
        raise MoveNotAllowedError(membership.state, MembershipState.ENDED)
    _decide(membership, MembershipState.ENDED, user_id)
    membership.ended_at = membership.decided_at
    membership.save(update_fields=["state", "decided_at", "decided_by", "ended_at"])
    _record(MembershipEvent.WITHDRAWN, membership, user_id)
    return membership


@transaction.atomic
def change_role(*, membership_id: int, role: Role, actor_id: int) -> EnterpriseMembership:
    """Make a member owner or an owner member.

    Raises MoveNotAllowedError for someone who is no member, LastOwnerError.
    """
    membership = locked(membership_id)
    if membership.state != MembershipState.ACTIVE:
        raise MoveNotAllowedError(membership.state, MembershipState.ACTIVE)
    if membership.role == role:
        return membership
    if role != Role.OWNER and not _other_owners(membership).exists():
        raise LastOwnerError
    membership.role = role
    membership.save(update_fields=["role"])
    _record(MembershipEvent.ROLE_CHANGED, membership, actor_id)
    return membership


@transaction.atomic
def end(*, membership_id: int, actor_id: int) -> EnterpriseMembership:
    """End a membership, one's own or someone else's; it counts from the next request.

    The last owner leaves only when no member stays behind. Raises MoveNotAllowedError,
    LastOwnerError.
    """
    membership = locked(membership_id)
    if membership.state != MembershipState.ACTIVE:
        raise MoveNotAllowedError(membership.state, MembershipState.ENDED)
    if membership.role == Role.OWNER and not _other_owners(membership).exists():
        others = _active(membership.enterprise_id).exclude(pk=membership.pk)
        if others.exists():
            raise LastOwnerError
    membership.move_to(MembershipState.ENDED)
    membership.ended_at = timezone.now()
    membership.save(update_fields=["state", "ended_at"])
    _record(MembershipEvent.ENDED, membership, actor_id)
    return membership


def locked(membership_id: int) -> EnterpriseMembership:
    """The membership, locked after its enterprise."""
    enterprise_id = EnterpriseMembership.objects.values_list("enterprise_id", flat=True).get(
        pk=membership_id
    )
    Enterprise.objects.locked().get(pk=enterprise_id)
    return EnterpriseMembership.objects.locked().get(pk=membership_id)


def _decide(membership: EnterpriseMembership, state: MembershipState, actor_id: int) -> None:
    membership.move_to(state)
    membership.decided_at = timezone.now()
    membership.decided_by_id = actor_id


def _active(enterprise_id: int) -> EnterpriseMembershipQuerySet:
    return EnterpriseMembership.objects.active().filter(enterprise_id=enterprise_id)


def _owners(enterprise_id: int) -> EnterpriseMembershipQuerySet:
    return _active(enterprise_id).owners()


def _other_owners(membership: EnterpriseMembership) -> EnterpriseMembershipQuerySet:
    return _owners(membership.enterprise_id).exclude(pk=membership.pk)


def _record(event: MembershipEvent, membership: EnterpriseMembership, actor_id: int) -> None:
    record(
        event,
        subject=membership,
        actor_id=actor_id,
        stream=Enterprise(pk=membership.enterprise_id),
        facts={
            "enterprise_id": membership.enterprise_id,
            "user_id": membership.user_id,
            "role": str(membership.role),
        },
    )
