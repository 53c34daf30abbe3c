"""Who is told what while an announcement is written and approved."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.languages import pick
from knowledge.announcement_events import AnnouncementEvent, SubscriptionEvent
from knowledge.models import Announcement, AnnouncementVersion
from knowledge.notifications.audiences import approvers, writer
from ledger.models import Entry
from notifications.notices import Notice
from notifications.registry import About, Concerns, Recipient, notification, silence


class AnnouncementNotice(Notice):
    """Leads to the page where the announcement is kept."""

    about = About.WORK
    concerns = Concerns.STAFF

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("manage_news:page", args=[_announcement(entry).slug])


@notification
class AnnouncementToApprove(AnnouncementNotice):
    kind = "knowledge.announcement_to_approve"
    event = AnnouncementEvent.SUBMITTED
    label = gettext_lazy("An announcement waits for your approval")

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return approvers(entry, but=_version(entry).hands)

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        filling = {"title": _title(entry)}
        return (
            _("To approve: %(title)s") % filling,
            [
                _("A colleague sent the announcement “%(title)s” for approval.") % filling,
                _("Nothing is public before you approve it."),
            ],
        )


class ToTheAuthor(AnnouncementNotice):
    def audience(self, entry: Entry) -> Iterable[Recipient]:
        return writer(entry, "author")


@notification
class AnnouncementSentBack(ToTheAuthor):
    kind = "knowledge.announcement_sent_back"
    event = AnnouncementEvent.SENT_BACK
    label = gettext_lazy("An announcement of yours was sent back")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        filling = {"title": _title(entry)}
        because = _version(entry).sent_back_because
        paragraphs = [_("The announcement “%(title)s” was not approved.") % filling]
        return (
            _("Sent back: %(title)s") % filling,
            [*paragraphs, because] if because else paragraphs,
        )


@notification
class AnnouncementApproved(ToTheAuthor):
    kind = "knowledge.announcement_approved"
    event = AnnouncementEvent.APPROVED
    label = gettext_lazy("An announcement of yours was approved")

    def words(self, entry: Entry) -> tuple[str, list[str]]:
        filling = {"title": _title(entry)}
        return (
            _("Approved: %(title)s") % filling,
            [
                _("The announcement “%(title)s” was approved.") % filling,
                _("It becomes public at the time you chose, or at once where you chose none."),
            ],
        )


def _announcement(entry: Entry) -> Announcement:
    return Announcement.objects.get(pk=entry.subject_id)


def _version(entry: Entry) -> AnnouncementVersion:
    return AnnouncementVersion.objects.get(
        announcement_id=entry.subject_id, number=entry.facts["number"]
    )


def _title(entry: Entry) -> str:
    return pick(_version(entry), "title")


for _event in (
    AnnouncementEvent.DRAFTED,
    AnnouncementEvent.CHANGED,
    AnnouncementEvent.AMENDMENT_BEGUN,
    AnnouncementEvent.DROPPED,
    AnnouncementEvent.TAKEN_BACK,
    AnnouncementEvent.FILE_ADDED,
    AnnouncementEvent.FILE_REMOVED,
):
    silence(_event, because="a writer's own act on a draft nobody else waits for")
silence(AnnouncementEvent.ENDED, because="its last day stood on the page from the beginning")
silence(
    AnnouncementEvent.WITHDRAWN,
    because="the page and the feed say so and why; an e-mail would spread what was taken back",
)
for _own_act in SubscriptionEvent:
    silence(
        _own_act, because="the person's own act; the page answers it, a letter carries the link"
    )
