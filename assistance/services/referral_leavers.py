"""Referrals to those who are no longer there: a volunteer whose term is over, a closed organisation."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from assistance.events import ReferralEvent
from assistance.models import Referral
from assistance.services.one_by_one import one_by_one
from assistance.services.referral import end, lock, note
from assistance.states import OPEN_REFERRAL_STATES, ReferralState
from network.models import Organisation, Volunteer


def release_due(today: date) -> int:
    """Take back what lies with somebody who has left, so that no case waits there; return how many."""
    there = Volunteer.objects.serving(today).values("pk")
    open_ones = Organisation.objects.open().values("pk")
    left = Q(volunteer__isnull=False) & ~Q(volunteer__in=there)
    closed = Q(organisation__isnull=False) & ~Q(organisation__in=open_ones)
    due = Referral.objects.open().filter(left | closed).order_by("pk")
    return one_by_one(due.values_list("pk", flat=True), _release)


@transaction.atomic
def _release(referral_id: int) -> bool:
    """The SME is told as of any recall; whoever referred it is told as well, for nobody acted."""
    _case, referral = lock(referral_id)
    # It may have been settled between the listing and this lock.
    if referral.state not in OPEN_REFERRAL_STATES:
        return False
    was_known = referral.sent_at is not None
    end(referral, ReferralState.RECALLED, timezone.now())
    note(ReferralEvent.RECALLED, referral, None, was_known=was_known, left=True)
    return True
