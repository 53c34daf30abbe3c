"""A new case is placed by the routing rules as soon as it is in."""

from assistance.events import CaseEvent
from assistance.services import placing
from ledger.models import Entry
from ledger.subscriptions import subscribe


@subscribe(CaseEvent.SUBMITTED)
def place_new_case(entry: Entry) -> None:
    """Sending a request stays as quick as it was: this runs after it, and again if it failed."""
    if entry.subject_id is not None:
        placing.place_case(case_id=int(entry.subject_id))
