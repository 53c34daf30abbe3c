"""A rule that names the agency for cases of a kind: numbered, in numbered and dated versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import standing
from accounts.roles import Permission
from assistance.routing.units import UnitRule
from assistance.states import RULE_COURSE, RuleState
from foundation.models import LineField

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

HIGHEST_RANK = 999
LONGEST_WORD = 40


class RoutingRuleQuerySet(models.QuerySet["RoutingRule"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those who keep the rules see them as a whole; what fired is read on each case."""
        return self if standing(user).may(Permission.ROUTING_EDIT) else self.none()

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class RoutingRule(models.Model):
    """What stays the same: the number by which staff speak of it is its id."""

    created_at = models.DateTimeField()

    objects = RoutingRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("routing rule")
        verbose_name_plural = _("routing rules")

    def __str__(self) -> str:
        return f"rule {self.pk}"


class RuleVersionQuerySet(models.QuerySet["RuleVersion"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        return self if standing(user).may(Permission.ROUTING_EDIT) else self.none()

    def in_force(self) -> Self:
        return self.filter(state=RuleState.IN_FORCE)

    def drafts(self) -> Self:
        return self.filter(state=RuleState.DRAFT)

    def with_names(self) -> Self:
        return self.select_related("rule", "agency", "system")

    def in_order(self) -> Self:
        """As they are tried; of each rule the latest version first."""
        return self.order_by("rank", "rule_id", "-number")

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class RuleVersion(models.Model):
    """What a rule asks for and whom it names; never changed once it was turned on."""

    rule = models.ForeignKey(RoutingRule, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=RuleState, default=RuleState.DRAFT)
    name_zh = LineField(_("name (Chinese)"), max_length=60)
    name_en = LineField(_("name (English)"), max_length=120)
    rank = models.PositiveSmallIntegerField(default=100)
    system = models.ForeignKey(
        "assistance.GuidanceSystem", models.PROTECT, null=True, blank=True, related_name="+"
    )
    counties = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    industries = ArrayField(models.CharField(max_length=1), default=list, blank=True)
    staff_at_least = models.PositiveIntegerField(null=True, blank=True)
    staff_at_most = models.PositiveIntegerField(null=True, blank=True)
    words = ArrayField(models.CharField(max_length=LONGEST_WORD), default=list, blank=True)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    turned_on_at = models.DateTimeField(null=True, blank=True)
    turned_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = RuleVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a routing rule")
        verbose_name_plural = _("versions of routing rules")
        constraints = [
            models.UniqueConstraint(fields=["rule", "number"], name="one_rule_version_per_number"),
            models.UniqueConstraint(
                fields=["rule"], condition=Q(state="draft"), name="one_draft_of_a_rule"
            ),
            models.UniqueConstraint(
                fields=["rule"], condition=Q(state="in_force"), name="one_rule_version_in_force"
            ),
            models.CheckConstraint(
                condition=Q(state__in=RuleState.values), name="rule_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state="draft", turned_on_at__isnull=True, turned_on_by__isnull=True)
                | (~Q(state="draft") & Q(turned_on_at__isnull=False, turned_on_by__isnull=False)),
                name="rule_is_turned_on_by_somebody_iff_no_draft",
            ),
            models.CheckConstraint(
                condition=Q(state="ended", ended_at__isnull=False, ended_at__gte=F("turned_on_at"))
                | (~Q(state="ended") & Q(ended_at__isnull=True)),
                name="rule_end_is_dated_iff_ended",
            ),
            models.CheckConstraint(
                condition=Q(staff_at_least__isnull=True)
                | Q(staff_at_most__isnull=True)
                | Q(staff_at_least__lte=F("staff_at_most")),
                name="rule_sizes_are_in_order",
            ),
            models.CheckConstraint(
                condition=Q(system__isnull=False)
                | ~Q(counties=[])
                | ~Q(industries=[])
                | ~Q(words=[])
                | Q(staff_at_least__isnull=False)
                | Q(staff_at_most__isnull=False),
                name="rule_asks_for_something",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id}/{self.number}"

    def as_unit_rule(self) -> UnitRule:
        """As the pure rules take it; needs `with_names`."""
        return UnitRule(
            number=self.rule_id,
            version=self.number,
            agency_id=self.agency_id,
            rank=self.rank,
            system=self.system.code if self.system else "",
            counties=tuple(self.counties),
            industries=tuple(self.industries),
            staff_at_least=self.staff_at_least,
            staff_at_most=self.staff_at_most,
            words=tuple(self.words),
        )

    def terms(self) -> dict[str, Any]:
        """What it asks for and whom it names, by field."""
        return {name: getattr(self, name) for name in RULE_TERMS}

    def move_to(self, state: RuleState) -> None:
        """Assign `state` if the course allows it; the only place that does."""
        RULE_COURSE.check(self.state, state)
        self.state = state


RULE_TERMS = (
    "name_zh",
    "name_en",
    "rank",
    "system_id",
    "counties",
    "industries",
    "staff_at_least",
    "staff_at_most",
    "words",
    "agency_id",
)
