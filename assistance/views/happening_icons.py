"""The icon that goes with each kind of happening in a timeline."""

from assistance.events import CaseEvent, NeedEvent, ReferralEvent

_ICONS: dict[str, str] = {
    CaseEvent.SUBMITTED: "arrow",
    CaseEvent.CLAIMED: "user",
    CaseEvent.ASSIGNED: "users",
    CaseEvent.SPLIT: "split",
    CaseEvent.LEAD_CHANGED: "users",
    CaseEvent.RETURNED_TO_TRIAGE: "undo",
    CaseEvent.DECLINED: "x",
    CaseEvent.MERGED: "merge",
    CaseEvent.QUESTION_ASKED: "pause",
    CaseEvent.QUESTION_ANSWERED: "play",
    CaseEvent.QUESTION_CANCELLED: "play",
    CaseEvent.QUESTION_REMINDED: "bell",
    CaseEvent.MESSAGE_FROM_SME: "chat",
    CaseEvent.MESSAGE_FROM_AGENCY: "chat",
    CaseEvent.NOTE_ADDED: "lock",
    CaseEvent.FILE_ADDED: "file",
    CaseEvent.FILE_REMOVED: "trash",
    CaseEvent.ANSWERED: "send",
    CaseEvent.RATED: "star",
    CaseEvent.CLOSED: "lock",
    CaseEvent.REOPENED: "undo",
    CaseEvent.WITHDRAWN: "x",
    CaseEvent.OVERDUE: "alert",
    CaseEvent.QA_DRAFTED: "chat",
    CaseEvent.LAW_CHANGED: "alert",
    NeedEvent.OFFERED: "refer",
    NeedEvent.DECLINED: "x",
    NeedEvent.LAPSED: "hist",
    NeedEvent.STARTED: "track",
    NeedEvent.TRANSFERRED: "refer",
    NeedEvent.WITHDRAWN: "x",
    NeedEvent.REOPENED: "undo",
    NeedEvent.COORDINATION_ASKED: "users",
    CaseEvent.COORDINATION_SOUGHT: "users",
    ReferralEvent.CONSENT_ASKED: "pause",
    ReferralEvent.CONSENT_REFUSED: "x",
    ReferralEvent.SENT: "refer",
    ReferralEvent.DECLINED: "x",
    ReferralEvent.LAPSED: "hist",
    ReferralEvent.NOBODY_TOOK_IT: "alert",
    ReferralEvent.RECALLED: "undo",
    ReferralEvent.STOPPED_BY_SME: "x",
}


def icon_of(event: str) -> str:
    """The icon of an event; a tick where none says more."""
    return _ICONS.get(event, "check")
