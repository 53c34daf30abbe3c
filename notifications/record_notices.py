"""What is told of the ledger itself, which lies beneath the post room and cannot declare it."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import StaffMembership
from accounts.roles import Permission, roles_with
from ledger.events import LedgerEvent
from ledger.models import Entry
from notifications.notices import Notice
from notifications.registry import Concerns, Recipient, notification


@notification
class RecordBroken(Notice):
    concerns = Concerns.STAFF
    kind = "ledger.record_broken"
    event = LedgerEvent.CHAIN_BROKEN
    label = gettext_lazy("The record is not as it was written")
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        reason = gettext_lazy("You look after the portal or read its record.")
        for user_id in self._holding(Permission.DELIVERY_ADMINISTER, Permission.AUDIT_READ):
            yield Recipient(user_id=user_id, reason=reason)

    def path(self, entry: Entry, recipient: Recipient) -> str:
        reads = recipient.user_id in self._holding(Permission.AUDIT_READ)
        return reverse("desk:records" if reads else "inbox:deliveries")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        number = entry.facts["entry"]
        found = _("Entries at the end of the record, noted by an earlier check, are gone.")
        if number is not None:
            found = _("Entry %(number)s is the first that does not fit its seal.")
            found %= {"number": number}
        return (
            _("The record is not as it was written"),
            [
                found,
                _("Keep the database as it is and tell the head of information security."),
            ],
        )

    def _holding(self, *permissions: Permission) -> list[int]:
        roles = {role for permission in permissions for role in roles_with(permission)}
        posts = StaffMembership.objects.in_force().filter(role__in=roles)
        return list(posts.order_by("user_id").values_list("user_id", flat=True).distinct())
