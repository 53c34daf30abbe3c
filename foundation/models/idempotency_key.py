from django.db import models


class IdempotencyKey(models.Model):
    """One act that one person asked for once, and what came of it."""

    act = models.CharField(max_length=60)
    by = models.CharField(max_length=80)
    key = models.UUIDField()
    result = models.CharField(max_length=40, blank=True, default="")
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["act", "by", "key"], name="an_act_is_done_once_per_key"
            )
        ]

    def __str__(self) -> str:
        return f"{self.act} {self.key}"
