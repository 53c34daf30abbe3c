from typing import Any, Self

from django.conf import settings
from django.db import models
from django.db.models import OuterRef, Q, Subquery, Sum
from django.utils.translation import gettext as _

from foundation.languages import pick
from foundation.models import ProseField
from network.models.taxonomy_term import TaxonomyTerm
from network.volunteer_states import HOURS_COURSE, HoursKind, HoursState

MOST_MINUTES = 24 * 60


class ServiceHoursQuerySet(models.QuerySet["ServiceHours"]):
    def shown(self) -> Self:
        return self.exclude(state=HoursState.REMOVED)

    def confirmed(self) -> Self:
        return self.filter(state=HoursState.CONFIRMED)

    def waiting(self) -> Self:
        return self.filter(state=HoursState.ENTERED)

    def newest_first(self) -> Self:
        return self.order_by("-day", "-pk")

    def with_topics(self) -> Self:
        """With the topic of the referral in both languages, for `what_words`."""
        topics = TaxonomyTerm.objects.filter(code=OuterRef("referral_topic"))
        return self.annotate(
            topic_zh=Subquery(topics.values("name_zh")),
            topic_en=Subquery(topics.values("name_en")),
        )

    def minutes(self) -> int:
        total: dict[str, Any] = self.aggregate(total=Sum("minutes"))
        return int(total["total"] or 0)

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class ServiceHours(models.Model):
    """Time that a volunteer gave on a day, and who confirmed it."""

    volunteer = models.ForeignKey(
        "network.Volunteer", models.CASCADE, related_name="hours", db_index=False
    )
    day = models.DateField()
    minutes = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=10, choices=HoursKind)
    what = ProseField(max_length=500, blank=True)
    # The topic of the referral in which the time was reported; empty for all other hours.
    referral_topic = models.CharField(max_length=40, blank=True, default="")
    state = models.CharField(max_length=10, choices=HoursState, default=HoursState.ENTERED)
    entered_at = models.DateTimeField(auto_now_add=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    return_reason = ProseField(max_length=500, blank=True, default="")

    objects = ServiceHoursQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="service_hours_fit_into_a_day",
                condition=Q(minutes__gte=1, minutes__lte=MOST_MINUTES),
            ),
            models.CheckConstraint(
                name="service_hours_say_what_was_done_or_of_which_topic",
                condition=(~Q(what="") & Q(referral_topic=""))
                | (Q(what="") & ~Q(referral_topic="")),
            ),
            models.CheckConstraint(
                name="service_hours_reviewed_by_iff_reviewed_at",
                condition=Q(reviewed_by__isnull=True, reviewed_at__isnull=True)
                | Q(reviewed_by__isnull=False, reviewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="service_hours_review_follows_state",
                condition=Q(state="entered", reviewed_at__isnull=True, return_reason="")
                | Q(state="confirmed", reviewed_at__isnull=False, return_reason="")
                | Q(~Q(return_reason=""), state="returned", reviewed_at__isnull=False)
                | Q(state="removed"),
            ),
        ]
        indexes = [
            models.Index(fields=["volunteer", "-day"], name="service_hours_by_volunteer"),
            models.Index(
                fields=["entered_at"], condition=Q(state="entered"), name="service_hours_waiting"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} on {self.day}: {self.minutes}"

    @property
    def is_of_referral(self) -> bool:
        return bool(self.referral_topic)

    @property
    def what_words(self) -> str:
        """What was done: in the volunteer's words, or of which topic the referral was.

        Needs `with_topics()`. What is reported in a referral is not repeated here: it may name
        the enterprise.
        """
        if not self.referral_topic:
            return str(self.what)
        return _("Referred case: %(topic)s") % {"topic": pick(self, "topic")}

    def move_to(self, state: HoursState) -> None:
        HOURS_COURSE.check(self.state, state)
        self.state = state
