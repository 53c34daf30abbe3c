"""May this person refer a case, or act on a referral, and if not, why not."""

from django.utils.translation import gettext as _

from accounts.models import User
from accounts.permissions import standing
from accounts.roles import Permission
from assistance.models import Case, Need, Referral
from assistance.states import (
    AGENCY_HOLDS_NEED_STATES,
    TAKEN_STATES,
    CaseState,
    ReferralState,
)
from foundation.verdicts import ALLOWED, Verdict, refused
from network.models import OrganisationMembership, Volunteer


def can_refer_at_all(user: User) -> Verdict:
    if standing(user).may(Permission.CASE_REFER):
        return ALLOWED
    return refused(_("Your role does not refer cases."))


def can_refer(user: User, case: Case) -> Verdict:
    """Refer a case that is worked on, for the lead agency or as duty officer."""
    if not case.is_open or case.state == CaseState.SUBMITTED:
        return refused(_("Only a case that somebody has taken and that is open is referred."))
    who = standing(user)
    if who.may(Permission.CASE_TRIAGE):
        return can_refer_at_all(user)
    if case.lead_agency_id in who.agencies_where(Permission.CASE_REFER):
        return ALLOWED
    return refused(_("Only the lead agency or a duty officer refers the case as a whole."))


def can_refer_need(user: User, need: Need) -> Verdict:
    """The agency that holds a need refers it; so does whoever may refer the case."""
    if not need.is_open:
        return refused(_("This need is already settled."))
    agencies = standing(user).agencies_where(Permission.CASE_REFER)
    if need.state in AGENCY_HOLDS_NEED_STATES and need.agency_id in agencies:
        return ALLOWED if need.case.is_open else refused(_("This case is no longer open."))
    return can_refer(user, need.case)


def can_recall(user: User, referral: Referral) -> Verdict:
    """Take it back, or send its link again."""
    if not referral.is_open:
        return refused(_("This referral is already settled."))
    if referral.need is not None:
        return can_refer_need(user, referral.need)
    return can_refer(user, referral.case)


def can_take_up(user: User, referral: Referral) -> Verdict:
    if not referral.awaits_duty:
        return refused(_("Nobody waits for a duty officer here."))
    if standing(user).may(Permission.CASE_TRIAGE):
        return ALLOWED
    return refused(_("Only duty officers decide on what nobody took."))


def is_receiver(user: User) -> bool:
    """Tell whether a person answers referrals: as a partner of an organisation or a volunteer."""
    if not user.is_authenticated or not user.is_active:
        return False
    if OrganisationMembership.objects.of(user).exists():
        return True
    return Volunteer.objects.serving().filter(user_id=user.pk).exists()


def can_receive(user: User) -> Verdict:
    if is_receiver(user):
        return ALLOWED
    return refused(
        _("This is for partners of the service network and for volunteers whose term runs.")
    )


def can_answer(referral: Referral) -> Verdict:
    if referral.state == ReferralState.SENT:
        return ALLOWED
    return refused(_("This referral has been answered already."))


def can_report(referral: Referral) -> Verdict:
    if referral.state in TAKEN_STATES:
        return ALLOWED
    return refused(_("Only who has accepted a referral reports on it."))
