"""May this person do this to that case or need, and if not, why not.

The same answer guards the view and disables the button. `visible_to` has already settled
whether the person may know of the thing at all.
"""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import standing
from accounts.roles import Permission
from assistance.models import Attachment, Case, Need, QuestionState
from assistance.states import (
    AGENCY_HOLDS_NEED_STATES,
    OPEN_NEED_STATES,
    RETURNED_NEED_STATES,
    SME_WRITES_STATES,
    WORKING_NEED_STATES,
    CaseState,
    NeedState,
)
from foundation.verdicts import ALLOWED, Verdict, refused


def can_use_desk(user: User) -> Verdict:
    if standing(user).may(Permission.DESK_USE):
        return ALLOWED
    return refused(_("The desk is for agency staff."))


def can_see_known_cases(user: User) -> Verdict:
    """See which cases know an answer: each person those she reads, of the others their number."""
    who = standing(user)
    if who.may(Permission.DESK_USE) or who.may(Permission.KNOWLEDGE_EDIT):
        return ALLOWED
    return refused(_("The desk is for agency staff."))


def can_open_for_caller(user: User) -> Verdict:
    if standing(user).may(Permission.CASE_OPEN_FOR_CALLER):
        return ALLOWED
    return refused(_("Your role does not open cases for callers."))


def _agencies(user: User, permission: Permission) -> frozenset[int]:
    return standing(user).agencies_where(permission)


def can_triage(user: User) -> Verdict:
    if standing(user).may(Permission.CASE_TRIAGE):
        return ALLOWED
    return refused(_("Only duty officers assign cases to systems and agencies."))


def _leads(user: User, case: Case) -> bool:
    """Hold the case for its lead agency: the lead officer, or a lead of that agency."""
    if case.lead_agency_id in _agencies(user, Permission.CASE_LEAD):
        return True
    return case.lead_officer_id == user.pk and case.lead_agency_id in _agencies(
        user, Permission.CASE_WORK
    )


def _triages(user: User, case: Case) -> bool:
    return standing(user).may(Permission.CASE_TRIAGE) or _leads(user, case)


def can_claim(user: User, case: Case) -> Verdict:
    if case.state != CaseState.SUBMITTED:
        return refused(_("Somebody has already taken this case."))
    return can_triage(user)


def can_assign(user: User, case: Case) -> Verdict:
    if not case.is_open:
        return refused(_("This case is no longer open."))
    if standing(user).may(Permission.CASE_TRIAGE):
        return ALLOWED
    if case.lead_agency_id in _agencies(user, Permission.CASE_REASSIGN):
        return ALLOWED
    return refused(_("Only the lead agency or a duty officer can assign this case."))


def can_split(user: User, case: Case) -> Verdict:
    if case.state not in (
        CaseState.SUBMITTED,
        CaseState.TRIAGE,
        CaseState.PROGRESS,
        CaseState.REOPENED,
    ):
        return refused(_("Needs can be added only while the agencies have the case."))
    if _triages(user, case):
        return ALLOWED
    return refused(_("Only a duty officer or the lead officer splits a case into needs."))


def can_decline_case(user: User, case: Case) -> Verdict:
    if case.state not in (CaseState.SUBMITTED, CaseState.TRIAGE):
        return refused(_("A case can be declined only while it is being assigned."))
    return can_triage(user)


def can_merge(user: User, case: Case) -> Verdict:
    if not case.is_open:
        return refused(_("This case is no longer open."))
    if _triages(user, case):
        return ALLOWED
    return refused(_("Only a duty officer or the lead officer merges cases."))


def can_merge_into(user: User, case: Case) -> Verdict:
    """Let this case go on for another one: for those whose own agency leads it."""
    if _triages(user, case) or case.lead_agency_id in _agencies(user, Permission.CASE_WORK):
        return ALLOWED
    return refused(_("Another agency leads the case that would go on. Ask a duty officer."))


def can_offer(user: User, need: Need) -> Verdict:
    if need.state not in RETURNED_NEED_STATES:
        return refused(_("This need is already with an agency."))
    if _triages(user, need.case):
        return ALLOWED
    return refused(_("Only a duty officer or the lead officer offers needs."))


def can_drop_need(user: User, need: Need) -> Verdict:
    if need.state not in OPEN_NEED_STATES:
        return refused(_("This need is already settled."))
    if _triages(user, need.case):
        return ALLOWED
    return refused(_("Only a duty officer or the lead officer drops a need."))


def can_answer_offer(user: User, need: Need) -> Verdict:
    if need.state != NeedState.OFFERED:
        return refused(_("This offer is no longer open."))
    if need.agency_id in _agencies(user, Permission.CASE_WORK):
        return ALLOWED
    return refused(_("Only staff of the agency that was asked can answer this offer."))


def can_work(user: User, need: Need) -> Verdict:
    if need.state not in WORKING_NEED_STATES:
        return refused(_("This need is not being worked on."))
    if need.agency_id in _agencies(user, Permission.CASE_WORK):
        return ALLOWED
    return refused(_("Only the agency that took this need on works on it."))


def can_write_to_sme(user: User, case: Case) -> Verdict:
    """Write or ask for the case as a whole; for a need, ask `can_work`."""
    if case.state not in (
        CaseState.TRIAGE,
        CaseState.PROGRESS,
        CaseState.WAITING,
        CaseState.REOPENED,
    ):
        return refused(_("Take the case first; a settled case must be reopened."))
    if _triages(user, case):
        return ALLOWED
    return refused(_("Only the lead officer writes for the case as a whole."))


def agency_acting(user: User, case: Case) -> int | None:
    """The agency for which somebody looks at a case: the lead one, else one that has a part."""
    own = standing(user).agency_ids
    if case.lead_agency_id in own:
        return case.lead_agency_id
    if len(own) > 1:
        held = Need.objects.filter(
            case=case, agency_id__in=own, state__in=AGENCY_HOLDS_NEED_STATES
        )
        first = held.order_by("agency_id").values_list("agency_id", flat=True).first()
        return first or min(own)
    return min(own, default=None)


def can_note(user: User, case: Case) -> Verdict:
    """A note is written for the agency one works on cases for."""
    if standing(user).may(Permission.CASE_TRIAGE):
        return ALLOWED
    if agency_acting(user, case) in _agencies(user, Permission.CASE_WORK):
        return ALLOWED
    return refused(_("Your role reads cases and changes nothing."))


def can_correct_number(user: User, case: Case) -> Verdict:
    """Put right a number that a caller stated: whoever works on the case, while nobody confirmed it."""
    if not case.is_open:
        return refused(_("This case is settled."))
    if case.opened_by_id is None or case.applicant_id or case.enterprise_id:
        return refused(
            _("Only a number that a caller stated and nobody has confirmed is corrected.")
        )
    return can_note(user, case)


def can_remove_file(user: User, file: Attachment) -> Verdict:
    """Staff, in a case of any state: a wrong paper is wrong in a closed case as well."""
    if file.case is not None and _triages(user, file.case):
        return ALLOWED
    if file.uploaded_by_id == user.pk and _agencies(user, Permission.CASE_WORK):
        return ALLOWED
    return refused(_("Only a duty officer, the lead officer or whoever added it removes a file."))


def can_compose(user: User, case: Case) -> Verdict:
    if case.state not in (CaseState.PROGRESS, CaseState.REOPENED):
        return refused(_("The one answer is sent while the case is in progress."))
    if _leads(user, case):
        return ALLOWED
    return refused(_("Only the lead officer sends the one answer."))


def sme_may_write(case: Case) -> Verdict:
    """Tell whether the applicant's side, signed in or not, may still write."""
    if case.state in SME_WRITES_STATES:
        return ALLOWED
    return refused(_("This case is closed. You can reopen it or ask anew."))


def can_take_back(file: Attachment, *, actor_id: int | None, is_opened: bool) -> Verdict:
    """Tell whether the applicant's side takes this file back: only whoever sent it, before use.

    What a guest sent is everybody's on her side; `is_opened` says whether staff has read it.
    """
    if file.uploaded_by_id not in (None, actor_id):
        return refused(_("Only whoever sent this file can remove it."))
    if file.case is None or not file.case.is_open:
        return refused(_("This case is settled; its files stay with it."))
    asked = file.question_item.question if file.question_item is not None else None
    if file.message_id is not None or (asked and asked.state != QuestionState.OPEN):
        return refused(_("This file is part of what you sent. Ask your officer to remove it."))
    if is_opened:
        return refused(_("An agency has already opened this file. Ask your officer to remove it."))
    return ALLOWED


def can_read_records(user: User) -> Verdict:
    """Search who read and who did what, over all cases."""
    if standing(user).may(Permission.AUDIT_READ):
        return ALLOWED
    return refused(_("Only auditors search the record."))


def can_change_desk(user: User) -> Verdict:
    """Keep filters and act from the queue at all; auditors read only."""
    who = standing(user)
    acts = (Permission.CASE_TRIAGE, Permission.CASE_WORK, Permission.CASE_REASSIGN)
    if any(who.may(permission) for permission in acts):
        return ALLOWED
    return refused(_("Your role reads cases and changes nothing."))


def can_work_on_cases(user: User) -> Verdict:
    """Ask SMEs and merge cases from the queue at all; each case is asked for by itself."""
    who = standing(user)
    if who.may(Permission.CASE_TRIAGE) or who.may(Permission.CASE_WORK):
        return ALLOWED
    return refused(_("Only those who assign cases or work on them do this."))


def can_hand_over(user: User) -> Verdict:
    """Give what officers no longer in post left open to others."""
    who = standing(user)
    if who.may(Permission.CASE_TRIAGE) or who.may(Permission.CASE_REASSIGN):
        return ALLOWED
    return refused(_("Only those who reassign cases hand over what an officer left open."))


def handing_over_for(user: User) -> frozenset[int] | None:
    """The agencies whose officers' open work this person hands over; None for all."""
    if standing(user).may(Permission.CASE_TRIAGE):
        return None
    return _agencies(user, Permission.CASE_REASSIGN)


def load_agencies(user: User) -> frozenset[int]:
    """The agencies whose officers' open work this person may compare."""
    who = standing(user)
    seen = who.agencies_where(Permission.LOAD_READ) | who.agencies_where(Permission.CASE_REASSIGN)
    return seen | who.agencies_where(Permission.CASE_TRIAGE)


def can_draft_answer(user: User, case: Case) -> Verdict:
    """Turn an answered case into a Q&A: an editor of the lead agency."""
    if case.lead_agency_id not in _agencies(user, Permission.KNOWLEDGE_EDIT):
        return refused(_("Only editors of the lead agency turn a case into a Q&A."))
    if case.state not in (CaseState.ANSWERED, CaseState.CLOSED):
        return refused(_("Only an answered case becomes a Q&A."))
    return ALLOWED
