"""What Prometheus is told of the post: what is owed, and for how long."""

import logging
from collections.abc import Iterator

from django.db import DatabaseError
from prometheus_client import REGISTRY
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.registry import Collector

from notifications.statistics import post_counts

logger = logging.getLogger(__name__)


class PostCollector(Collector):
    """Counted in one query whenever Prometheus asks; silent while the database is away."""

    def describe(self) -> list[GaugeMetricFamily]:
        return []

    def collect(self) -> Iterator[GaugeMetricFamily]:
        try:
            counts = post_counts()
        except DatabaseError:
            logger.warning("the post cannot be counted")
            return
        emails = GaugeMetricFamily(
            "portal_emails", "E-mails that are not settled, by state.", labels=["state"]
        )
        for state in ("pending", "retrying", "late", "failed", "suppressed", "digest"):
            emails.add_metric([state], getattr(counts, state))
        yield emails
        yield GaugeMetricFamily(
            "portal_email_oldest_pending_seconds",
            "How long the e-mail that waits longest has waited.",
            value=counts.oldest_pending_seconds,
        )


REGISTRY.register(PostCollector())
