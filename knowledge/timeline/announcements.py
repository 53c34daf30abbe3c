"""How the life of an announcement and of a subscription reads in the record."""

from django.utils.translation import gettext_lazy as _

from knowledge.announcement_events import AnnouncementEvent, SubscriptionEvent
from ledger.timeline import sentence

for _event, _words in {
    AnnouncementEvent.DRAFTED: _("A first draft was written"),
    AnnouncementEvent.CHANGED: _("The draft of version %(number)s was changed"),
    AnnouncementEvent.AMENDMENT_BEGUN: _("Version %(number)s was begun"),
    AnnouncementEvent.DROPPED: _("Version %(number)s was set aside"),
    AnnouncementEvent.SUBMITTED: _("Version %(number)s was sent for approval"),
    AnnouncementEvent.SENT_BACK: _("Version %(number)s was sent back to its writers"),
    AnnouncementEvent.TAKEN_BACK: _("Version %(number)s was taken back to write on"),
    AnnouncementEvent.APPROVED: _("Version %(number)s was approved"),
    AnnouncementEvent.PUBLISHED: _("Version %(number)s became public"),
    AnnouncementEvent.AMENDED: _("Version %(number)s took the place of the one before"),
    AnnouncementEvent.ENDED: _("The announcement ended and went to the archive"),
    AnnouncementEvent.WITHDRAWN: _("The announcement was withdrawn"),
    AnnouncementEvent.FILE_ADDED: _("A file was added to version %(number)s"),
    AnnouncementEvent.FILE_REMOVED: _("A file was left out of version %(number)s"),
    SubscriptionEvent.ASKED: _("An address was sent the link to subscribe to announcements"),
    SubscriptionEvent.CONFIRMED: _("A subscription to announcements began"),
    SubscriptionEvent.CHANGED: _("A subscription to announcements was changed"),
    SubscriptionEvent.ENDED: _("A subscription to announcements ended"),
}.items():
    sentence(_event, public=None, staff=_words)
