"""What colleagues hear when somebody leaves a post, and who takes over what is left open."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from accounts.events import StaffEvent
from accounts.models import Agency, StaffMembership
from accounts.roles import Permission
from assistance.events import NeedEvent
from assistance.models import Case, Need
from assistance.notifications.audiences import YOU_WORK_ON_IT, duty_officers, persons
from assistance.notifications.notice import ToStaff
from assistance.search import LEFT_BEHIND
from foundation.languages import pick
from ledger.models import Entry
from notifications.notices import Notice
from notifications.registry import About, Concerns, Recipient, notification

YOU_REASSIGN = gettext_lazy("You reassign the cases of this agency.")


def left_open(entry: Entry) -> int:
    """How many cases a leaver's agency has of hers that nobody in post holds now."""
    user_id, agency_id = entry.facts["user_id"], entry.facts["agency_id"]
    led = Case.objects.led_by_leavers().filter(lead_officer_id=user_id, lead_agency_id=agency_id)
    held = Need.objects.held_by_leavers().filter(officer_id=user_id, agency_id=agency_id)
    return led.values("pk").union(held.order_by().values("case")).count()


@notification
class WorkLeftBehind(Notice):
    """Told at the end of a role, where open work is left with a person no longer in post."""

    kind = "assistance.work_left_behind"
    event = StaffEvent.ROLE_ENDED
    label = gettext_lazy("An officer leaves open cases behind")
    may_switch_off = False
    concerns = Concerns.STAFF
    about = About.COURSE

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        if not left_open(entry):
            return []
        posts = StaffMembership.objects.in_force().giving(Permission.CASE_REASSIGN)
        here = posts.filter(agency_id=entry.facts["agency_id"]).order_by("user_id")
        people = here.values_list("user_id", flat=True).distinct()
        return persons(entry, people, YOU_REASSIGN) or duty_officers(entry)

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return f"{reverse('desk:queue')}?view={LEFT_BEHIND}"

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        count = left_open(entry)
        agency = Agency.objects.get(pk=entry.facts["agency_id"])
        stands = ngettext(
            "%(n)d case stands open with an officer who is no longer in post at %(agency)s.",
            "%(n)d cases stand open with an officer who is no longer in post at %(agency)s.",
            count,
        ) % {"n": count, "agency": pick(agency, "name")}
        more = _("Please give them to somebody else from the list.")
        return _("Open cases need another officer"), [stands, more]


@notification
class WorkLeftByLapse(WorkLeftBehind):
    """Told when a role lapsed by itself; once, where several of one person lapse together."""

    kind = "assistance.work_left_by_lapse"
    event = StaffEvent.ROLE_LAPSED
    label = gettext_lazy("Open cases of an officer whose role has run out")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return super().audience(entry) if entry.facts["last"] else []


@notification
class NeedHandedOver(ToStaff):
    kind = "assistance.need_handed_over"
    event = NeedEvent.HANDED_OVER
    about = About.WORK
    label = gettext_lazy("A need is handed over to you")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return persons(entry, [entry.facts["officer"]], YOU_WORK_ON_IT)

    def headline(self, entry: Entry, case: Case) -> str:
        return _("%(system)s: this need is yours now") % self.names(entry)
