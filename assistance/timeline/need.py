"""What happened to a need, in a sentence for the SME and one for staff."""

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.events import CatalogueEvent
from assistance.events import NeedEvent as E
from assistance.states import DeclineReason
from assistance.timeline.names import named
from ledger.models import Entry
from ledger.timeline import Words, sentence


def _say(words: str | Promise) -> Words:
    """Fill in the names of the system and the agency when the sentence is read."""
    return lambda entry: str(words) % named(entry)


def _declined(entry: Entry) -> str:
    reason = DeclineReason(entry.facts["reason"]).label
    facts = named(entry) | {"reason": reason}
    return _("%(system)s: %(agency)s declined (%(reason)s)") % facts


sentence(
    E.OFFERED,
    public=_say(gettext_lazy("%(system)s: asked %(agency)s to take this part")),
    staff=_say(gettext_lazy("%(system)s offered to %(agency)s")),
)
sentence(E.ACCEPTED, public=_say(gettext_lazy("%(system)s: %(agency)s has taken it on")))
sentence(
    E.DECLINED,
    public=_say(gettext_lazy("%(system)s: we are looking for another agency")),
    staff=_declined,
)
sentence(
    E.LAPSED,
    public=_say(gettext_lazy("%(system)s: we are looking for another agency")),
    staff=_say(gettext_lazy("%(system)s: the offer lapsed without an answer")),
)
sentence(E.STARTED, public=_say(gettext_lazy("%(system)s: %(agency)s is working on it")))
sentence(
    E.TRANSFERRED,
    public=_say(gettext_lazy("%(system)s: passed from %(agency)s to %(other)s")),
)
sentence(
    E.ANSWERED,
    public=_say(gettext_lazy("%(system)s: %(agency)s has finished its part")),
    staff=_say(gettext_lazy("%(system)s: %(agency)s answered")),
)
sentence(E.WITHDRAWN, public=_say(gettext_lazy("%(system)s: no longer needed")))
sentence(E.REOPENED, public=_say(gettext_lazy("%(system)s: back with %(agency)s")))
sentence(
    E.COORDINATION_ASKED,
    public=None,
    staff=_say(gettext_lazy("%(system)s: %(agency)s asks to coordinate")),
)
sentence(
    E.HANDED_OVER,
    public=_say(gettext_lazy("%(system)s: %(agency)s has named another officer")),
    staff=_say(gettext_lazy("%(system)s: handed over to another officer")),
)
sentence(
    CatalogueEvent.EDITION_PUBLISHED,
    public=None,
    staff=gettext_lazy("A new edition of a system was published"),
)
