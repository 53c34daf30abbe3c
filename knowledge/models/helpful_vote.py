"""Did this help? One answer a visitor, known only by a hash."""

from django.db import models

from knowledge.models.question import Question


class HelpfulVote(models.Model):
    question = models.ForeignKey(
        Question, models.CASCADE, related_name="helpful_votes", db_index=False
    )
    # A keyed hash of what stands in the visitor's cookie; leads back to nobody.
    voter = models.CharField(max_length=64)
    helped = models.BooleanField()
    # She was writing a request and no longer needs to send it.
    spared_request = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["question", "voter"], name="one_vote_per_visitor_and_question"
            ),
            models.CheckConstraint(
                condition=models.Q(spared_request=False) | models.Q(helped=True),
                name="vote_that_spared_a_request_helped",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} {self.helped}"
