from celery import shared_task

from assistance.services import scanning, sweeping


@shared_task(acks_late=True, ignore_result=True, time_limit=600)
def sweep_due() -> None:
    """Do what the calendar asks for; beat looks every few minutes, the relay as well."""
    sweeping.sweep_due()


@shared_task(acks_late=True, ignore_result=True, time_limit=300)
def scan_pending() -> None:
    """Let papers through that the virus scanner has found clean."""
    scanning.scan_pending()
