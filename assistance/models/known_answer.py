"""A published answer that has to do with a case: read before, put into a reply, drafted from it."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _


class KnownAs(models.TextChoices):
    READ_BEFORE = "read_before", _("Read before asking")
    DRAFTED_FROM = "drafted_from", _("Drafted from this case")
    PUT_IN = "put_in", _("Put into a reply")


class KnownAnswerQuerySet(models.QuerySet["KnownAnswer"]):
    def resting_on(self, law_id: int) -> Self:
        """Those whose published wording cites this article of law."""
        return self.filter(question__published__laws=law_id)


class KnownAnswer(models.Model):
    case = models.ForeignKey(
        "assistance.Case", models.CASCADE, related_name="known_answers", db_index=False
    )
    question = models.ForeignKey("knowledge.Question", models.PROTECT, related_name="known_in")
    known_as = models.CharField(max_length=16, choices=KnownAs)
    noted_at = models.DateTimeField()

    objects = KnownAnswerQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "question", "known_as"], name="one_row_per_case_answer_and_way"
            ),
            models.CheckConstraint(
                condition=models.Q(known_as__in=KnownAs.values), name="answer_known_in_known_way"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.known_as} {self.question_id}"
