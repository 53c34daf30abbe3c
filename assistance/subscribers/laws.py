"""Marking an article of law as changed reaches the cases whose answers rest on it."""

from assistance.services import changed_laws
from knowledge.events import LawEvent
from ledger.models import Entry
from ledger.subscriptions import subscribe


@subscribe(LawEvent.CHANGED)
def tell_cases_of_a_changed_law(entry: Entry) -> None:
    """However many cases there are, whoever marks the article does not wait for them."""
    if entry.subject_id is not None:
        changed_laws.tell_cases(law_id=int(entry.subject_id), by_id=entry.actor_id)
