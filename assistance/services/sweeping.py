"""What falls due by the calendar: looked for by beat and by the relay, in any number at once.

Each finding locks its row and looks again, so that two sweeps at the same moment do no harm.
"""

from datetime import date

from django.utils import timezone

from accounts.services import lapsing
from assistance.services import (
    drafts,
    ladder,
    mandate_answers,
    needs,
    referral_answers,
    referral_leavers,
    removing,
    resolution,
)
from assistance.services.one_by_one import one_by_one
from foundation.idempotency import forget_old


def sweep_due() -> int:
    """Lapse offers, referrals and mandates, climb the ladder, remind SMEs, close cases, drop what is old: drafts,
    removed files, keys; and note staff roles that lapsed.

    Returns how many things were done.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    return (
        needs.lapse_due(today)
        + referral_leavers.release_due(today)
        + referral_answers.lapse_due(today)
        + ladder.climb_due(today)
        + ladder.remind_due(today)
        + resolution.close_due(now)
        + mandate_answers.end_due(now)
        + drafts.purge_expired(now)
        + removing.purge_removed(now)
        + _note_lapsed_roles(today)
        + forget_old(now)
    )


def _note_lapsed_roles(today: date) -> int:
    """Let those who reassign cases hear of roles that nobody ended."""
    lapsing.forget_noted(today)
    return one_by_one(
        lapsing.lapsed_unnoted(today),
        lambda pk: lapsing.note_lapse(staff_membership_id=pk, today=today),
    )
