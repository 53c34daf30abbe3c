"""Whose time ran when: the two honest clocks of a case are sums over these spans."""

from django.db import models
from django.db.models import F, Q

from assistance.states import Side


class ClockSpan(models.Model):
    case = models.ForeignKey("assistance.Case", models.CASCADE, related_name="clock_spans")
    need = models.ForeignKey(
        "assistance.Need", models.CASCADE, null=True, blank=True, related_name="clock_spans"
    )
    side = models.CharField(max_length=10, choices=Side)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=Q(ended_at__isnull=True, need__isnull=True),
                name="clock_one_running_per_case",
            ),
            models.UniqueConstraint(
                fields=["need"],
                condition=Q(ended_at__isnull=True, need__isnull=False),
                name="clock_one_running_per_need",
            ),
            models.CheckConstraint(
                name="clock_ends_after_it_starts",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.side} in {self.case_id}"
