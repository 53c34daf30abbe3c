"""What happened to a mandate, in the record; and its end in the cases that were filed under it."""

from django.utils.translation import gettext_lazy as _

from assistance.events import CaseEvent
from assistance.events import MandateEvent as E
from ledger.timeline import sentence

for _event, _words in {
    E.ASKED: _("An enterprise was asked to confirm a mandate"),
    E.ASKED_AGAIN: _("An enterprise was asked again to confirm a mandate"),
    E.CONFIRMED: _("An enterprise confirmed a mandate"),
    E.REFUSED: _("An enterprise refused a mandate"),
    E.WITHDRAWN: _("An enterprise withdrew a mandate"),
    E.LAID_DOWN: _("A filer laid a mandate down"),
    E.LAPSED: _("A mandate was not confirmed in time"),
    E.EXPIRED: _("A mandate came to its end"),
    E.REMINDED: _("An enterprise was reminded of a mandate"),
}.items():
    sentence(_event, public=None, staff=_words)

sentence(
    CaseEvent.MANDATE_ENDED,
    public=_("The mandate ended; whoever filed this for you no longer sees it"),
    staff=_("The mandate under which this was filed has ended"),
)
