"""Who is told what of a case: one module per audience."""

from assistance.notifications import (
    calling,
    coordinating,
    intake,
    laws,
    leaving,
    mandate,
    referral,
    referral_left,
    silences,
    taken_in,
    to_applicant,
    to_staff,
    urgent,
)

__all__ = [
    "calling",
    "coordinating",
    "intake",
    "laws",
    "leaving",
    "mandate",
    "referral",
    "referral_left",
    "silences",
    "taken_in",
    "to_applicant",
    "to_staff",
    "urgent",
]
