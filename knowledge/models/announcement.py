"""One announcement: its permanent address, what readers have of it, and the version in force."""

from __future__ import annotations

import uuid
from collections.abc import Collection
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from accounts.permissions import standing
from accounts.roles import Permission, Role
from foundation.models import ProseField
from knowledge.announcement_parity import ALWAYS
from knowledge.announcement_states import (
    ANNOUNCEMENT_COURSE,
    READABLE_STATES,
    AnnouncementState,
    Audience,
)
from knowledge.states import Language

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    """Announcements by who may see them and by what they are about."""

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What this person finds at its address: also ended and withdrawn ones, which say so."""
        return self.exclude(state=AnnouncementState.UNPUBLISHED)._for(standing(user).roles)

    def readable_to(self, user: User | AnonymousUser) -> Self:
        """What this person may read the words of: of withdrawn ones nothing is shown."""
        return self.readable_by(standing(user).roles)

    def readable_by(self, roles: Collection[Role]) -> Self:
        """`readable_to`, for whoever has these roles."""
        return self.readable()._for(roles)

    def readable(self) -> Self:
        """What some may read: neither before it is published nor once it is withdrawn."""
        return self.filter(state__in=READABLE_STATES)

    def _for(self, roles: Collection[Role]) -> Self:
        mine = Q(current__roles__overlap=[str(role) for role in roles])
        return self.filter(~Q(current__audience=Audience.ROLE) | mine)

    def overseen_by(self, user: User | AnonymousUser) -> Self:
        """What this person keeps; for auditors all there is, to read only."""
        return self if standing(user).may(Permission.AUDIT_READ) else self.kept_by(user)

    def kept_by(self, user: User | AnonymousUser) -> Self:
        """What this person writes or approves: everything of her agencies, public or not."""
        who = standing(user)
        writes = who.agencies_where(Permission.KNOWLEDGE_EDIT)
        return self.filter(agency__in=writes | who.agencies_where(Permission.KNOWLEDGE_APPROVE))

    def published(self) -> Self:
        return self.filter(state=AnnouncementState.PUBLISHED)

    def in_one_language(self) -> Self:
        """Public ones of which a language is missing or older: to be settled by editors."""
        texts = [f"current__{name}_{code}" for name in ALWAYS for code in Language.values]
        missing = reduce(or_, (Q((text, "")) for text in texts))
        return self.published().filter(missing | ~Q(current__behind=""))

    def archived(self) -> Self:
        return self.filter(state=AnnouncementState.ENDED)

    def withdrawn(self) -> Self:
        return self.filter(state=AnnouncementState.WITHDRAWN)

    def in_category(self, category: str) -> Self:
        return self.filter(current__category=category)

    def about(self, topic: str) -> Self:
        return self.filter(current__topics__contains=[topic])

    def for_county(self, county: str) -> Self:
        """Those meant for a county, and those for the whole country."""
        return self.filter(Q(current__counties__contains=[county]) | Q(current__counties=[]))

    def for_page(self) -> Self:
        return self.select_related("current", "agency").defer("search")


class Announcement(models.Model):
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, related_name="announcements", db_index=False
    )
    state = models.CharField(
        max_length=12, choices=AnnouncementState, default=AnnouncementState.UNPUBLISHED
    )
    current = models.OneToOneField(
        "knowledge.AnnouncementVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, blank=True)
    changed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawn_because_zh = ProseField(max_length=300, blank=True)
    withdrawn_because_en = ProseField(max_length=300, blank=True)

    # Title, summary and text of the version in force, in both languages.
    search = SearchVectorField(null=True, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="announcement_state_is_known",
                condition=Q(state__in=AnnouncementState.values),
            ),
            models.CheckConstraint(
                name="announcement_once_public_has_a_version_in_force",
                condition=Q(
                    state=AnnouncementState.UNPUBLISHED,
                    current__isnull=True,
                    published_at__isnull=True,
                )
                | (
                    ~Q(state=AnnouncementState.UNPUBLISHED)
                    & Q(current__isnull=False, published_at__isnull=False)
                ),
            ),
            models.CheckConstraint(
                name="announcement_withdrawn_says_by_whom_and_why",
                condition=(
                    Q(state=AnnouncementState.WITHDRAWN)
                    & Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                    & ~Q(withdrawn_because_zh="")
                    & ~Q(withdrawn_because_en="")
                )
                | (
                    ~Q(state=AnnouncementState.WITHDRAWN)
                    & Q(withdrawn_at__isnull=True, withdrawn_by__isnull=True)
                ),
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="announcement_search"),
            models.Index(fields=["state", "-published_at", "-id"], name="announcement_newest"),
            models.Index(fields=["agency", "-changed_at", "-id"], name="announcement_kept"),
        ]

    def __str__(self) -> str:
        return self.slug

    @property
    def is_public(self) -> bool:
        return self.state in READABLE_STATES

    @property
    def is_ended(self) -> bool:
        return self.state == AnnouncementState.ENDED

    @property
    def is_withdrawn(self) -> bool:
        return self.state == AnnouncementState.WITHDRAWN

    def move_to(self, state: AnnouncementState) -> None:
        """Change what readers have of it, along the course, or refuse."""
        ANNOUNCEMENT_COURSE.check(self.state, state)
        self.state = state
