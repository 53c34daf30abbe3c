"""What happened to a case, in a sentence for the SME and one for staff."""

from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from assistance.events import CaseEvent as E
from assistance.models import EscalationStep
from assistance.states import RefusalReason, Side
from assistance.timeline.names import agency_name, named, system_name
from foundation.languages import EN, ZH, is_english
from foundation.roc import format_date
from ledger.models import Entry
from ledger.timeline import sentence


def _day(entry: Entry, fact: str) -> str:
    on = date.fromisoformat(entry.facts[fact])
    return format_date(on, EN if is_english() else ZH, "weekday")


def _split(entry: Entry) -> str:
    names = "、".join(system_name(pk) for pk in entry.facts.get("systems", []))
    names = names.replace("、", ", ") if is_english() else names
    return _("Split into parts: %(systems)s") % {"systems": names}


def _lead_changed(entry: Entry) -> str:
    return _("%(agency)s leads this case now") % {"agency": agency_name(entry.facts.get("to"))}


def _question_asked(entry: Entry) -> str:
    facts = named(entry) | {"day": _day(entry, "due_on")}
    return _("%(agency)s asks you for something, by %(day)s") % facts


def _question_asked_staff(entry: Entry) -> str:
    facts = named(entry) | {"day": _day(entry, "due_on")}
    return _("%(agency)s asked the SME, due %(day)s; clock paused") % facts


def _reminded(entry: Entry) -> str:
    return _("Reminder sent: due %(day)s") % {"day": _day(entry, "due_on")}


def _message_from_agency(entry: Entry) -> str:
    return _("Message from %(agency)s") % named(entry)


def _file_added(entry: Entry) -> str:
    return "" if entry.facts.get("internal") else _("A file was added")


def _file_removed(entry: Entry) -> str:
    if entry.facts.get("internal"):
        return ""
    if entry.facts.get("side") == Side.SME:
        return _("You removed a file")
    return _("%(agency)s removed a file") % named(entry)


def _file_removed_staff(entry: Entry) -> str:
    if entry.facts.get("side") == Side.SME:
        return _("The SME took a file back")
    return _("A file was removed")


def _declined(entry: Entry) -> str:
    reason = RefusalReason(entry.facts["reason"]).label
    return _("Not accepted: %(reason)s") % {"reason": reason}


def _rated(entry: Entry) -> str:
    return _("Rated %(score)s of 5") % {"score": entry.facts["score"]}


def _answered_staff(entry: Entry) -> str:
    count = len(entry.facts.get("needs", []))
    return ngettext(
        "One answer sent, citing %(n)d need", "One answer sent, citing %(n)d needs", count
    ) % {"n": count}


def _overdue_staff(entry: Entry) -> str:
    step = EscalationStep(entry.facts["step"]).label
    facts = named(entry) | {"step": step, "day": _day(entry, "due_on")}
    if entry.facts.get("question"):
        return _("The SME has not answered by %(day)s; told: %(step)s") % facts
    if entry.facts.get("need"):
        return _("%(system)s overdue since %(day)s; told: %(step)s") % facts
    return _("Overdue since %(day)s; told: %(step)s") % facts


sentence(
    E.CLAIMED,
    public=gettext_lazy("An officer has taken your case"),
    staff=gettext_lazy("Taken by an officer"),
)
sentence(
    E.ASSIGNED,
    public=gettext_lazy("Your case has an officer"),
    staff=gettext_lazy("Assigned to another officer"),
)
sentence(
    E.ASSIGNMENT_UNDONE,
    public=gettext_lazy("Your case is back with whoever had it before"),
    staff=gettext_lazy("Assignment undone; back to whoever had it before"),
)
sentence(E.SPLIT, public=_split)
sentence(E.LEAD_CHANGED, public=_lead_changed)
sentence(
    E.RETURNED_TO_TRIAGE,
    public=gettext_lazy("We are looking for another agency; your officer keeps the case"),
    staff=gettext_lazy("No need is left at an agency: back to assigning"),
)
sentence(E.DECLINED, public=_declined)
sentence(
    E.MERGED,
    public=gettext_lazy("Merged with another case of yours"),
    staff=gettext_lazy("Merged with another case of this enterprise"),
)
sentence(E.QUESTION_ASKED, public=_question_asked, staff=_question_asked_staff)
sentence(
    E.QUESTION_ANSWERED,
    public=gettext_lazy("You answered"),
    staff=gettext_lazy("The SME answered; clock runs again"),
)
sentence(
    E.QUESTION_CANCELLED,
    public=gettext_lazy("The agency no longer needs this from you"),
    staff=gettext_lazy("Question taken back; clock runs again"),
)
sentence(E.QUESTION_REMINDED, public=_reminded)
sentence(
    E.MESSAGE_FROM_SME,
    public=gettext_lazy("You wrote"),
    staff=gettext_lazy("The SME wrote"),
)
sentence(E.MESSAGE_FROM_AGENCY, public=_message_from_agency)
sentence(E.NOTE_ADDED, public=None, staff=gettext_lazy("Internal note"))
sentence(E.FILE_ADDED, public=_file_added, staff=gettext_lazy("A file was added"))
sentence(E.FILE_REMOVED, public=_file_removed, staff=_file_removed_staff)
sentence(E.ANSWERED, public=gettext_lazy("Your answer was sent"), staff=_answered_staff)
sentence(E.RATED, public=_rated)
sentence(E.CLOSED, public=gettext_lazy("Closed: 14 days have passed since the answer"))
sentence(
    E.REOPENED,
    public=gettext_lazy("You reopened the case"),
    staff=gettext_lazy("Reopened by the SME"),
)
sentence(
    E.WITHDRAWN,
    public=gettext_lazy("You withdrew your request"),
    staff=gettext_lazy("Withdrawn by the SME"),
)
sentence(E.OVERDUE, public=None, staff=_overdue_staff)
sentence(
    E.CONSENT_WITHDRAWN,
    public=gettext_lazy("You withdrew a consent"),
    staff=gettext_lazy("The SME withdrew a consent"),
)
sentence(
    E.FOUND_DISTINCT,
    public=None,
    staff=gettext_lazy("Found not to ask the same as another case"),
)
sentence(E.QA_DRAFTED, public=None, staff=gettext_lazy("A Q&A was drafted from this case"))
sentence(
    E.LAW_CHANGED,
    public=None,
    staff=gettext_lazy("A law that an answer in this case rests on was marked as changed"),
)
sentence(
    E.COORDINATION_SOUGHT,
    public=None,
    staff=lambda entry: _("%(system)s: asked to coordinate") % named(entry),
)
