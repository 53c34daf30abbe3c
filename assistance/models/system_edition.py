"""What the catalogue says about a guidance system during a period, and what it promises."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.permissions import standing
from accounts.roles import Permission
from assistance.models.guidance_system import GuidanceSystem, NeedGroup
from assistance.models.system_agency import SystemAgency, one_id, validity
from foundation.models import Dated, DatedQuerySet, LineField, ProseField

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import Agency, User

LONGEST_PROMISE_DAYS = 250
DAYS_FIELDS = ("first_answer_days", "next_update_days", "resolution_days", "offer_days")
TEXT_FIELDS = ("heading", "name", "short", "mission", "gives", "eligibility")
LIST_FIELDS = ("services", "problems", "documents")


class SystemEditionQuerySet(DatedQuerySet):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What has been in force is public; planned editions show to those who edit them."""
        if standing(user).may(Permission.CATALOGUE_EDIT):
            return self
        return self.filter(valid_from__lte=timezone.localdate())

    def current_editions(self, day: dt.date | None = None) -> Self:
        """The edition of each system on a day (default today), with its agencies: two queries.

        `edition.system.agencies_now` lists the SystemAgency rows of the day with their agency.
        """
        on = day or timezone.localdate()
        terms = SystemAgency.objects.on(on).select_related("agency").in_order()
        return (
            self.on(on)
            .select_related("system")
            .prefetch_related(
                models.Prefetch("system__agency_terms", queryset=terms, to_attr="agencies_now")
            )
            .in_order()
        )

    def in_order(self) -> Self:
        ranks = [
            models.When(system__group=group, then=rank)
            for rank, group in enumerate(NeedGroup.values)
        ]
        rank = models.Case(*ranks, output_field=models.SmallIntegerField())
        return self.order_by(rank, "system__position", "system__number", "valid_from")

    def planned(self) -> Self:
        """What takes effect after today, the next first."""
        return self.filter(valid_from__gt=timezone.localdate()).order_by("valid_from")

    def history_of(self, system_id: int) -> Self:
        """Every edition of one system, the latest first."""
        return self.filter(system_id=system_id).order_by("-valid_from")

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


def _days(default: int) -> models.PositiveSmallIntegerField[Any, Any]:
    return models.PositiveSmallIntegerField(
        default=default,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_PROMISE_DAYS)],
    )


class SystemEdition(Dated):
    """Days are working days of the official calendar."""

    system = models.ForeignKey(GuidanceSystem, on_delete=models.CASCADE, related_name="editions")
    heading_zh = LineField(_("heading in the owner's words (Chinese)"), max_length=60)
    heading_en = LineField(_("heading in the owner's words (English)"), max_length=120)
    name_zh = LineField(_("official name (Chinese)"), max_length=60)
    name_en = LineField(_("official name (English)"), max_length=120)
    short_zh = LineField(_("short name (Chinese)"), max_length=30)
    short_en = LineField(_("short name (English)"), max_length=60)
    mission_zh = ProseField(_("what it is for (Chinese)"), max_length=400)
    mission_en = ProseField(_("what it is for (English)"), max_length=600)
    gives_zh = LineField(_("what you get (Chinese)"), max_length=200)
    gives_en = LineField(_("what you get (English)"), max_length=300)
    eligibility_zh = LineField(_("who can apply (Chinese)"), max_length=200)
    eligibility_en = LineField(_("who can apply (English)"), max_length=300)
    services = models.JSONField(_("services"), default=list)
    problems = models.JSONField(_("typical problems"), default=list)
    documents = models.JSONField(_("papers needed"), default=list)
    first_answer_days = _days(3)
    next_update_days = _days(10)
    resolution_days = _days(30)
    offer_days = _days(2)

    objects = SystemEditionQuerySet.as_manager()

    class Meta(Dated.Meta):
        verbose_name = _("edition of a system")
        verbose_name_plural = _("editions of systems")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(
                    **{f"{name}__gte": 1 for name in DAYS_FIELDS},
                    **{f"{name}__lte": LONGEST_PROMISE_DAYS for name in DAYS_FIELDS},
                ),
                name="edition_promises_are_one_to_250_days",
            ),
            models.CheckConstraint(
                condition=models.Q(resolution_days__gte=models.F("first_answer_days")),
                name="edition_resolution_is_not_before_first_answer",
            ),
            ExclusionConstraint(
                name="one_edition_per_system_at_a_time",
                expressions=[
                    (one_id("system_id"), RangeOperators.OVERLAPS),
                    (validity(), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.short_zh} {self.valid_from}"

    @property
    def all_words(self) -> str:
        """Everything the catalogue says, in both languages, for finding by words."""
        lists = (item for name in LIST_FIELDS for item in getattr(self, name))
        listed = (words for item in lists for words in (item["zh"], item["en"]))
        texts = (getattr(self, f"{name}_{code}") for name in TEXT_FIELDS for code in ("zh", "en"))
        return " ".join([*texts, *listed])

    def agencies_on(self, day: dt.date | None = None) -> list[Agency]:
        """Agencies answering for the system on a day; uses what `current_editions` fetched."""
        fetched = getattr(self.system, "agencies_now", None)
        if fetched is not None and day is None:
            return [term.agency for term in fetched]
        on = day or timezone.localdate()
        return [term.agency for term in SystemAgency.objects.answering_for(self.system_id, on)]
