"""A mandate: an enterprise lets a person outside it file requests in its name, and may end that."""

from datetime import date
from typing import Self

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone

from accounts.models import User
from accounts.permissions import standing
from assistance.states import (
    ENDED_MANDATE_STATES,
    MANDATE_COURSE,
    OPEN_MANDATE_STATES,
    Capacity,
    MandateGiven,
    MandateState,
)
from foundation.models import LineField


class MandateQuerySet(models.QuerySet["Mandate"]):
    def in_force(self, day: date | None = None) -> Self:
        """Return those an enterprise confirmed and nobody ended, within their time."""
        return self.filter(state=MandateState.CONFIRMED, valid_to__gte=day or timezone.localdate())

    def open(self) -> Self:
        return self.filter(state__in=OPEN_MANDATE_STATES)

    def held_by(self, user: User | AnonymousUser) -> Self:
        """Return the mandates under which this person files for others, or has asked to."""
        return self.filter(filer_id=user.pk) if user.pk else self.none()

    def granted_by(self, user: User | AnonymousUser) -> Self:
        """Return those that this person's enterprises gave or are asked for.

        One asked of an address, where the enterprise has no account here, is hers who reads
        that address. What is still being prepared is nobody's but the filer's.
        """
        who = standing(user)
        if who.user_id is None:
            return self.none()
        own = EmailAddress.objects.filter(
            user_id=who.user_id, verified=True, email__iexact=OuterRef("principal_email")
        )
        mine = Q(enterprise_id__in=who.enterprise_ids) | Q(Q(enterprise=None), Exists(own))
        return self.filter(mine).exclude(state=MandateState.PREPARED)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the mandates a person holds or has given."""
        if not user.is_authenticated:
            return self.none()
        given = Mandate.objects.granted_by(user).values("pk")
        return self.filter(Q(filer_id=user.pk) | Q(pk__in=given))

    def with_names(self) -> Self:
        return self.select_related("filer", "enterprise").prefetch_related("systems")

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class Mandate(models.Model):
    """The principal is the enterprise; where it has no account here, whoever reads the address."""

    filer = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="mandates")
    capacity = models.CharField(max_length=10, choices=Capacity)
    # The firm, chamber or association the filer works for, in the filer's words.
    firm = LineField(max_length=120, blank=True)

    # Known where members of the enterprise confirm.
    enterprise = models.ForeignKey(
        "accounts.Enterprise", models.PROTECT, null=True, blank=True, related_name="mandates"
    )
    enterprise_name = LineField(max_length=120)
    business_number = models.CharField(max_length=8)
    principal_name = LineField(max_length=60)
    principal_email = models.EmailField(max_length=254)
    principal_phone = LineField(max_length=30, blank=True)
    language = models.CharField(max_length=10, default="zh-hant")

    given_on = models.DateField()
    given_how = models.CharField(max_length=8, choices=MandateGiven)
    # None means every system.
    systems = models.ManyToManyField("assistance.GuidanceSystem", related_name="+")
    may_read = models.BooleanField(default=True)
    may_write = models.BooleanField(default=False)
    # Whether further requests are filed without asking again.
    is_standing = models.BooleanField(default=False)
    valid_to = models.DateField()

    state = models.CharField(max_length=10, choices=MandateState, default=MandateState.PREPARED)
    prepared_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    # Empty where it was confirmed by a link.
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    reminded_on = models.DateField(null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mandate_state_is_known", condition=Q(state__in=MandateState.values)
            ),
            models.CheckConstraint(
                name="mandate_asked_at_iff_asked",
                condition=Q(state=MandateState.PREPARED, asked_at__isnull=True)
                | (~Q(state=MandateState.PREPARED) & Q(asked_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="mandate_in_force_was_confirmed",
                condition=~Q(
                    state__in=[
                        MandateState.CONFIRMED,
                        MandateState.WITHDRAWN,
                        MandateState.EXPIRED,
                    ]
                )
                | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="mandate_ended_at_iff_ended",
                condition=Q(state__in=ENDED_MANDATE_STATES, ended_at__isnull=False)
                | (~Q(state__in=ENDED_MANDATE_STATES) & Q(ended_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="mandate_writes_only_with_reading",
                condition=Q(may_write=False) | Q(may_read=True),
            ),
            models.CheckConstraint(
                name="mandate_ends_after_it_was_given",
                condition=Q(valid_to__gte=F("given_on")),
            ),
            models.UniqueConstraint(
                fields=["filer", "business_number"],
                condition=Q(state=MandateState.ASKED),
                name="mandate_asked_once_per_filer_and_business",
            ),
        ]
        indexes = [
            models.Index(
                fields=["enterprise"],
                name="mandate_open_by_enterprise",
                condition=Q(state__in=OPEN_MANDATE_STATES),
            ),
            models.Index(
                fields=["valid_to"],
                name="mandate_confirmed_by_end",
                condition=Q(state=MandateState.CONFIRMED),
            ),
        ]

    def __str__(self) -> str:
        return f"mandate {self.pk} of {self.filer_id} for {self.business_number}"

    def move_to(self, state: MandateState) -> None:
        MANDATE_COURSE.check(self.state, state)
        self.state = state

    def is_in_force(self, day: date | None = None) -> bool:
        return self.state == MandateState.CONFIRMED and self.valid_to >= (
            day or timezone.localdate()
        )

    @property
    def was_confirmed(self) -> bool:
        return self.confirmed_at is not None
