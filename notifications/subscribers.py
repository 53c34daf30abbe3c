"""The post room listens: each event that an app declares a notification for is announced."""

from ledger.models import Entry
from ledger.subscriptions import subscribe
from notifications import registry
from notifications.nudging import nudge_on_commit
from notifications.services import announcing


def announce(entry: Entry) -> None:
    """Write the messages this entry causes, and ask for them to be sent soon."""
    if announcing.announce(entry=entry):
        nudge_on_commit()


def _listen(event: str) -> None:
    subscribe(event)(announce)


registry.on_each_event(_listen)
