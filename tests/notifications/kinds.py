"""Kinds of notification that only tests declare: who hears and what, from the entry's facts."""

from collections.abc import Iterable

from ledger.models import Entry
from notifications.notifications import Notice
from notifications.registry import Recipient

HAPPENED = "tests.happened"
URGENT = "tests.urgent"


class Sample(Notice):
    kind = "tests.sample"
    event = HAPPENED
    label = "Something happened"

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        for user_id in entry.facts.get("users", []):
            yield Recipient(user_id=user_id, reason="You take part in a test.")
        for email in entry.facts.get("emails", []):
            yield Recipient(
                email=email,
                language=entry.facts.get("language", "zh-hant"),
                reason="You take part in a test.",
            )

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        return entry.facts.get("subject", "發生了一件事"), [entry.facts.get("body", "內容。")]

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return "/account/inbox/"


class Urgent(Sample):
    kind = "tests.urgent"
    event = URGENT
    may_switch_off = False
