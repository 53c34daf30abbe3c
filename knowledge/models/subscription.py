"""Who hears of new announcements by e-mail: a person with an account, or a confirmed address."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower
from django.utils import timezone

from knowledge.announcement_states import (
    SUBSCRIPTION_COURSE,
    SubscriptionPace,
    SubscriptionState,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

SECRET_BYTES = 24


def new_secret() -> str:
    return secrets.token_urlsafe(SECRET_BYTES)


class SubscriptionQuerySet(models.QuerySet["Subscription"]):
    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """A person's own one; nobody reads another's."""
        return self.filter(user_id=user.pk) if user.is_authenticated else self.none()

    def by_secret(self, secret: str) -> Self:
        """The one whose e-mail the person holds."""
        return self.filter(secret=secret)

    def active(self) -> Self:
        return self.filter(state=SubscriptionState.ACTIVE)

    def waiting(self, pace: str, cut: datetime) -> Self:
        """Active ones of a pace that have not been written to up to `cut`."""
        return self.active().filter(pace=pace, heard_until__lt=cut)

    def never_confirmed(self, before: datetime) -> Self:
        return self.filter(state=SubscriptionState.PENDING, asked_at__lt=before)

    def long_ended(self, before: datetime) -> Self:
        return self.filter(state=SubscriptionState.ENDED, ended_at__lt=before)


class Subscription(models.Model):
    """Empty topics or counties stand for all of them."""

    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="news_subscription",
    )
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=10)
    topics = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    counties = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    pace = models.CharField(
        max_length=10, choices=SubscriptionPace, default=SubscriptionPace.WEEKLY
    )
    state = models.CharField(
        max_length=10, choices=SubscriptionState, default=SubscriptionState.PENDING
    )
    # In the links of each e-mail: whoever holds the e-mail may confirm or end it.
    secret = models.CharField(max_length=64, unique=True, default=new_secret, editable=False)
    asked_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    heard_until = models.DateTimeField(default=timezone.now)

    objects = SubscriptionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="subscription_once_per_address"
            ),
            models.CheckConstraint(
                name="subscription_is_of_a_person_or_an_address",
                condition=(Q(user__isnull=False) & Q(email=""))
                | (Q(user__isnull=True) & ~Q(email="")),
            ),
            models.CheckConstraint(
                name="subscription_address_is_in_lower_case", condition=Q(email=Lower("email"))
            ),
            models.CheckConstraint(
                name="subscription_state_is_known",
                condition=Q(state__in=SubscriptionState.values),
            ),
            models.CheckConstraint(
                name="subscription_pace_is_known", condition=Q(pace__in=SubscriptionPace.values)
            ),
            models.CheckConstraint(
                name="subscription_active_was_confirmed",
                condition=~Q(state=SubscriptionState.ACTIVE) | Q(confirmed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="subscription_ended_at_iff_ended",
                condition=Q(state=SubscriptionState.ENDED, ended_at__isnull=False)
                | (~Q(state=SubscriptionState.ENDED) & Q(ended_at__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["pace", "heard_until"],
                condition=Q(state=SubscriptionState.ACTIVE),
                name="subscription_waiting",
            ),
        ]

    def __str__(self) -> str:
        return f"subscription {self.pk}"

    @property
    def is_active(self) -> bool:
        return self.state == SubscriptionState.ACTIVE

    def move_to(self, state: SubscriptionState) -> None:
        SUBSCRIPTION_COURSE.check(self.state, state)
        self.state = state
