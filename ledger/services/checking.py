"""Walking the whole chain and keeping what was found, where people and machines look."""

import logging
from pathlib import Path

from django.db import transaction

from ledger import sealing
from ledger.events import LedgerEvent
from ledger.models import ChainCheck
from ledger.recording import record

logger = logging.getLogger(__name__)


def check_chain(*, heads: Path | None = None) -> ChainCheck:
    """Seal what waits, walk the whole chain, compare it with the heads noted before, keep the result.

    Heads are noted in the rows of earlier checks, and one a line in the file `heads`, which is
    kept outside the database: whoever cuts the end off the chain cannot cut it off there. What
    does not fit is recorded as an event of its own, so that people are told.
    """
    while sealing.seal_due(from_the_start=True):
        pass
    finding = sealing.verify()
    reason = finding.reason or _lost_link(heads)
    check = _keep(finding, reason)
    if not check.is_sound:
        logger.error("ledger_chain_broken", extra={"check": check.pk, "entry": check.bad_entry_id})
        return check
    logger.info("ledger_chain_sound", extra={"checked": check.checked, "head": check.head})
    if heads is not None:
        with heads.open("a") as file:
            file.write(f"{check.checked} {check.head}\n")
    return check


@transaction.atomic
def _keep(finding: sealing.Finding, reason: str) -> ChainCheck:
    check = ChainCheck.objects.create(
        checked=finding.checked,
        head=finding.head,
        bad_entry_id=finding.bad_entry_id,
        reason=reason,
    )
    if reason:
        facts = {"entry": finding.bad_entry_id, "checked": finding.checked}
        record(LedgerEvent.CHAIN_BROKEN, subject=check, actor_id=None, facts=facts)
    return check


def _lost_link(heads: Path | None) -> str:
    """Name the first head noted before that is no longer in the chain."""
    last = ChainCheck.objects.sound().latest_first().first()
    if last is not None and not sealing.has_link(last.checked, last.head):
        return f"link {last.checked}, noted by an earlier check, is no longer in the chain"
    if heads is None or not heads.exists():
        return ""
    for line in filter(None, heads.read_text().split("\n")):
        number, _space, digest = line.partition(" ")
        if not number.isdecimal() or not sealing.has_link(int(number), digest):
            return f"link {number[:20]}, noted in the file of heads, is no longer in the chain"
    return ""
