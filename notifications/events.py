"""What the post room itself writes into the ledger. Names are stable: they are stored there."""

from enum import StrEnum


class PostEvent(StrEnum):
    MESSAGE_RESENT = "notifications.message.resent"
    ALL_FAILED_RESENT = "notifications.message.all_failed_resent"
    ADDRESS_SUPPRESSED = "notifications.address.suppressed"
    ADDRESS_RELEASED = "notifications.address.released"
    TEXTS_FORGOTTEN = "notifications.message.texts_forgotten"
    PREFERENCES_CHANGED = "notifications.preferences.changed"
