from typing import TYPE_CHECKING, Any, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from accounts.permissions import standing
from accounts.roles import Permission
from foundation.models import LineField, ProseField
from network.capacity import MOST_PLACES
from network.models.volunteer_profile import VolunteerProfile
from network.volunteer_states import (
    APPLICATION_COURSE,
    OPEN_APPLICATIONS,
    ApplicationState,
    Qualification,
)

if TYPE_CHECKING:
    from accounts.models import User

_NO_FIRST = Q(first_reviewer__isnull=True, first_reviewed_at__isnull=True)
_FIRST = Q(first_reviewer__isnull=False, first_reviewed_at__isnull=False)
_NO_SECOND = Q(second_reviewer__isnull=True, second_reviewed_at__isnull=True)
_SECOND = Q(second_reviewer__isnull=False, second_reviewed_at__isnull=False)


class VolunteerApplicationQuerySet(models.QuerySet["VolunteerApplication"]):
    def visible_to(self, user: "User | Any") -> Self:
        """One's own; all of them for those who review."""
        if not user.is_authenticated or not user.is_active:
            return self.none()
        if standing(user).may(Permission.NETWORK_REVIEW):
            return self
        return self.of(user.pk)

    def of(self, user_id: int) -> Self:
        return self.filter(user_id=user_id)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_APPLICATIONS)

    def for_list(self) -> Self:
        return self.select_related("window")

    def locked(self) -> Self:
        return self.select_for_update(of=("self",), no_key=True)


class VolunteerApplication(VolunteerProfile):
    """One person's application for one window, reviewed by two others."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="volunteer_applications"
    )
    window = models.ForeignKey(
        "network.VolunteerWindow", on_delete=models.PROTECT, related_name="applications"
    )
    state = models.CharField(
        max_length=12, choices=ApplicationState, default=ApplicationState.SUBMITTED
    )
    qualification = models.CharField(max_length=12, choices=Qualification)
    experience = ProseField(max_length=3000)
    basic_certificate = LineField(max_length=60)
    basic_trained_on = models.DateField()
    # How many cases a month the person is ready to take.
    places = models.PositiveSmallIntegerField()
    is_renewal = models.BooleanField(default=False)
    submitted_at = models.DateTimeField(auto_now_add=True)
    first_reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    first_reviewed_at = models.DateTimeField(null=True, blank=True)
    second_reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_reviewed_at = models.DateTimeField(null=True, blank=True)
    refusal_reason = ProseField(max_length=1000, blank=True, default="")

    objects = VolunteerApplicationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user"],
                condition=Q(state__in=[state.value for state in OPEN_APPLICATIONS]),
                name="volunteer_application_open_once_per_person",
            ),
            models.CheckConstraint(
                name="volunteer_application_reviews_follow_its_state",
                condition=Q(_NO_FIRST & _NO_SECOND, state="submitted")
                | Q(_FIRST & _NO_SECOND, state="reviewed")
                | Q(_FIRST & _SECOND, state="appointed")
                | Q(_FIRST & (_SECOND | _NO_SECOND), state="refused")
                | Q((_FIRST | _NO_FIRST) & _NO_SECOND, state="withdrawn"),
            ),
            models.CheckConstraint(
                name="volunteer_application_is_reviewed_by_two_people",
                condition=Q(second_reviewer__isnull=True)
                | ~Q(second_reviewer=F("first_reviewer")),
            ),
            models.CheckConstraint(
                name="volunteer_application_is_not_reviewed_by_its_applicant",
                condition=(Q(first_reviewer__isnull=True) | ~Q(first_reviewer=F("user")))
                & (Q(second_reviewer__isnull=True) | ~Q(second_reviewer=F("user"))),
            ),
            models.CheckConstraint(
                name="volunteer_application_places_are_few",
                condition=Q(places__lte=MOST_PLACES),
            ),
            models.CheckConstraint(
                name="volunteer_application_reason_iff_refused",
                condition=Q(~Q(refusal_reason=""), state="refused")
                | (~Q(state="refused") & Q(refusal_reason="")),
            ),
        ]
        indexes = [
            models.Index(fields=["state", "submitted_at"], name="volunteer_application_queue")
        ]

    def __str__(self) -> str:
        return f"application {self.pk} for {self.window_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_APPLICATIONS

    def move_to(self, state: ApplicationState) -> None:
        APPLICATION_COURSE.check(self.state, state)
        self.state = state
