"""What falls due by the calendar: looked for by beat and by the relay, in any number at once.

Each finding locks its row and looks again, so that two sweeps at the same moment do no harm.
"""

from django.utils import timezone

from assistance.services import drafts, ladder, needs, removing, resolution
from foundation.idempotency import forget_old


def sweep_due() -> int:
    """Lapse offers, climb the ladder, remind SMEs, close cases, drop what is old: drafts,
    removed files, keys.

    Returns how many things were done.
    """
    now = timezone.now()
    today = timezone.localdate(now)
    return (
        needs.lapse_due(today)
        + ladder.climb_due(today)
        + ladder.remind_due(today)
        + resolution.close_due(now)
        + drafts.purge_expired(now)
        + removing.purge_removed(now)
        + forget_old(now)
    )
