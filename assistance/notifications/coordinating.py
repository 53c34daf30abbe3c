"""What officers are told when others who work for the same enterprise ask to coordinate."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import User
from assistance.events import NeedEvent
from assistance.models import Case, Need
from assistance.notifications.audiences import (
    YOU_WORK_ON_IT,
    YOUR_AGENCY_IS_ASKED,
    in_service,
    persons,
    staff_of,
)
from assistance.notifications.notice import ToStaff
from ledger.models import Entry
from notifications.registry import About, Recipient, notification


@notification
class CoordinationAsked(ToStaff):
    kind = "assistance.coordination_asked"
    event = NeedEvent.COORDINATION_ASKED
    about = About.WORK
    label = gettext_lazy("Somebody who works for the same enterprise asks to coordinate")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        need = Need.objects.get(pk=entry.subject_id)
        if need.officer_id is not None and in_service([need.officer_id]):
            return persons(entry, [need.officer_id], YOU_WORK_ON_IT)
        if need.agency_id is None:
            return []
        return staff_of(entry, need.agency_id, YOUR_AGENCY_IS_ASKED)

    def headline(self, entry: Entry, case: Case) -> str:
        return _("%(system)s: %(agency)s asks to coordinate") % self.names(entry)

    def paragraphs(self, entry: Entry, case: Case) -> list[str]:
        asks = User.objects.get(pk=entry.actor_id)
        who = _("%(name)s works for the same enterprise in another case; write to %(email)s.")
        where = _("The note with what it is about stands in your case.")
        return [who % {"name": asks.name, "email": asks.email}, where]
