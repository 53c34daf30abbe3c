"""What this app announces. Names are stable: they are stored in the ledger."""

from enum import StrEnum


class AccountEvent(StrEnum):
    ADMITTED = "accounts.user.admitted"
    PROFILE_CHANGED = "accounts.user.profile_changed"
    LANGUAGE_CHANGED = "accounts.user.language_changed"
    SHORTCUTS_CHANGED = "accounts.user.shortcuts_changed"


class EnterpriseEvent(StrEnum):
    REGISTERED = "accounts.enterprise.registered"
    DETAILS_CHANGED = "accounts.enterprise.details_changed"
    BRANCH_ADDED = "accounts.enterprise.branch_added"
    BRANCH_CHANGED = "accounts.enterprise.branch_changed"
    BRANCH_CLOSED = "accounts.enterprise.branch_closed"


class MembershipEvent(StrEnum):
    CLAIMED = "accounts.membership.claimed"
    ACCEPTED = "accounts.membership.accepted"
    REFUSED = "accounts.membership.refused"
    WITHDRAWN = "accounts.membership.withdrawn"
    ROLE_CHANGED = "accounts.membership.role_changed"
    ENDED = "accounts.membership.ended"
    REMOVED = "accounts.membership.removed"


class InvitationEvent(StrEnum):
    SENT = "accounts.invitation.sent"
    ACCEPTED = "accounts.invitation.accepted"
    REVOKED = "accounts.invitation.revoked"


class StaffEvent(StrEnum):
    ROLE_GIVEN = "accounts.staff.role_given"
    ROLE_ENDED = "accounts.staff.role_ended"
    ROLE_LAPSED = "accounts.staff.role_lapsed"
    ABSENCE_PLANNED = "accounts.staff.absence_planned"
    ABSENCE_CANCELLED = "accounts.staff.absence_cancelled"
