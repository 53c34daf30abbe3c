"""One wording of a question and its answer, in both languages; kept for good once published."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.permissions import standing
from accounts.roles import Permission
from foundation.models import LineField, ProseField
from knowledge.models.law_article import LawArticle
from knowledge.models.question import Question
from knowledge.models.topic import Topic
from knowledge.states import (
    APPROVED_VERSION_STATES,
    OPEN_VERSION_STATES,
    PAST_OR_PRESENT_STATES,
    VERSION_COURSE,
    Language,
    VersionState,
)

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User

LONGEST_QUESTION = 160
LONGEST_ANSWER = 6000
_IS_WHOLE = (
    Q(behind="") & ~Q(question_zh="") & ~Q(answer_zh="") & ~Q(question_en="") & ~Q(answer_en="")
)


class QuestionVersionQuerySet(models.QuerySet["QuestionVersion"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """The published wording is everybody's; the others are their agency's."""
        agencies = standing(user).agencies_where(Permission.KNOWLEDGE_EDIT)
        return self.filter(Q(state=VersionState.PUBLISHED) | Q(question__agency_id__in=agencies))

    def open(self) -> Self:
        """The one being written, reviewed or waiting for its day."""
        return self.filter(state__in=OPEN_VERSION_STATES)

    def newest_first(self) -> Self:
        return self.order_by("-number")

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class QuestionVersion(models.Model):
    question = models.ForeignKey(Question, models.CASCADE, related_name="versions", db_index=False)
    number = models.PositiveSmallIntegerField()
    state = models.CharField(
        max_length=20, choices=VersionState, default=VersionState.DRAFT, editable=False
    )
    question_zh = LineField(max_length=LONGEST_QUESTION, blank=True, default="")
    question_en = LineField(max_length=2 * LONGEST_QUESTION, blank=True, default="")
    answer_zh = ProseField(max_length=LONGEST_ANSWER, blank=True, default="")
    answer_en = ProseField(max_length=2 * LONGEST_ANSWER, blank=True, default="")
    topics = models.ManyToManyField(Topic, related_name="question_versions")
    laws = models.ManyToManyField(LawArticle, blank=True, related_name="question_versions")
    # The language whose text is older than the other; empty where both say the same.
    behind = models.CharField(max_length=2, choices=Language, blank=True, default="")
    # Why an editor publishes although a language is missing or older.
    one_language_because = LineField(max_length=200, blank=True, default="")
    valid_from = models.DateField(null=True, blank=True)
    review_months = models.PositiveSmallIntegerField(default=12)
    publish_at = models.DateTimeField(null=True, blank=True)
    # Nobody: the wording came with the portal.
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    changed_at = models.DateTimeField()
    # Counts changes of a draft: two editors with the same draft open do not overwrite each other.
    edits = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    returned_because = LineField(max_length=300, blank=True, default="")
    approver = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        db_index=False,
    )
    approved_at = models.DateTimeField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = QuestionVersionQuerySet.as_manager()

    class Meta:
        verbose_name = _("version of a question")
        verbose_name_plural = _("versions of questions")
        constraints = [
            models.UniqueConstraint(
                fields=["question", "number"], name="one_question_version_per_number"
            ),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(state__in=OPEN_VERSION_STATES),
                name="one_open_version_of_a_question",
            ),
            models.UniqueConstraint(
                fields=["question"],
                condition=Q(state=VersionState.PUBLISHED),
                name="one_published_version_of_a_question",
            ),
            models.CheckConstraint(
                condition=Q(state__in=VersionState.values), name="version_state_is_known"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT) | _IS_WHOLE | ~Q(one_language_because=""),
                name="version_in_one_language_says_why",
            ),
            models.CheckConstraint(
                condition=(
                    Q(state__in=APPROVED_VERSION_STATES, approved_at__isnull=False)
                    & Q(approver__isnull=False)
                    & ~Q(approver=F("author"))
                    & ~Q(approver=F("changed_by"))
                )
                | (
                    ~Q(state__in=APPROVED_VERSION_STATES)
                    & Q(approver__isnull=True, approved_at__isnull=True)
                ),
                name="version_is_approved_by_a_second_person",
            ),
            models.CheckConstraint(
                condition=~Q(state=VersionState.SCHEDULED) | Q(publish_at__isnull=False),
                name="scheduled_version_has_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=PAST_OR_PRESENT_STATES,
                    published_at__isnull=False,
                    valid_from__isnull=False,
                )
                | (~Q(state__in=PAST_OR_PRESENT_STATES) & Q(published_at__isnull=True)),
                name="version_is_dated_iff_published",
            ),
            models.CheckConstraint(
                condition=Q(review_months__gte=1, review_months__lte=36),
                name="version_is_reviewed_within_three_years",
            ),
        ]
        indexes = [
            models.Index(
                fields=["publish_at"],
                name="version_scheduled",
                condition=Q(state=VersionState.SCHEDULED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.question_id} #{self.number}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_VERSION_STATES

    @property
    def revision(self) -> str:
        """Which words these are: an approver agrees to what she has read, and to nothing newer."""
        return f"{self.number}.{self.edits}"

    @property
    def missing(self) -> str:
        """The language that has no text; empty where both have one."""
        if not (self.question_zh and self.answer_zh):
            return Language.ZH
        return "" if self.question_en and self.answer_en else Language.EN

    @property
    def title(self) -> str:
        """What lists call it: its question, in Chinese where there is one."""
        return self.question_zh or self.question_en

    def move_to(self, state: VersionState) -> None:
        VERSION_COURSE.check(self.state, state)
        self.state = state
