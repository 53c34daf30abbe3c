"""What whoever referred a case is told when the receiver is no longer there."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.events import ReferralEvent
from assistance.models import Case
from assistance.notifications.audiences import person_or_duty
from assistance.notifications.notice import ToStaff
from assistance.notifications.referral import YOU_REFERRED_IT, referral_of
from assistance.timeline.referral import referral_names
from ledger.models import Entry
from notifications.registry import About, Recipient, notification


@notification
class ReceiverLeft(ToStaff):
    kind = "assistance.referral_receiver_left"
    event = ReferralEvent.RECALLED
    about = About.WORK
    label = gettext_lazy("Whoever you referred a case to is no longer there")
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        if not entry.facts.get("left"):
            return []
        return person_or_duty(entry, referral_of(entry).referred_by_id, YOU_REFERRED_IT)

    def headline(self, entry: Entry, case: Case) -> str:
        return _("%(system)s: %(receiver)s is no longer there") % referral_names(entry)

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        return [_("The referral has ended. Please refer it to somebody else.")]
