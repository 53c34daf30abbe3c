from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from foundation.models import Dated, DatedQuerySet, LineField


class SizeThresholdQuerySet(DatedQuerySet):
    pass


class SizeThreshold(Dated):
    """The limits of the law on what counts as an SME, between two dates.

    `capital_max` is reached at most (NT$); `staff_max` and `small_scale_staff` are stayed below.
    """

    capital_max = models.BigIntegerField()
    staff_max = models.IntegerField()
    small_scale_staff = models.IntegerField()
    law_zh = LineField(max_length=120)
    law_en = LineField(max_length=160)
    article = LineField(max_length=40)

    objects = SizeThresholdQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("size threshold")
        verbose_name_plural = _("size thresholds")
        constraints = [
            *Dated.Meta.constraints,
            models.UniqueConstraint(fields=["valid_from"], name="size_threshold_once_per_start"),
            models.CheckConstraint(
                name="size_threshold_limits_are_positive",
                condition=Q(capital_max__gt=0, staff_max__gt=0, small_scale_staff__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.law_zh} {self.valid_from}"
