from django.conf import settings
from django.db import models


class Row(models.Model):
    """Something with a date, as a list shows it."""

    number = models.CharField(max_length=16)
    title = models.CharField(max_length=120)
    text = models.TextField()
    state = models.CharField(max_length=12)
    place = models.CharField(max_length=20)
    due_on = models.DateField(db_index=True)
    made_at = models.DateTimeField()
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True)

    def __str__(self) -> str:
        return self.number


class Note(models.Model):
    """Something said about a row."""

    row = models.ForeignKey(Row, models.CASCADE, related_name="notes")
    text = models.TextField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.text
