"""Which agency answers for a guidance system, and from when until when."""

from __future__ import annotations

import datetime as dt
from typing import Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateRangeField, RangeOperators
from django.db import models
from django.utils.translation import gettext_lazy as _

from assistance.models.guidance_system import GuidanceSystem
from foundation.models import Dated, DatedQuerySet


def one_id(column: str) -> models.Func:
    """A range that holds exactly this id, so that GiST compares it without an extension."""
    return models.Func(
        models.F(column),
        models.F(column),
        models.Value("[]"),
        function="int8range",
        output_field=BigIntegerRangeField(),
    )


def validity() -> models.Func:
    """The days on which the row holds, both ends included; no end means for ever."""
    return models.Func(
        models.F("valid_from"),
        models.F("valid_to"),
        models.Value("[]"),
        function="daterange",
        output_field=DateRangeField(),
    )


class SystemAgencyQuerySet(DatedQuerySet):
    def in_order(self) -> Self:
        return self.order_by("position", "valid_from", "pk")

    def answering_for(self, system_id: int, day: dt.date) -> Self:
        """The agencies of one system on a day, the first one answering first."""
        return self.filter(system_id=system_id).on(day).select_related("agency").in_order()

    def ended_before(self, system_id: int, day: dt.date) -> Self:
        """Who answered for a system formerly, the last first."""
        ended = self.filter(system_id=system_id, valid_to__lt=day)
        return ended.select_related("agency").order_by("-valid_to", "position", "pk")

    def history_of(self, system_id: int) -> Self:
        """Every term of one system, the latest first."""
        terms = self.filter(system_id=system_id).select_related("agency")
        return terms.order_by("-valid_from", "position", "pk")

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class SystemAgency(Dated):
    system = models.ForeignKey(
        GuidanceSystem, on_delete=models.CASCADE, related_name="agency_terms"
    )
    agency = models.ForeignKey(
        "accounts.Agency", on_delete=models.PROTECT, related_name="system_terms"
    )
    position = models.PositiveSmallIntegerField(default=1)

    objects = SystemAgencyQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("agency of a system")
        verbose_name_plural = _("agencies of systems")
        constraints = [
            *Dated.Meta.constraints,
            ExclusionConstraint(
                name="one_term_per_agency_and_system_at_a_time",
                expressions=[
                    (one_id("system_id"), RangeOperators.OVERLAPS),
                    (one_id("agency_id"), RangeOperators.OVERLAPS),
                    (validity(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.system_id} · {self.agency_id}"
