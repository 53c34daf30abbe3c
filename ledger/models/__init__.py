from ledger.models.chain_check import ChainCheck
from ledger.models.delivery import Delivery, DeliveryState
from ledger.models.entry import Entry
from ledger.models.seal import Seal

__all__ = ["ChainCheck", "Delivery", "DeliveryState", "Entry", "Seal"]
