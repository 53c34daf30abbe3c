"""Events by name, for those who search the record; most are named by their own sentence."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from assistance.events import CaseEvent, NeedEvent, ReferralEvent
from knowledge.announcement_events import AnnouncementEvent
from ledger.timeline import plain_words, registered_events

# Those whose sentences name an agency, a system or a day.
_NAMES: dict[str, str | Promise] = {
    CaseEvent.SUBMITTED: _("A request came in"),
    CaseEvent.SPLIT: _("A case was split into needs"),
    CaseEvent.LEAD_CHANGED: _("The lead agency changed"),
    CaseEvent.DECLINED: _("A case was not accepted"),
    CaseEvent.QUESTION_ASKED: _("The SME was asked for something"),
    CaseEvent.QUESTION_REMINDED: _("The SME was reminded"),
    CaseEvent.MESSAGE_FROM_AGENCY: _("An agency wrote to the SME"),
    CaseEvent.FILE_REMOVED: _("A file was removed"),
    CaseEvent.ANSWERED: _("The one answer was sent"),
    CaseEvent.RATED: _("An answer was rated"),
    CaseEvent.OVERDUE: _("A case was overdue and somebody was told"),
    NeedEvent.OFFERED: _("A need was offered to an agency"),
    NeedEvent.ACCEPTED: _("An agency took a need on"),
    NeedEvent.DECLINED: _("An agency declined a need"),
    NeedEvent.LAPSED: _("An offer of a need lapsed"),
    NeedEvent.STARTED: _("Work on a need began"),
    NeedEvent.TRANSFERRED: _("A need was passed on to another agency"),
    NeedEvent.ANSWERED: _("A need was answered"),
    NeedEvent.WITHDRAWN: _("A need was dropped"),
    NeedEvent.REOPENED: _("A need went back to its agency"),
    NeedEvent.HANDED_OVER: _("A need was handed over to another officer"),
    NeedEvent.COORDINATION_ASKED: _("An agency asked another to coordinate"),
    CaseEvent.COORDINATION_SOUGHT: _("Another system was asked to coordinate"),
    ReferralEvent.CONSENT_ASKED: _("The SME was asked to agree to a referral"),
    ReferralEvent.CONSENT_REFUSED: _("The SME did not agree to a referral"),
    ReferralEvent.SENT: _("A case was referred"),
    ReferralEvent.ACCEPTED: _("A referral was accepted"),
    ReferralEvent.DECLINED: _("A referral was declined"),
    ReferralEvent.LAPSED: _("A referral was not answered in time"),
    ReferralEvent.NOT_ANSWERED_BY_SME: _("The SME did not say whether she agrees to a referral"),
    ReferralEvent.NOBODY_TOOK_IT: _("Nobody took a referral"),
    ReferralEvent.TAKEN_UP: _("A duty officer saw to a referral nobody took"),
    ReferralEvent.RECALLED: _("A referral was recalled"),
    ReferralEvent.STOPPED_BY_SME: _("The SME ended a referral"),
    ReferralEvent.REPORTED: _("A referral was reported on"),
    ReferralEvent.COMPLETED: _("A referral was completed"),
    ReferralEvent.LINK_SENT: _("A link to answer a referral was sent again"),
    AnnouncementEvent.AMENDED: _("An announcement was amended"),
    AnnouncementEvent.AMENDMENT_BEGUN: _("An amendment of an announcement was begun"),
    AnnouncementEvent.APPROVED: _("An announcement was approved"),
    AnnouncementEvent.CHANGED: _("An announcement was changed"),
    AnnouncementEvent.DROPPED: _("A version of an announcement was dropped"),
    AnnouncementEvent.FILE_ADDED: _("A file was added to an announcement"),
    AnnouncementEvent.FILE_REMOVED: _("A file was taken off an announcement"),
    AnnouncementEvent.PUBLISHED: _("An announcement was published"),
    AnnouncementEvent.SENT_BACK: _("An announcement was sent back"),
    AnnouncementEvent.SUBMITTED: _("An announcement was sent for approval"),
    AnnouncementEvent.TAKEN_BACK: _("An announcement was taken back from approval"),
}


def name_of_event(event: str) -> str:
    """What kind of thing happened, in words; the bare name where nobody has given any."""
    named = _NAMES.get(event) or plain_words(event)
    return str(named).rstrip("。.") if named else event


def event_choices() -> list[tuple[str, str]]:
    """Every event there is, by its name in words."""
    return sorted(
        ((event, name_of_event(event)) for event in registered_events()),
        key=lambda choice: choice[1],
    )
