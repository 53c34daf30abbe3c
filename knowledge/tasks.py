from celery import shared_task
from django.utils import timezone

from knowledge.services import (
    announcement_digests,
    announcement_files,
    announcement_publishing,
    missed_searches,
    offers,
    subscriptions,
    sweeping,
)


@shared_task(acks_late=True, ignore_result=True, time_limit=300)
def forget_missed_searches() -> None:
    """Forget what was searched for in vain long ago."""
    missed_searches.forget_old(today=timezone.localdate())


@shared_task(acks_late=True, ignore_result=True, time_limit=300)
def forget_old_offers() -> None:
    """Forget which answers were offered beside requests long ago."""
    offers.forget_old(now=timezone.now())


@shared_task(acks_late=True, ignore_result=True, time_limit=120)
def publish_announcements() -> None:
    """Make public what its time has come for, end what is over; the relay looks as well."""
    announcement_publishing.look_due()


@shared_task(acks_late=True, ignore_result=True, time_limit=600)
def gather_announcement_digests() -> None:
    """Write the digests of announcements; beat asks at 07:30, the relay finds what beat missed."""
    announcement_digests.write_due()


@shared_task(acks_late=True, ignore_result=True, time_limit=300)
def scan_announcement_files() -> None:
    """Let files of announcements through that the virus scanner has found clean."""
    announcement_files.scan_pending()


@shared_task(acks_late=True, ignore_result=True, time_limit=120)
def forget_unused_addresses() -> None:
    """Delete addresses that nobody confirmed in time, and those that subscribe no more."""
    subscriptions.forget_unused()


@shared_task(acks_late=True, ignore_result=True, time_limit=300)
def sweep_due() -> None:
    """Publish what was approved for now and mark what is due; beat looks every few minutes."""
    sweeping.sweep_due()
