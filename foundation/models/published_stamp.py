from django.db import models


class PublishedStamp(models.Model):
    """Changes whenever something that everybody may read is written (see `foundation.stamping`)."""

    room = models.CharField(max_length=20, unique=True)
    stamp = models.UUIDField()

    def __str__(self) -> str:
        return f"{self.room} {self.stamp}"
