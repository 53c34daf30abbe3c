from ledger.models.delivery import Delivery, DeliveryState
from ledger.models.entry import Entry
from ledger.models.seal import Seal

__all__ = ["Delivery", "DeliveryState", "Entry", "Seal"]
