from celery import shared_task
from django.utils import timezone

from network.services import freshness, indexing, volunteer_terms


@shared_task(acks_late=True, ignore_result=True, time_limit=300)
def remind_volunteers() -> None:
    """Remind volunteers whose term ends soon; each once."""
    volunteer_terms.remind_all(timezone.localdate())


@shared_task(acks_late=True, ignore_result=True, time_limit=600)
def index_directory() -> None:
    """Write the words of directory entries that changed; beat looks every half minute."""
    indexing.index_due()


@shared_task(acks_late=True, ignore_result=True, time_limit=300)
def ask_owners() -> None:
    """Ask for entries of the directory to be confirmed before six months are over."""
    freshness.ask_owners()
