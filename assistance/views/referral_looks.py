"""The look of the chip that goes with each state of a referral."""

from assistance.states import ReferralState

LOOKS: dict[str, str] = {
    ReferralState.ASKING: "waiting",
    ReferralState.SENT: "referred",
    ReferralState.ACCEPTED: "progress",
    ReferralState.PROGRESS: "progress",
    ReferralState.COMPLETED: "answered",
    ReferralState.DECLINED: "declined",
    ReferralState.LAPSED: "withdrawn",
    ReferralState.RECALLED: "withdrawn",
    ReferralState.REFUSED: "withdrawn",
}
