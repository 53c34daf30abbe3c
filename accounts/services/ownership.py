"""Where ownership of an enterprise is in dispute: what an administrator does in the owners' stead.

As in `memberships`, every service locks the enterprise first and the membership second.
"""

from django.db import transaction
from django.utils import timezone

from accounts.errors import HasOwnerError, NotYourselfError
from accounts.events import MembershipEvent
from accounts.models import Enterprise, EnterpriseInvitation, EnterpriseMembership, Removal
from accounts.roles import Role
from accounts.services import memberships
from accounts.states import MembershipState
from foundation.transitions import MoveNotAllowedError
from ledger.recording import record


@transaction.atomic
def remove(*, membership_id: int, actor_id: int, reason: str) -> EnterpriseMembership:
    """Remove a person who had no right to the enterprise, the last owner too.

    The invitations this person sent no longer work. Where no owner is left, the next request to
    join goes to the administrators. The reason is told to the removed person and kept. Raises
    MoveNotAllowedError for someone who is no member, NotYourselfError.
    """
    membership = memberships.locked(membership_id)
    if membership.user_id == actor_id:
        raise NotYourselfError
    if membership.state != MembershipState.ACTIVE:
        raise MoveNotAllowedError(membership.state, MembershipState.ENDED)
    now = timezone.now()
    membership.move_to(MembershipState.ENDED)
    membership.ended_at = now
    membership.save(update_fields=["state", "ended_at"])
    theirs = EnterpriseInvitation.objects.open_at(now).filter(
        enterprise_id=membership.enterprise_id, invited_by_id=membership.user_id
    )
    invitations = theirs.update(revoked_at=now)
    removal = Removal.objects.create(
        membership=membership, reason=reason, removed_at=now, removed_by_id=actor_id
    )
    facts = {"removal": removal.pk, "invitations": invitations}
    _record(MembershipEvent.REMOVED, membership, actor_id, facts)
    return membership


@transaction.atomic
def appoint_owner(*, membership_id: int, actor_id: int) -> EnterpriseMembership:
    """Make a member owner of an enterprise that has none.

    Raises HasOwnerError where there is one to decide; MoveNotAllowedError, NotYourselfError.
    """
    membership = memberships.locked(membership_id)
    if membership.user_id == actor_id:
        raise NotYourselfError
    owners = EnterpriseMembership.objects.active().owners()
    if owners.filter(enterprise_id=membership.enterprise_id).exists():
        raise HasOwnerError
    return memberships.change_role(membership_id=membership.pk, role=Role.OWNER, actor_id=actor_id)


def _record(
    event: MembershipEvent, membership: EnterpriseMembership, actor_id: int, more: dict[str, int]
) -> None:
    facts = {
        "enterprise_id": membership.enterprise_id,
        "user_id": membership.user_id,
        "role": str(membership.role),
        **more,
    }
    stream = Enterprise(pk=membership.enterprise_id)
    record(event, subject=membership, actor_id=actor_id, stream=stream, facts=facts)
