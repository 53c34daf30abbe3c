"""A need: the part of a case that one guidance system answers through one agency."""

from datetime import date
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Subquery
from django.utils import timezone

from accounts.models import StaffMembership, User
from accounts.models.staff_membership import StaffMembershipQuerySet
from assistance.models.sight import Sight, sight_of
from assistance.models.system_edition import SystemEdition
from assistance.roles import TAKES_CASES
from assistance.states import (
    AGENCY_HOLDS_NEED_STATES,
    NEED_COURSE,
    NEED_FACES,
    OPEN_NEED_STATES,
    WORKING_NEED_STATES,
    Face,
    NeedState,
)
from foundation.models import ProseField


def in_post(person: str, agency: str) -> StaffMembershipQuerySet:
    """The posts of the outer row's person in the outer row's agency that take cases today."""
    posts: StaffMembershipQuerySet = StaffMembership.objects.in_force().filter(
        user_id=OuterRef(person),
        user__is_active=True,
        agency_id=OuterRef(agency),
        role__in=TAKES_CASES,
    )
    return posts


def have_left() -> models.QuerySet[StaffMembership, dict[str, int]]:
    """Who has left a post at some time, or has no active account: few among all officers.

    Narrowing to them first lets the indexes by officer find what they hold.
    """
    today = timezone.localdate()
    ended = Q(ended_at__isnull=False) | Q(valid_to__lt=today) | Q(user__is_active=False)
    return StaffMembership.objects.filter(ended).order_by().values("user_id")


class NeedQuerySet(models.QuerySet["Need"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the needs whose content this person may read.

        Another agency's need in a shared case is a fact (system, agency, state), not content:
        pages show it from `Case.needs`, and read content only through this queryset.
        """
        return self.seen_by(sight_of(user))

    def seen_by(self, sight: Sight) -> Self:
        if sight.user_id is None:
            return self.none()
        if sight.reads_all:
            return self
        mine = Q(case__enterprise__isnull=True, case__applicant_id=sight.user_id)
        mine |= Q(case__enterprise_id__in=sight.enterprise_ids)
        agencies = sight.agency_ids
        if agencies:
            mine |= Q(case__lead_agency_id__in=agencies)
            mine |= Q(agency_id__in=agencies, state__in=AGENCY_HOLDS_NEED_STATES)
        return self.filter(mine)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_NEED_STATES)

    def with_names(self, day: date | None = None) -> Self:
        """Add `system_name_zh`, `system_name_en` and `system_number` of a day's edition."""
        edition = SystemEdition.objects.on(day or timezone.localdate()).filter(
            system_id=OuterRef("system_id")
        )
        return self.annotate(
            system_name_zh=Subquery(edition.values("short_zh")[:1]),
            system_name_en=Subquery(edition.values("short_en")[:1]),
            system_number=F("system__number"),
        )

    def with_readable(self, readable: "models.QuerySet[Need]") -> Self:
        """Add `is_readable`: whether the need is among those the reader may read."""
        return self.annotate(is_readable=Exists(readable.filter(pk=OuterRef("pk"))))

    def held_by_leavers(self) -> Self:
        """The needs worked on whose officer is no longer in post at the agency that has them."""
        return self.filter(
            ~Exists(in_post("officer_id", "agency_id")),
            officer__in=have_left(),
            state__in=WORKING_NEED_STATES,
        )

    def locked(self) -> Self:
        """For services: lock the case first, then its needs in id order."""
        return self.select_for_update(of=("self",), no_key=True).order_by("pk")


class Need(models.Model):
    case = models.ForeignKey("assistance.Case", models.CASCADE, related_name="needs")
    system = models.ForeignKey("assistance.GuidanceSystem", models.PROTECT, related_name="needs")
    agency = models.ForeignKey(
        "accounts.Agency",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="needs",
        db_index=False,
    )
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="needs",
        db_index=False,
    )
    # Who decides what happens next when an offer is declined or lapses.
    returns_to = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=NeedState, default=NeedState.PROPOSED)
    # The state to return to when the SME has answered this need's question.
    resumes_as = models.CharField(max_length=12, choices=NeedState, blank=True)
    summary = ProseField(max_length=1000, blank=True)
    answer = ProseField(max_length=8000, blank=True)
    offer_lapses_on = models.DateField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    paused_due_days = models.SmallIntegerField(null=True, blank=True)
    created_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    objects = NeedQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["case", "system"],
                condition=Q(state__in=OPEN_NEED_STATES),
                name="need_one_open_per_case_and_system",
            ),
            models.CheckConstraint(
                name="need_held_by_an_agency_once_offered",
                condition=~Q(state__in=AGENCY_HOLDS_NEED_STATES) | Q(agency__isnull=False),
            ),
            models.CheckConstraint(
                name="need_lapse_date_iff_offered",
                condition=Q(state=NeedState.OFFERED, offer_lapses_on__isnull=False)
                | (~Q(state=NeedState.OFFERED) & Q(offer_lapses_on__isnull=True)),
            ),
            models.CheckConstraint(
                name="need_worked_on_by_a_named_officer",
                condition=~Q(
                    state__in=[
                        NeedState.ACCEPTED,
                        NeedState.PROGRESS,
                        NeedState.WAITING,
                        NeedState.ANSWERED,
                    ]
                )
                | Q(officer__isnull=False, accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="need_answered_with_text_and_time",
                condition=(Q(state=NeedState.ANSWERED, answered_at__isnull=False) & ~Q(answer=""))
                | ~Q(state=NeedState.ANSWERED),
            ),
            models.CheckConstraint(
                name="need_waiting_knows_where_to_resume",
                condition=(Q(state=NeedState.WAITING) & ~Q(resumes_as=""))
                | (~Q(state=NeedState.WAITING) & Q(resumes_as="")),
            ),
        ]
        indexes = [
            models.Index(fields=["agency", "state", "case"], name="need_by_agency"),
            # Does the agency hold a need of this case? Asked of each case its desk counts.
            models.Index(
                fields=["agency", "case"],
                name="need_held_by_agency",
                condition=Q(state__in=AGENCY_HOLDS_NEED_STATES),
            ),
            models.Index(
                fields=["offer_lapses_on"],
                name="need_offers_by_lapse",
                condition=Q(state=NeedState.OFFERED),
            ),
            models.Index(fields=["officer", "state"], name="need_by_officer"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.system_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_NEED_STATES

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """What staff read of the state; Django's own sorts through all choices each time."""
        return str(NeedState(self.state).label)

    @property
    def face(self) -> Face:
        return NEED_FACES[self.state]

    def move_to(self, state: NeedState) -> None:
        """Assign `state` if the course allows it; the only place that does."""
        NEED_COURSE.check(self.state, state)
        self.state = state
