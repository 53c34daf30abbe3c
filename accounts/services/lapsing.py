"""Noting that a staff role no longer counts without anybody having ended it.

A role lapses after its last day, or when its person's account is closed. Nobody acts then, so
nothing would be recorded and nobody would hear what is left open: a sweep looks for such roles.
"""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from accounts.events import StaffEvent
from accounts.models import StaffMembership, User
from ledger.recording import record


def lapsed_unnoted(today: date) -> list[int]:
    """The roles that lapsed, or whose person's account was closed, and of which nobody has heard."""
    gone = Q(valid_to__lt=today) | Q(user__is_active=False)
    found = StaffMembership.objects.filter(gone, ended_at=None, lapse_noted_at=None)
    return list(found.order_by("pk").values_list("pk", flat=True))


@transaction.atomic
def note_lapse(*, staff_membership_id: int, today: date) -> bool:
    """Record once that a role has lapsed; False where it has not, or it is on record already.

    `last` says that no other lapsed role of this person in this agency still waits to be noted.
    """
    person_id = StaffMembership.objects.values_list("user_id", flat=True).get(
        pk=staff_membership_id
    )
    # Both roles of one person are noted one after the other, so that one of them is the last.
    person = User.objects.locked().get(pk=person_id)
    held = StaffMembership.objects.locked().get(pk=staff_membership_id)
    is_over = held.valid_to is not None and held.valid_to < today
    if held.ended_at or held.lapse_noted_at or not (is_over or not person.is_active):
        return False
    held.lapse_noted_at = timezone.now()
    held.save(update_fields=["lapse_noted_at"])
    others = StaffMembership.objects.filter(pk__in=lapsed_unnoted(today), user=person)
    facts = {
        "user_id": held.user_id,
        "agency_id": held.agency_id,
        "role": str(held.role),
        "because": "day" if is_over else "account",
        "last": not others.filter(agency_id=held.agency_id).exists(),
    }
    record(StaffEvent.ROLE_LAPSED, subject=held, actor_id=None, stream=person, facts=facts)
    return True


def forget_noted(today: date) -> int:
    """Forget the notes on roles that count again, so that their next lapse is told as well."""
    back = StaffMembership.objects.in_force(today).filter(user__is_active=True)
    return back.exclude(lapse_noted_at=None).update(lapse_noted_at=None)
