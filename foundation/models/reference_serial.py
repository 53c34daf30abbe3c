from django.db import models


class ReferenceSerial(models.Model):
    """The last number given out for one letter in one month."""

    letter = models.CharField(max_length=2)
    year = models.PositiveSmallIntegerField(help_text="ROC year")
    month = models.PositiveSmallIntegerField()
    last = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["letter", "year", "month"], name="one_serial_per_letter_and_month"
            )
        ]

    def __str__(self) -> str:
        return f"{self.letter}{self.year}-{self.month:02d} {self.last}"
