from celery import shared_task

from ledger import relay, sealing


@shared_task(acks_late=True, ignore_result=True, time_limit=120)
def relay_soon() -> None:
    """Asked for when something was recorded: hand over what is due now."""
    relay.relay_due(limit=200)


@shared_task(acks_late=True, ignore_result=True, time_limit=120)
def relay_stragglers() -> None:
    """Beat runs this: what an outage of the broker left behind is found here."""
    relay.relay_due(limit=200)


@shared_task(acks_late=True, ignore_result=True, time_limit=120)
def seal_entries() -> None:
    sealing.seal_due()
