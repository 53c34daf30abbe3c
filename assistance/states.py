"""The lives of a case and of a need: what may follow what, and how each state is called."""

from dataclasses import dataclass
from enum import StrEnum

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from foundation.transitions import Course


class CaseState(models.TextChoices):
    """Staff labels; what the SME reads is in CASE_FACES."""

    SUBMITTED = "submitted", _("Received")
    TRIAGE = "triage", _("Being assigned")
    PROGRESS = "progress", _("In progress")
    WAITING = "waiting", _("Waiting for the SME")
    ANSWERED = "answered", _("Answered")
    CLOSED = "closed", _("Closed")
    REOPENED = "reopened", _("Reopened")
    MERGED = "merged", _("Merged")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DECLINED = "declined", _("Not accepted")


class NeedState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed")
    OFFERED = "offered", _("Offered")
    ACCEPTED = "accepted", _("Accepted")
    PROGRESS = "progress", _("In progress")
    WAITING = "waiting", _("Waiting for the SME")
    ANSWERED = "answered", _("Answered")
    DECLINED = "declined", _("Declined by the agency")
    LAPSED = "lapsed", _("Offer lapsed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Side(models.TextChoices):
    """Whose move it is, and whose time is running."""

    AGENCY = "agency", _("Agency")
    SME = "sme", _("SME")


class OfferState(models.TextChoices):
    OPEN = "open", _("Open")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Lapsed")
    WITHDRAWN = "withdrawn", _("Withdrawn")


_C = CaseState
CASE_COURSE = Course(
    {
        _C.SUBMITTED: {_C.TRIAGE, _C.WITHDRAWN, _C.MERGED},
        # Back to `submitted` only when the assignment that took it there is undone.
        _C.TRIAGE: {_C.SUBMITTED, _C.PROGRESS, _C.WAITING, _C.DECLINED, _C.WITHDRAWN, _C.MERGED},
        _C.PROGRESS: {_C.TRIAGE, _C.WAITING, _C.ANSWERED, _C.WITHDRAWN, _C.MERGED},
        _C.WAITING: {_C.TRIAGE, _C.PROGRESS, _C.REOPENED, _C.WITHDRAWN, _C.MERGED},
        _C.ANSWERED: {_C.CLOSED, _C.REOPENED},
        _C.CLOSED: {_C.REOPENED},
        _C.REOPENED: {_C.TRIAGE, _C.PROGRESS, _C.WAITING, _C.ANSWERED, _C.WITHDRAWN, _C.MERGED},
        _C.MERGED: set(),
        _C.WITHDRAWN: set(),
        _C.DECLINED: set(),
    }
)

_N = NeedState
NEED_COURSE = Course(
    {
        _N.PROPOSED: {_N.OFFERED, _N.WITHDRAWN},
        _N.OFFERED: {_N.ACCEPTED, _N.DECLINED, _N.LAPSED, _N.WITHDRAWN},
        _N.ACCEPTED: {_N.PROGRESS, _N.WAITING, _N.ANSWERED, _N.OFFERED, _N.WITHDRAWN},
        _N.PROGRESS: {_N.WAITING, _N.ANSWERED, _N.OFFERED, _N.WITHDRAWN},
        _N.WAITING: {_N.ACCEPTED, _N.PROGRESS, _N.WITHDRAWN},
        _N.ANSWERED: {_N.PROGRESS},
        _N.DECLINED: {_N.OFFERED, _N.WITHDRAWN},
        _N.LAPSED: {_N.OFFERED, _N.WITHDRAWN},
        _N.WITHDRAWN: set(),
    }
)

OPEN_CASE_STATES = (_C.SUBMITTED, _C.TRIAGE, _C.PROGRESS, _C.WAITING, _C.REOPENED)
# Not over yet: an answered case can still be answered anew.
UNSETTLED_CASE_STATES = (*OPEN_CASE_STATES, _C.ANSWERED)
# The applicant may still add a word to an answered case, and reopens a closed one.
SME_WRITES_STATES = UNSETTLED_CASE_STATES
AGENCY_TURN_STATES = (_C.SUBMITTED, _C.TRIAGE, _C.PROGRESS, _C.REOPENED)
ASSIGNED_CASE_STATES = (_C.TRIAGE, _C.PROGRESS, _C.WAITING, _C.REOPENED, _C.ANSWERED)
OPEN_NEED_STATES = (
    _N.PROPOSED,
    _N.OFFERED,
    _N.ACCEPTED,
    _N.PROGRESS,
    _N.WAITING,
    _N.DECLINED,
    _N.LAPSED,
)
# While a need is in one of these, the agency it names may read the case.
AGENCY_HOLDS_NEED_STATES = (_N.OFFERED, _N.ACCEPTED, _N.PROGRESS, _N.WAITING, _N.ANSWERED)
WORKING_NEED_STATES = (_N.ACCEPTED, _N.PROGRESS, _N.WAITING)
RETURNED_NEED_STATES = (_N.PROPOSED, _N.DECLINED, _N.LAPSED)


@dataclass(frozen=True)
class Face:
    """What the SME reads of a state: its name and what happens next."""

    label: str | Promise
    next_step: str | Promise


CASE_FACES: dict[str, Face] = {
    _C.SUBMITTED: Face(_("Sent"), _("A duty officer will read your request and assign it.")),
    _C.TRIAGE: Face(_("Being assigned"), _("We are choosing the agencies that can help you.")),
    _C.PROGRESS: Face(_("In progress"), _("The agencies are working on your request.")),
    _C.WAITING: Face(
        _("Waiting for you"), _("Once you have answered, we carry on. Our clock is paused.")
    ),
    _C.ANSWERED: Face(_("Answered"), _("Please tell us if this helped.")),
    _C.CLOSED: Face(_("Closed"), _("Nothing more will happen unless you ask again.")),
    _C.REOPENED: Face(_("Reopened"), _("Your officer has your case again.")),
    _C.MERGED: Face(_("Merged"), _("This request goes on in another case.")),
    _C.WITHDRAWN: Face(_("You withdrew it"), _("Nothing more will happen.")),
    _C.DECLINED: Face(_("Cannot be accepted"), _("See the reason and where you can go instead.")),
}

NEED_FACES: dict[str, Face] = {
    _N.PROPOSED: Face(_("Being assigned"), _("We are choosing the agency.")),
    _N.OFFERED: Face(_("Asking the agency"), _("The agency says whether it can take this part.")),
    _N.ACCEPTED: Face(_("Taken on"), _("The agency has taken this part on.")),
    _N.PROGRESS: Face(_("In progress"), _("The agency is working on this part.")),
    _N.WAITING: Face(_("Waiting for you"), _("The agency needs something from you first.")),
    _N.ANSWERED: Face(_("Part finished"), _("This part will be in your one answer.")),
    _N.DECLINED: Face(_("Finding another agency"), _("We are looking for another agency.")),
    _N.LAPSED: Face(_("Finding another agency"), _("We are looking for another agency.")),
    _N.WITHDRAWN: Face(_("Dropped"), _("This part is no longer needed.")),
}


class ReferralState(models.TextChoices):
    """Staff labels of a referral to somebody outside the agencies."""

    ASKING = "asking", _("Asking the SME first")
    SENT = "sent", _("Waiting for their answer")
    ACCEPTED = "accepted", _("Accepted")
    PROGRESS = "progress", _("They are helping")
    COMPLETED = "completed", _("Completed")
    DECLINED = "declined", _("Declined")
    LAPSED = "lapsed", _("Lapsed without an answer")
    RECALLED = "recalled", _("Recalled")
    REFUSED = "refused", _("Not wanted by the SME")


_R = ReferralState
REFERRAL_COURSE = Course(
    {
        _R.ASKING: {_R.SENT, _R.REFUSED, _R.LAPSED, _R.RECALLED},
        _R.SENT: {_R.ACCEPTED, _R.DECLINED, _R.LAPSED, _R.RECALLED},
        _R.ACCEPTED: {_R.PROGRESS, _R.COMPLETED, _R.RECALLED},
        _R.PROGRESS: {_R.COMPLETED, _R.RECALLED},
        _R.COMPLETED: set(),
        _R.DECLINED: set(),
        _R.LAPSED: set(),
        _R.RECALLED: set(),
        _R.REFUSED: set(),
    }
)
OPEN_REFERRAL_STATES = (_R.ASKING, _R.SENT, _R.ACCEPTED, _R.PROGRESS)
# While a referral is in one of these, whoever received it knows of it.
RECEIVED_STATES = (_R.SENT, _R.ACCEPTED, _R.PROGRESS)
# While in one of these, the receiver reads what the SME agreed to show.
TAKEN_STATES = (_R.ACCEPTED, _R.PROGRESS)
# These use up a place of the receiver's month.
PLACE_TAKING_STATES = (*OPEN_REFERRAL_STATES, _R.COMPLETED)
NOT_TAKEN_STATES = (_R.DECLINED, _R.LAPSED)

REFERRAL_FACES: dict[str, Face] = {
    _R.ASKING: Face(_("Your turn"), _("We ask you first. Nothing is shown before you agree.")),
    _R.SENT: Face(_("Asked"), _("They say whether they can help; we tell you at once.")),
    _R.ACCEPTED: Face(_("Accepted"), _("They will get in touch with you.")),
    _R.PROGRESS: Face(_("Helping you"), _("They have begun to help you.")),
    _R.COMPLETED: Face(_("Finished"), _("They have told us how it went.")),
    _R.DECLINED: Face(_("Could not take it"), _("We look for somebody else.")),
    _R.LAPSED: Face(_("No answer in time"), _("We look for somebody else.")),
    _R.RECALLED: Face(_("Ended"), _("They no longer see anything of you.")),
    _R.REFUSED: Face(_("You did not want it"), _("Nothing was shown to them.")),
}


class ReferralDecline(models.TextChoices):
    """Why a service organisation or a volunteer does not take a referral."""

    NO_TIME = "no_time", _("No time at present")
    NOT_OUR_FIELD = "not_our_field", _("Not our field")
    TOO_FAR = "too_far", _("Too far away")
    CONFLICT = "conflict", _("Conflict of interest")
    OTHER = "other", _("Another reason")


class ReferralOutcome(models.TextChoices):
    SOLVED = "solved", _("Solved")
    PARTLY = "partly", _("Solved in part")
    ADVISED = "advised", _("Advice given; the SME goes on by herself")
    ONWARD = "onward", _("Needs an agency after all")
    NOT_REACHED = "not_reached", _("The SME could not be reached")
    NOT_NEEDED = "not_needed", _("The SME no longer needed it")
    NOT_SOLVED = "not_solved", _("Not solved")


class DeclineReason(models.TextChoices):
    """Why an agency does not take a need it was offered."""

    NOT_OURS = "not_ours", _("Not within our duties")
    NO_CAPACITY = "no_capacity", _("No capacity at present")
    NOT_ELIGIBLE = "not_eligible", _("The enterprise does not meet the conditions")
    PROGRAMME_CLOSED = "programme_closed", _("The programme is closed")
    DUPLICATE = "duplicate", _("Already helped with the same matter")
    OTHER = "other", _("Another reason")


class RefusalReason(models.TextChoices):
    """Why the portal does not accept a case at all."""

    NOT_SME = "not_sme", _("The applicant is not a small or medium enterprise")
    OUT_OF_SCOPE = "out_of_scope", _("The matter belongs to none of the eleven systems")
    IN_COURT = "in_court", _("The matter is before a court or under another procedure")
    NO_CONTACT = "no_contact", _("The applicant cannot be reached")
    OTHER = "other", _("Another reason")


class CaseKind(models.TextChoices):
    """A request for assistance, or a question to which no answer was published."""

    REQUEST = "request", _("Request")
    ENQUIRY = "enquiry", _("Enquiry")


class Source(models.TextChoices):
    WEB = "web", _("Web")
    PHONE = "phone", _("Phone")
    COUNTER = "counter", _("Counter")
    EMAIL = "email", _("E-mail")
    MANDATE = "mandate", _("Filed under a mandate")


# How a request reaches staff who open it for a caller.
CALLER_SOURCES = (Source.PHONE, Source.COUNTER, Source.EMAIL)


class MandateState(models.TextChoices):
    """A mandate to file for an enterprise, from its first words to its end."""

    PREPARED = "prepared", _("Being prepared")
    ASKED = "asked", _("Waiting for the enterprise to confirm")
    CONFIRMED = "confirmed", _("Confirmed")
    REFUSED = "refused", _("Refused by the enterprise")
    WITHDRAWN = "withdrawn", _("Withdrawn by the enterprise")
    LAID_DOWN = "laid_down", _("Laid down by the filer")
    LAPSED = "lapsed", _("Not confirmed in time")
    EXPIRED = "expired", _("Its time is over")


_M = MandateState
MANDATE_COURSE = Course(
    {
        _M.PREPARED: {_M.ASKED},
        _M.ASKED: {_M.CONFIRMED, _M.REFUSED, _M.LAID_DOWN, _M.LAPSED},
        _M.CONFIRMED: {_M.WITHDRAWN, _M.LAID_DOWN, _M.EXPIRED},
        _M.REFUSED: set(),
        _M.WITHDRAWN: set(),
        _M.LAID_DOWN: set(),
        _M.LAPSED: set(),
        _M.EXPIRED: set(),
    }
)
OPEN_MANDATE_STATES = (_M.ASKED, _M.CONFIRMED)
ENDED_MANDATE_STATES = (_M.REFUSED, _M.WITHDRAWN, _M.LAID_DOWN, _M.LAPSED, _M.EXPIRED)


class Capacity(models.TextChoices):
    """As what somebody files for an enterprise."""

    ACCOUNTANT = "accountant", _("Accountant or bookkeeper")
    CHAMBER = "chamber", _("Chamber of commerce or trade association")
    VOLUNTEER = "volunteer", _("Volunteer adviser")
    OTHER = "other", _("Something else")


class MandateGiven(models.TextChoices):
    """How the enterprise gave the mandate before the portal asked."""

    PAPER = "paper", _("On paper, signed")
    PHONE = "phone", _("By telephone")
    SPOKEN = "spoken", _("In person, by word of mouth")


class DueKind(StrEnum):
    FIRST_ANSWER = "first_answer"
    NEXT_UPDATE = "next_update"
    RESOLUTION = "resolution"


class RuleState(models.TextChoices):
    """A version of a routing rule."""

    DRAFT = "draft", _("Draft")
    IN_FORCE = "in_force", _("In force")
    ENDED = "ended", _("Ended")


RULE_COURSE = Course(
    {
        RuleState.DRAFT: {RuleState.IN_FORCE},
        RuleState.IN_FORCE: {RuleState.ENDED},
        RuleState.ENDED: set(),
    }
)
