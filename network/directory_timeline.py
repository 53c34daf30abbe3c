"""What happened to an entry of the directory, in words."""

from django.utils.translation import gettext_lazy as _

from ledger.timeline import sentence
from network.directory_events import DirectoryEvent

SENTENCES = {
    DirectoryEvent.ADDED: _("The entry was added to the directory."),
    DirectoryEvent.CHANGED: _("The entry was changed."),
    DirectoryEvent.CONFIRMED: _("The entry was confirmed to be right."),
    DirectoryEvent.CONFIRMATION_ASKED: _("Its owners were asked to confirm the entry."),
    DirectoryEvent.CLOSED: _("The entry was closed."),
    DirectoryEvent.LOCATION_ADDED: _("A location was added."),
    DirectoryEvent.LOCATION_CHANGED: _("A location was changed."),
    DirectoryEvent.LOCATION_CLOSED: _("A location was closed."),
    DirectoryEvent.OFFERING_ADDED: _("A service was added."),
    DirectoryEvent.OFFERING_CHANGED: _("A service was changed."),
    DirectoryEvent.HOURS_CHANGED: _("The hours of a service were changed."),
    DirectoryEvent.EXCEPTION_ADDED: _("Days with other hours were named."),
    DirectoryEvent.EXCEPTION_REMOVED: _("Days with other hours were taken out."),
    DirectoryEvent.PARTNER_NAMED: _("A partner was named."),
    DirectoryEvent.PARTNER_ENDED: _("A partner was taken off."),
    DirectoryEvent.IMPORTED: _("A file was taken over into the directory."),
}
for event, words in SENTENCES.items():
    sentence(event, public=None, staff=words)
