"""What happens around volunteers and capacity. Names are stable: they are stored in the ledger."""

from enum import StrEnum


class VolunteerEvent(StrEnum):
    WINDOW_SET = "network.volunteer.window_set"
    APPLIED = "network.volunteer.applied"
    REVIEWED = "network.volunteer.reviewed"
    APPOINTED = "network.volunteer.appointed"
    REFUSED = "network.volunteer.refused"
    WITHDRAWN = "network.volunteer.withdrawn"
    TERM_ENDING = "network.volunteer.term_ending"
    TERM_ENDED = "network.volunteer.term_ended"
    TRAINED = "network.volunteer.trained"
    PROFILE_CHANGED = "network.volunteer.profile_changed"
    CONSENTS_CHANGED = "network.volunteer.consents_changed"
    CONFLICT_DECLARED = "network.volunteer.conflict_declared"
    CONFLICT_ENDED = "network.volunteer.conflict_ended"
    HOURS_ENTERED = "network.volunteer.hours_entered"
    HOURS_CONFIRMED = "network.volunteer.hours_confirmed"
    HOURS_RETURNED = "network.volunteer.hours_returned"
    HOURS_REMOVED = "network.volunteer.hours_removed"
    IMPORTED = "network.volunteer.imported"
    LIST_EXPORTED = "network.volunteer.list_exported"


class CapacityEvent(StrEnum):
    PLACES_SET = "network.capacity.places_set"
    LEAVE_PLANNED = "network.capacity.leave_planned"
    LEAVE_CANCELLED = "network.capacity.leave_cancelled"
