"""Who opened a case and when: shown to the SME, searched by auditors, never changed."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import QuerySet

WHOLE_CASE = "case"


class CaseReading(models.Model):
    case = models.ForeignKey(
        "assistance.Case", models.CASCADE, related_name="readings", db_index=False
    )
    reader = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False
    )
    agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # What was opened: "case" or "file:<uuid>".
    what = models.CharField(max_length=48, default=WHOLE_CASE)
    at = models.DateTimeField()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["case", "-at"], name="reading_by_case"),
            models.Index(fields=["reader", "-at"], name="reading_by_reader"),
        ]

    def __str__(self) -> str:
        return f"{self.reader_id} read {self.case_id}"


def last_reading(reader: Any, case: Any) -> "QuerySet[CaseReading, datetime]":
    """When this person last opened this case itself, for a subquery: at most one row."""
    own = CaseReading.objects.filter(case_id=case, reader_id=reader, what=WHOLE_CASE)
    return own.order_by("-at").values_list("at", flat=True)[:1]
