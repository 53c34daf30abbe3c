"""A question that owners ask, under an address that never changes; its words are in its versions."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import standing
from accounts.roles import Permission
from foundation.languages import pick
from foundation.models import LineField
from knowledge.states import PUBLIC_STATES, QUESTION_COURSE, QuestionState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class QuestionQuerySet(models.QuerySet["Question"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """What is published is everybody's; drafts and what is retired are their agency's."""
        return self.filter(_is_public() | _is_kept_by(user))

    def overseen_by(self, user: User | AnonymousUser) -> Self:
        """What this person keeps; for auditors all there is, to read only."""
        return self if standing(user).may(Permission.AUDIT_READ) else self.kept_by(user)

    def kept_by(self, user: User | AnonymousUser) -> Self:
        """What this person writes or approves, whatever its state."""
        return self.filter(_is_kept_by(user))

    def public(self) -> Self:
        return self.filter(_is_public())

    def with_words(self) -> Self:
        """With the published version, its topics and the articles of law it cites."""
        return self.select_related("published", "agency").prefetch_related(
            "published__topics", "published__laws"
        )

    def about(self, topic_codes: list[str]) -> Self:
        return self.filter(Q(published__in=_versions_about(topic_codes)) if topic_codes else Q())

    def read_again_in(self, year: int) -> Self:
        """Whose published wording was last read in that year."""
        return self.filter(reviewed_on__year=year)

    def read_again_since(self, day: date) -> Self:
        return self.filter(reviewed_on__gte=day)

    def years_read(self) -> list[int]:
        """The years in which these were last read, the latest first."""
        days = self.filter(reviewed_on__isnull=False).dates("reviewed_on", "year", order="DESC")
        return [day.year for day in days]

    def overdue_on(self, day: date) -> Self:
        return self.filter(state=QuestionState.PUBLISHED, review_due_on__lte=day)

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


def _is_public() -> Q:
    return Q(state__in=PUBLIC_STATES)


def _is_kept_by(user: User | AnonymousUser) -> Q:
    return Q(agency_id__in=standing(user).agencies_where(Permission.KNOWLEDGE_EDIT))


def _versions_about(topic_codes: list[str]) -> Any:
    versions = Question._meta.get_field("published").related_model
    return versions._default_manager.filter(topics__code__in=topic_codes).values("pk")


class Question(models.Model):
    slug = models.SlugField(max_length=80, unique=True)
    agency = models.ForeignKey("accounts.Agency", models.PROTECT, related_name="questions")
    state = models.CharField(
        max_length=20, choices=QuestionState, default=QuestionState.DRAFT, editable=False
    )
    published = models.OneToOneField(
        "knowledge.QuestionVersion", models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_published_at = models.DateTimeField(null=True, blank=True)
    reviewed_on = models.DateField(null=True, blank=True)
    review_due_on = models.DateField(null=True, blank=True)
    retired_because = LineField(max_length=200, blank=True, default="")
    created_at = models.DateTimeField()
    search = SearchVectorField(null=True)
    # One vote a visitor; kept here so that lists need not count.
    votes = models.PositiveIntegerField(default=0)
    helped = models.PositiveIntegerField(default=0)
    # Visitors who were writing a request and found their answer here.
    requests_spared = models.PositiveIntegerField(default=0)

    objects = QuestionQuerySet.as_manager()

    class Meta:
        verbose_name = _("question")
        verbose_name_plural = _("questions")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=QuestionState.values), name="question_state_is_known"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=PUBLIC_STATES)
                | Q(
                    published__isnull=False,
                    first_published_at__isnull=False,
                    reviewed_on__isnull=False,
                    review_due_on__isnull=False,
                ),
                name="public_question_has_words_and_review_dates",
            ),
            models.CheckConstraint(
                condition=Q(review_due_on__isnull=True) | Q(review_due_on__gt=F("reviewed_on")),
                name="question_review_is_due_after_the_last",
            ),
            models.CheckConstraint(
                condition=(Q(state=QuestionState.RETIRED) & ~Q(retired_because=""))
                | (~Q(state=QuestionState.RETIRED) & Q(retired_because="")),
                name="question_says_why_iff_retired",
            ),
            models.CheckConstraint(
                condition=Q(helped__lte=F("votes")), name="question_helped_at_most_all_voters"
            ),
        ]
        indexes = [
            GinIndex(fields=["search"], name="question_search", fastupdate=False),
            models.Index(fields=["state", "review_due_on"], name="question_by_review"),
        ]

    def __str__(self) -> str:
        return self.slug

    @staticmethod
    def is_in_one_language() -> Q:
        """What is published although a language is missing or older: to be settled by editors."""
        words = ("question_zh", "answer_zh", "question_en", "answer_en")
        missing = Q()
        for name in words:
            missing |= Q((f"published__{name}", ""))
        return _is_public() & (missing | ~Q(published__behind=""))

    @property
    def title(self) -> str:
        """The published question in the reader's language."""
        return pick(self.published, "question") if self.published else self.slug

    @property
    def is_public(self) -> bool:
        return self.state in PUBLIC_STATES

    @property
    def is_due(self) -> bool:
        return self.state == QuestionState.DUE_FOR_REVIEW

    @property
    def share_helped(self) -> int | None:
        """Of a hundred voters, how many it helped; None while nobody has said."""
        return round(100 * self.helped / self.votes) if self.votes else None

    def move_to(self, state: QuestionState) -> None:
        QUESTION_COURSE.check(self.state, state)
        self.state = state
