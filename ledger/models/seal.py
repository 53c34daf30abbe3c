from django.db import models

from ledger.models.entry import Entry


class Seal(models.Model):
    """One link of the chain that makes a changed, removed or reordered entry show."""

    entry = models.OneToOneField(
        Entry, on_delete=models.PROTECT, primary_key=True, related_name="seal"
    )
    number = models.BigIntegerField(unique=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64, unique=True)
    sealed_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return f"{self.number} {self.digest[:12]}"
