"""Setting the days of a round of applications."""

from datetime import date

from django.db import transaction

from ledger.recording import record
from network.models import VolunteerApplication, VolunteerWindow
from network.volunteer_errors import WindowTakenError
from network.volunteer_events import VolunteerEvent


@transaction.atomic
def set_round(
    *,
    year: int,
    opens_on: date,
    closes_on: date,
    term_starts_on: date,
    term_ends_on: date,
    actor_id: int,
) -> VolunteerWindow:
    """Set or change the days of a year's round.

    Raises WindowTakenError once an application of it was reviewed: its applicants were promised
    the term of those days.
    """
    window = VolunteerWindow.objects.locked().filter(year=year).first()
    days = {
        "opens_on": opens_on,
        "closes_on": closes_on,
        "term_starts_on": term_starts_on,
        "term_ends_on": term_ends_on,
    }
    if window is None:
        window = VolunteerWindow.objects.create(year=year, **days)
    else:
        reviewed = VolunteerApplication.objects.filter(window=window).exclude(first_reviewer=None)
        if reviewed.exists():
            raise WindowTakenError
        for name, day in days.items():
            setattr(window, name, day)
        window.save(update_fields=list(days))
    facts = {"year": year, **{name: day.isoformat() for name, day in days.items()}}
    record(VolunteerEvent.WINDOW_SET, subject=window, actor_id=actor_id, facts=facts)
    return window
