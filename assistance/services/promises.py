"""What the portal has promised for a system: read from its edition in force on a day."""

from datetime import date

from assistance.deadlines import DEFAULT_PROMISE, Promise
from assistance.models import SystemEdition


def promise_for(system_id: int | None, on: date) -> Promise:
    """Return the promise of a system on a day; the default where no system is known yet."""
    if system_id is None:
        return DEFAULT_PROMISE
    days = (
        SystemEdition.objects.on(on)
        .filter(system_id=system_id)
        .values_list("first_answer_days", "next_update_days", "resolution_days", "offer_days")
        .first()
    )
    return Promise(*days) if days else DEFAULT_PROMISE
