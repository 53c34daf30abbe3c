"""Setting right what could not be delivered."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError
from ledger.events import LedgerEvent
from ledger.models import Delivery, DeliveryState
from ledger.recording import record


class NotGivenUpError(DomainError):
    message = _("Only a delivery that was given up can be tried again.")


@transaction.atomic
def try_again(*, delivery_id: int, actor_id: int) -> Delivery:
    """Put a delivery that was given up back in line, with a fresh count of attempts."""
    delivery = Delivery.objects.locked().get(pk=delivery_id)
    if delivery.state != DeliveryState.DEAD:
        raise NotGivenUpError
    delivery.state = DeliveryState.PENDING
    delivery.attempts = 0
    delivery.next_attempt_at = timezone.now()
    delivery.save(update_fields=["state", "attempts", "next_attempt_at"])
    record(
        LedgerEvent.DELIVERY_RETRIED,
        subject=delivery,
        actor_id=actor_id,
        facts={"entry": delivery.entry_id, "subscriber": delivery.subscriber},
    )
    return delivery
