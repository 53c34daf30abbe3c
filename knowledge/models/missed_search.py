"""What was searched for and not found: the folded words, the day, how often; never who."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import Max, Q, Sum
from django.utils.translation import gettext_lazy as _

LONGEST_KEPT = 40


class MissedSearchQuerySet(models.QuerySet["MissedSearch"]):
    def since(self, day: dt.date) -> MissedSearchQuerySet:
        return self.filter(day__gte=day)

    def by_words(self) -> models.QuerySet[MissedSearch, Any]:
        """Each wording once: how often in all and when last; the most wanted first."""
        return (
            self.values("words")
            .annotate(times=Sum("count"), last_on=Max("day"))
            .order_by("-times", "-last_on", "words")
        )


class MissedSearch(models.Model):
    day = models.DateField()
    words = models.CharField(max_length=LONGEST_KEPT)
    count = models.PositiveIntegerField(default=1)

    objects = MissedSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("search that found nothing")
        verbose_name_plural = _("searches that found nothing")
        constraints = [
            models.UniqueConstraint(fields=["day", "words"], name="missed_words_once_a_day"),
            models.CheckConstraint(condition=Q(count__gte=1), name="missed_search_happened"),
            models.CheckConstraint(
                condition=~Q(words="") & ~Q(words__regex="[0-9@]"),
                name="missed_search_holds_no_number_or_address",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.words}"
