"""A request prepared or filed under a mandate; what it said is forgotten once it is a case or nothing."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assistance.models.mandate import Mandate


class RequestState(models.TextChoices):
    WAITING = "waiting", _("Waits for the enterprise")
    FILED = "filed", _("Filed")
    DROPPED = "dropped", _("Not sent")


class MandatedRequestQuerySet(models.QuerySet["MandatedRequest"]):
    def read_by_filer(self, user_id: int) -> Self:
        """Return the requests whose case this person follows: the mandate is in force and says so."""
        held = Mandate.objects.in_force().filter(filer_id=user_id, may_read=True)
        return self.filter(mandate__in=held, state=RequestState.FILED)

    def filed(self) -> Self:
        return self.filter(state=RequestState.FILED)


class MandatedRequest(models.Model):
    mandate = models.ForeignKey(Mandate, models.CASCADE, related_name="requests")
    state = models.CharField(max_length=8, choices=RequestState, default=RequestState.WAITING)
    # The words of the request by name of field, until it is settled.
    said = models.JSONField(default=dict)
    case = models.OneToOneField(
        "assistance.Case",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="mandated_request",
    )
    prepared_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    objects = MandatedRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandated_request_state_is_known",
                condition=Q(state__in=RequestState.values),
            ),
            models.CheckConstraint(
                name="mandated_request_has_a_case_iff_filed",
                condition=Q(state=RequestState.FILED, case__isnull=False)
                | (~Q(state=RequestState.FILED) & Q(case__isnull=True)),
            ),
            models.CheckConstraint(
                name="mandated_request_forgets_what_is_settled",
                condition=Q(state=RequestState.WAITING, settled_at__isnull=True)
                | (~Q(state=RequestState.WAITING) & Q(settled_at__isnull=False, said={})),
            ),
            models.UniqueConstraint(
                fields=["mandate"],
                condition=Q(state=RequestState.WAITING),
                name="mandated_request_one_waits_per_mandate",
            ),
        ]

    def __str__(self) -> str:
        return f"request {self.pk} under mandate {self.mandate_id}"
