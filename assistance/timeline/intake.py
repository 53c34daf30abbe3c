"""How a request that came in, or was taken into an account, reads in the record."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assistance.events import CaseEvent
from assistance.states import Source
from ledger.models import Entry
from ledger.timeline import sentence


def _submitted(entry: Entry) -> str:
    if entry.facts.get("source", Source.WEB) == Source.WEB:
        return _("You sent this request")
    if entry.facts["source"] == Source.MANDATE:
        return _("This request was sent for you under a mandate")
    return _("We opened this request for you")


def _submitted_staff(entry: Entry) -> str:
    source = str(entry.facts.get("source", Source.WEB))
    known = Source(source) if source in Source.values else Source.WEB
    return _("The request came in (%(source)s)") % {"source": known.label}


sentence(CaseEvent.SUBMITTED, public=_submitted, staff=_submitted_staff)
sentence(
    CaseEvent.CLAIMED_INTO_ACCOUNT,
    public=gettext_lazy("You took this case into your account"),
    staff=gettext_lazy("The applicant took this case into an account"),
)
sentence(
    CaseEvent.ENTERPRISE_STATED,
    public=None,
    staff=gettext_lazy("The enterprise the caller named was asked whether the call was theirs"),
)
sentence(
    CaseEvent.NUMBER_CORRECTED,
    public=gettext_lazy("We corrected the business number you told us"),
    staff=gettext_lazy("The stated business number was corrected"),
)
sentence(
    CaseEvent.ENTERPRISE_CONFIRMED,
    public=gettext_lazy("Your enterprise confirmed this case as its own"),
    staff=gettext_lazy("The enterprise confirmed the case as its own"),
)
sentence(
    CaseEvent.ENTERPRISE_DENIED,
    public=None,
    staff=gettext_lazy("The enterprise said that the caller is not one of theirs"),
)
