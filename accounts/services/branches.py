"""Branches and factories of an enterprise."""

import uuid
from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone

from accounts.errors import BranchClosedError, BranchNameTakenError
from accounts.events import EnterpriseEvent
from accounts.models import Branch, Enterprise
from foundation.idempotency import once
from ledger.recording import record


@dataclass(frozen=True)
class Place:
    kind: str
    name: str
    county: str = ""
    district: str = ""
    address: str = ""


@transaction.atomic
def add(*, key: uuid.UUID, enterprise_id: int, place: Place, actor_id: int) -> Branch:
    """Add a branch or factory. Raises BranchNameTakenError. Under one key it is done once."""

    def do() -> Branch:
        Enterprise.objects.locked().get(pk=enterprise_id)
        _check_name(enterprise_id, place.name)
        branch = Branch.objects.create(enterprise_id=enterprise_id, **asdict(place))
        _record(EnterpriseEvent.BRANCH_ADDED, branch, actor_id)
        return branch

    pk, _is_new = once(key=key, act="accounts.add_branch", by=str(actor_id), do=do)
    return Branch.objects.get(pk=pk)


@transaction.atomic
def change(*, branch_id: int, place: Place, actor_id: int) -> Branch:
    """Change a branch or factory. Raises BranchClosedError, BranchNameTakenError."""
    branch = _locked_open(branch_id)
    _check_name(branch.enterprise_id, place.name, except_id=branch.pk)
    wanted = asdict(place)
    for name, value in wanted.items():
        setattr(branch, name, value)
    branch.save(update_fields=list(wanted))
    _record(EnterpriseEvent.BRANCH_CHANGED, branch, actor_id)
    return branch


@transaction.atomic
def close(*, branch_id: int, actor_id: int) -> Branch:
    """Close a branch; earlier cases keep it, new ones cannot choose it.

    Raises BranchClosedError.
    """
    branch = _locked_open(branch_id)
    branch.closed_at = timezone.now()
    branch.save(update_fields=["closed_at"])
    _record(EnterpriseEvent.BRANCH_CLOSED, branch, actor_id)
    return branch


def _locked_open(branch_id: int) -> Branch:
    enterprise_id = Branch.objects.values_list("enterprise_id", flat=True).get(pk=branch_id)
    Enterprise.objects.locked().get(pk=enterprise_id)
    branch = Branch.objects.locked().get(pk=branch_id)
    if branch.closed_at:
        raise BranchClosedError
    return branch


def _check_name(enterprise_id: int, name: str, except_id: int | None = None) -> None:
    taken = Branch.objects.open().filter(enterprise_id=enterprise_id, name=name)
    if except_id is not None:
        taken = taken.exclude(pk=except_id)
    if taken.exists():
        raise BranchNameTakenError


def _record(event: EnterpriseEvent, branch: Branch, actor_id: int) -> None:
    record(
        event,
        subject=branch,
        actor_id=actor_id,
        stream=Enterprise(pk=branch.enterprise_id),
        facts={"enterprise_id": branch.enterprise_id, "kind": str(branch.kind)},
    )
