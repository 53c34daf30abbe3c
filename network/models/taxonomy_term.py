"""What is offered, by the eleven guidance systems: terms known here by the system's code."""

import uuid
from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from foundation.languages import pick
from foundation.models import LineField, ProseField


class TaxonomyTermQuerySet(models.QuerySet["TaxonomyTerm"]):
    def in_order(self) -> Self:
        return self.order_by("number")


class TaxonomyTerm(models.Model):
    """One guidance system as a topic of the directory; its code is that of the system."""

    uuid = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)
    code = models.SlugField(max_length=40, unique=True)
    number = models.PositiveSmallIntegerField(unique=True)
    name_zh = LineField(max_length=80)
    name_en = LineField(max_length=120)
    description_zh = ProseField(max_length=600, blank=True, default="")
    description_en = ProseField(max_length=1200, blank=True, default="")
    updated_at = models.DateTimeField(auto_now=True)

    objects = TaxonomyTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("topic")
        verbose_name_plural = _("topics")

    def __str__(self) -> str:
        return str(self.code)

    @property
    def name(self) -> str:
        """The name in the reader's language."""
        return pick(self, "name")
