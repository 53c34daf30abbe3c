"""An offer of a need to an agency: the history of who was asked and what they said."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from assistance.states import DeclineReason, OfferState
from foundation.models import ProseField


class Offer(models.Model):
    need = models.ForeignKey("assistance.Need", models.CASCADE, related_name="offers")
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    offered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    offered_at = models.DateTimeField()
    lapses_on = models.DateField()
    state = models.CharField(max_length=10, choices=OfferState, default=OfferState.OPEN)
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decline_reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    decline_text = ProseField(max_length=1000, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["need"], condition=Q(state=OfferState.OPEN), name="offer_one_open_per_need"
            ),
            models.CheckConstraint(
                name="offer_settled_at_iff_not_open",
                condition=Q(state=OfferState.OPEN, settled_at__isnull=True)
                | (~Q(state=OfferState.OPEN) & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="offer_decline_reason_iff_declined",
                condition=(Q(state=OfferState.DECLINED) & ~Q(decline_reason=""))
                | (~Q(state=OfferState.DECLINED) & Q(decline_reason="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.need_id} to {self.agency_id}"
