"""Sweeping the papers that wait for the scanner. Called by a task only: it talks to the network."""

import logging

from django.conf import settings

from assistance.models import Attachment, ScanState
from assistance.services.files import settle_scan
from foundation.clamd import ScannerUnavailableError, is_clean
from foundation.papers import open_paper

logger = logging.getLogger(__name__)
BATCH = 50


def scan_pending(limit: int = BATCH) -> int:
    """Let the scanner look at what waits, oldest first; return how many were settled.

    Where the scanner is away, everything stays pending and nothing is served.
    """
    if not settings.CLAMD_ADDRESS:
        return 0
    waiting = Attachment.objects.filter(scan_state=ScanState.PENDING, removed_at=None)
    settled = 0
    for pk, name in waiting.order_by("uploaded_at").values_list("pk", "storage_name")[:limit]:
        try:
            clean = _look(name)
        except ScannerUnavailableError as away:
            logger.warning("scanner not available, papers stay pending: %s", away)
            break
        except FileNotFoundError:
            logger.warning("paper %s has no bytes", pk)
            clean = False
        settle_scan(attachment_id=pk, is_clean=clean)
        settled += 1
    return settled


def _look(name: str) -> bool:
    with open_paper(name) as content:
        return is_clean(content, settings.CLAMD_ADDRESS)
