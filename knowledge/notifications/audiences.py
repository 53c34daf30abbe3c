"""Who of an agency is told of what it publishes."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy

from accounts.models import StaffMembership
from accounts.roles import Permission
from ledger.models import Entry
from notifications.registry import Recipient

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

YOU_WROTE_IT = gettext_lazy("You wrote it.")
YOU_APPROVE = gettext_lazy("You approve what your agency publishes.")


def holders(
    entry: Entry, permission: Permission, agencies: Iterable[int], reason: StrPromise
) -> list[Recipient]:
    """Everyone in these agencies who has the permission, except who did it."""
    posts = StaffMembership.objects.in_force().giving(permission).filter(agency_id__in=agencies)
    people = posts.order_by("user_id").values_list("user_id", flat=True).distinct()
    return [Recipient(user_id=pk, reason=reason) for pk in people if pk != entry.actor_id]


def approvers(entry: Entry, *, but: Collection[int]) -> list[Recipient]:
    """Those of the agency who may approve it: not who had a hand in it."""
    agencies = [entry.facts["agency"]]
    found = holders(entry, Permission.KNOWLEDGE_APPROVE, agencies, YOU_APPROVE)
    return [one for one in found if one.user_id not in but]


def writer(entry: Entry, fact: str) -> Iterable[Recipient]:
    """Whoever this fact names as the writer, unless it was her own act."""
    named = entry.facts.get(fact)
    if named is not None and named != entry.actor_id:
        yield Recipient(user_id=named, reason=YOU_WROTE_IT)
