"""What happens to the directory. Names are stable: they are stored in the ledger."""

from enum import StrEnum


class DirectoryEvent(StrEnum):
    ADDED = "network.organisation.added"
    CHANGED = "network.organisation.changed"
    CONFIRMED = "network.organisation.confirmed"
    CONFIRMATION_ASKED = "network.organisation.confirmation_asked"
    CLOSED = "network.organisation.closed"
    LOCATION_ADDED = "network.location.added"
    LOCATION_CHANGED = "network.location.changed"
    LOCATION_CLOSED = "network.location.closed"
    OFFERING_ADDED = "network.offering.added"
    OFFERING_CHANGED = "network.offering.changed"
    HOURS_CHANGED = "network.offering.hours_changed"
    EXCEPTION_ADDED = "network.location.exception_added"
    EXCEPTION_REMOVED = "network.location.exception_removed"
    PARTNER_NAMED = "network.organisation.partner_named"
    PARTNER_ENDED = "network.organisation.partner_ended"
    IMPORTED = "network.directory.imported"
