"""A search for somebody to refer to that found nobody able and free: where the network is thin."""

from django.db import models

from foundation.models import LineField


class UnmetSearch(models.Model):
    case = models.ForeignKey("assistance.Case", models.CASCADE, related_name="+", db_index=False)
    system = models.ForeignKey("assistance.GuidanceSystem", models.PROTECT, related_name="+")
    county = models.CharField(max_length=20, blank=True)
    district = LineField(max_length=40, blank=True)
    searched_on = models.DateField()
    # How many were ruled out for each reason: {"full": 2, "away": 1}.
    barred_by = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "system", "searched_on"], name="unmet_search_once_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["searched_on", "county", "system"], name="unmet_search_by_day")
        ]

    def __str__(self) -> str:
        return f"{self.county} {self.system_id} {self.searched_on}"
