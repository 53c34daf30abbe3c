"""What the whole house's worker does: say that it is alive."""

from celery import shared_task

from sme_portal import beats


@shared_task(name="sme_portal.tasks.heartbeat")
def heartbeat() -> None:
    """Note that beat hands out tasks and a worker takes them."""
    beats.mark("worker")
