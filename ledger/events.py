"""What the ledger itself announces."""

from enum import StrEnum


class LedgerEvent(StrEnum):
    CHAIN_BROKEN = "ledger.chain.broken"
    DELIVERY_RETRIED = "ledger.delivery.retried"
