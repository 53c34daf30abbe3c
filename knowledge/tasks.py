from celery import shared_task
from django.utils import timezone

from knowledge.services import missed_searches


@shared_task(acks_late=True, ignore_result=True, time_limit=300)
def forget_missed_searches() -> None:
    """Forget what was searched for in vain long ago."""
    missed_searches.forget_old(today=timezone.localdate())
