"""An urgent announcement reaches the SMEs with an open case in its topics, at once."""

from collections.abc import Iterable

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import EnterpriseMembership
from assistance.models import Case
from assistance.models.case import CaseQuerySet
from assistance.states import OPEN_NEED_STATES
from foundation.languages import pick
from knowledge.announcement_events import AnnouncementEvent
from knowledge.announcement_states import Audience, Category
from knowledge.models import Announcement
from ledger.models import Entry
from notifications.notices import Notice
from notifications.registry import About, Recipient, notification

YOUR_OPEN_CASE = gettext_lazy("You have an open case that it may concern.")


@notification
class UrgentAnnouncement(Notice):
    """Told when it becomes public; topics of an announcement are the systems' codes."""

    kind = "assistance.urgent_announcement"
    event = AnnouncementEvent.PUBLISHED
    label = gettext_lazy("An urgent announcement on the subject of your open case")
    about = About.COURSE
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        facts = entry.facts
        is_for_all = facts["audience"] != Audience.ROLE
        if facts["category"] != Category.URGENT or not facts["topics"] or not is_for_all:
            return []
        return _applicants(_cases_about(facts["topics"], facts["counties"]))

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        version = _announcement(entry).versions.get(number=entry.facts["number"])
        return (
            _("Urgent: %(title)s") % {"title": pick(version, "title")},
            [
                pick(version, "summary"),
                _("You have an open case on this subject, so we tell you at once."),
            ],
        )

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("news:detail", args=[_announcement(entry).slug])


@notification
class UrgentAnnouncementAgain(UrgentAnnouncement):
    """Told of an amendment only where its writer said so and a second person agreed."""

    kind = "assistance.urgent_announcement_again"
    event = AnnouncementEvent.AMENDED
    label = gettext_lazy("An urgent announcement on the subject of your open case has changed")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return super().audience(entry) if entry.facts.get("tell_again") else []

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        subject, paragraphs = super().words(entry)
        return subject, [_("This notice has changed since you last heard of it."), *paragraphs]


def _announcement(entry: Entry) -> Announcement:
    return Announcement.objects.get(pk=entry.subject_id)


def _cases_about(topics: list[str], counties: list[str]) -> CaseQuerySet:
    """Open cases with an open part in one of these systems, in one of these counties if any."""
    part = Q(needs__system__code__in=topics, needs__state__in=OPEN_NEED_STATES)
    found = Case.objects.open().filter(part | Q(main_system__code__in=topics))
    return found.filter(county__in=[*counties, ""]) if counties else found


def _applicants(cases: CaseQuerySet) -> list[Recipient]:
    """The people of the enterprises, those who asked for themselves, addresses of guests."""
    firms = cases.filter(enterprise__isnull=False).values("enterprise")
    members = EnterpriseMembership.objects.active().filter(enterprise__in=firms)
    alone = cases.filter(enterprise=None, applicant__isnull=False)
    people = {
        *members.values_list("user_id", flat=True),
        *alone.values_list("applicant_id", flat=True),
    }
    ids = cases.filter(applicant=None, enterprise=None).values("pk")
    guests = Case.objects.followed_by_code().filter(pk__in=ids).exclude(contact_email="")
    addresses = {
        email.lower(): language
        for email, language in guests.order_by("pk").values_list("contact_email", "language")
    }
    return [
        *(Recipient(user_id=person, reason=YOUR_OPEN_CASE) for person in sorted(people)),
        *(
            Recipient(email=email, language=language, reason=YOUR_OPEN_CASE)
            for email, language in addresses.items()
        ),
    ]
