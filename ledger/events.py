"""What the ledger itself announces."""

from enum import StrEnum


class LedgerEvent(StrEnum):
    DELIVERY_RETRIED = "ledger.delivery.retried"
