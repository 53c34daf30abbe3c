"""Bringing an enterprise to the portal, or asking to join one that is here already."""

import uuid
from dataclasses import asdict, dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from accounts.business_number import is_valid
from accounts.errors import BusinessNumberNotValidError, TooManyClaimsError
from accounts.events import EnterpriseEvent, MembershipEvent
from accounts.models import Enterprise, EnterpriseMembership, User
from accounts.roles import Role
from accounts.states import MembershipState
from foundation.idempotency import once
from ledger.recording import record

CLAIMS_AT_ONCE = 5


@dataclass(frozen=True)
class Particulars:
    """What an enterprise says about itself. Capital in NT$, staff as a monthly average."""

    name_zh: str
    name_en: str = ""
    representative: str = ""
    industry: str = ""
    registration_kind: str = ""
    founded_on: date | None = None
    county: str = ""
    district: str = ""
    address: str = ""
    paid_in_capital: int | None = None
    regular_staff: int | None = None


@transaction.atomic
def register_or_claim(
    *,
    key: uuid.UUID,
    user_id: int,
    business_number: str,
    particulars: Particulars,
    registry_source: str = "",
) -> EnterpriseMembership:
    """Register a new enterprise as its owner, or ask to join one that is already registered.

    The first person becomes owner at once. Whoever names the same number later gets a pending
    membership which an owner reviews; what they typed changes nothing, and they see nothing.
    Sent twice under one key, it is done once.

    Raises BusinessNumberNotValidError, TooManyClaimsError.
    """
    if not is_valid(business_number):
        raise BusinessNumberNotValidError

    def do() -> EnterpriseMembership:
        enterprise, is_new = _enterprise(business_number, particulars, registry_source, user_id)
        return _own(enterprise, user_id) if is_new else _claim(enterprise.pk, user_id)

    pk, _is_new = once(key=key, act="accounts.register_or_claim", by=str(user_id), do=do)
    return EnterpriseMembership.objects.select_related("enterprise").get(pk=pk)


@transaction.atomic
def change_particulars(
    *, enterprise_id: int, actor_id: int, particulars: Particulars
) -> Enterprise:
    """Change what an enterprise says about itself; records which fields changed, not to what."""
    enterprise = Enterprise.objects.locked().get(pk=enterprise_id)
    wanted = asdict(particulars)
    changed = [name for name, value in wanted.items() if getattr(enterprise, name) != value]
    if not changed:
        return enterprise
    for name in changed:
        setattr(enterprise, name, wanted[name])
    enterprise.save(update_fields=[*changed, "updated_at"])
    record(
        EnterpriseEvent.DETAILS_CHANGED,
        subject=enterprise,
        actor_id=actor_id,
        facts={"fields": changed},
    )
    return enterprise


def _enterprise(
    business_number: str, particulars: Particulars, registry_source: str, by_id: int
) -> tuple[Enterprise, bool]:
    return Enterprise.objects.get_or_create(
        business_number=business_number,
        defaults={
            **asdict(particulars),
            "registered_by_id": by_id,
            "registry_source": registry_source,
            "registry_checked_at": timezone.now() if registry_source else None,
        },
    )


def _own(enterprise: Enterprise, user_id: int) -> EnterpriseMembership:
    membership = EnterpriseMembership.objects.create(
        user_id=user_id,
        enterprise=enterprise,
        role=Role.OWNER,
        state=MembershipState.ACTIVE,
        decided_at=timezone.now(),
        decided_by_id=user_id,
    )
    record(
        EnterpriseEvent.REGISTERED,
        subject=enterprise,
        actor_id=user_id,
        facts={"membership_id": membership.pk},
    )
    return membership


def _claim(enterprise_id: int, user_id: int) -> EnterpriseMembership:
    User.objects.locked().get(pk=user_id)
    theirs = EnterpriseMembership.objects.filter(user_id=user_id)
    already = theirs.open().filter(enterprise_id=enterprise_id).first()
    if already:
        return already
    if theirs.pending().count() >= CLAIMS_AT_ONCE:
        raise TooManyClaimsError
    claim = EnterpriseMembership.objects.create(user_id=user_id, enterprise_id=enterprise_id)
    record(
        MembershipEvent.CLAIMED,
        subject=claim,
        actor_id=user_id,
        stream=Enterprise(pk=enterprise_id),
        facts={"enterprise_id": enterprise_id},
    )
    return claim
