from celery import shared_task

from notifications.services import delivery, digest, retention


@shared_task(acks_late=True, ignore_result=True, time_limit=120)
def deliver_messages() -> None:
    """Send what is due now; asked for after messages were written, and by beat."""
    delivery.deliver_due()


@shared_task(acks_late=True, ignore_result=True, time_limit=300)
def gather_digests() -> None:
    """Write the daily digests; beat asks at 07:30, the relay finds what beat missed."""
    digest.gather_due()


@shared_task(acks_late=True, ignore_result=True, time_limit=300)
def forget_texts() -> None:
    """Remove words and addresses of old e-mails; beat asks every night."""
    retention.forget_due()
