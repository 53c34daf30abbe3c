"""What the worker does for the whole house."""

from celery import shared_task
from django.conf import settings

from ledger.services import checking
from sme_portal import beats


@shared_task(name="sme_portal.tasks.heartbeat")
def heartbeat() -> None:
    """Note that beat hands out tasks and a worker takes them."""
    beats.mark("worker")


@shared_task(
    name="sme_portal.tasks.check_ledger", acks_late=True, ignore_result=True, time_limit=3300
)
def check_ledger() -> None:
    """Walk the whole chain; beat asks every night, and what is broken is told to people."""
    checking.check_chain(heads=settings.LEDGER_HEADS)
