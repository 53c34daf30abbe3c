"""A case: one SME's request for assistance, from asking to the one answer."""

from collections.abc import Collection
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Exists, OuterRef, Q

from accounts.models import EnterpriseMembership, User
from accounts.states import MembershipState
from assistance.models.mandated_request import MandatedRequest
from assistance.models.need import Need, have_left, in_post
from assistance.models.sight import Sight, sight_of
from assistance.states import (
    AGENCY_HOLDS_NEED_STATES,
    ASSIGNED_CASE_STATES,
    CASE_COURSE,
    CASE_FACES,
    OPEN_CASE_STATES,
    UNSETTLED_CASE_STATES,
    CaseKind,
    CaseState,
    Face,
    Side,
    Source,
)
from foundation.models import LineField, ProseField


def _of_applicant(sight: Sight) -> Q:
    return Q(enterprise__isnull=True, applicant_id=sight.user_id) | Q(
        enterprise_id__in=sight.enterprise_ids
    )


def _of_staff(agencies: Collection[int]) -> Q:
    if not agencies:
        return Q(pk__in=[])
    # Two bounds instead of "equals": PostgreSQL would otherwise gather every need the agency ever
    # held before it looks at the first case.
    held = Need.objects.filter(
        case_id__gte=OuterRef("pk"),
        case_id__lte=OuterRef("pk"),
        agency_id__in=agencies,
        state__in=AGENCY_HOLDS_NEED_STATES,
    )
    return Q(lead_agency_id__in=agencies) | Q(Exists(held))


def of_filer(sight: Sight, case: str = "pk") -> Q:
    """What somebody filed under a mandate that is in force and lets her read; nothing else."""
    if sight.user_id is None or sight.agency_ids:
        return Q(pk__in=[])
    read = MandatedRequest.objects.read_by_filer(sight.user_id)
    return Q(Exists(read.filter(case_id=OuterRef(case))))


class CaseQuerySet(models.QuerySet["Case"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return only the cases this person may know of; the sole answer to 'who sees what'."""
        sight = sight_of(user)
        if sight.reads_all:
            return self
        mine = _of_applicant(sight) | _of_staff(sight.agency_ids) | of_filer(sight)
        return self.filter(mine) if sight.user_id else self.none()

    def wholly_visible_to(self, user: User | AnonymousUser) -> Self:
        """Return the cases of which nothing new is kept from this person.

        An agency that only holds a need sees no paper that came after the consent to share
        was taken back.
        """
        sight = sight_of(user)
        if sight.reads_all:
            return self
        mine = _of_applicant(sight) | Q(lead_agency_id__in=sight.agency_ids) | of_filer(sight)
        return self.filter(mine) if sight.user_id else self.none()

    def on_desk_of(self, user: User | AnonymousUser) -> Self:
        """Return the cases this person sees as staff, never as an SME: one's own firm's are not."""
        sight = sight_of(user)
        return self if sight.reads_all else self.of_agencies(sight.agency_ids)

    def of_agencies(self, agencies: Collection[int]) -> Self:
        """Return the cases that these agencies lead or hold a need of."""
        return self.filter(_of_staff(agencies))

    def of_applicant(self, user: User) -> Self:
        """Return the cases this person has as an SME, never as staff."""
        sight = sight_of(user)
        return self.asked_by(sight) if sight.user_id else self.none()

    def filed_by(self, user: User) -> Self:
        """Return the cases this person follows under mandates that are in force today."""
        return self.filter(of_filer(sight_of(user)))

    def asked_by(self, sight: Sight) -> Self:
        return self.filter(_of_applicant(sight))

    def followed_by_code(self) -> Self:
        """Return the cases that their contact follows by number and code.

        A case that was filed from an enterprise's account is followed so only while the person
        who filed it still belongs to the enterprise; one that was opened for a caller, unless
        the caller's address is that of somebody who has left it. What was taken into an account,
        or confirmed by an enterprise, is followed there.
        """
        of_firm = EnterpriseMembership.objects.filter(enterprise_id=OuterRef("enterprise_id"))
        belongs = of_firm.active().filter(user_id=OuterRef("applicant_id"))
        caller = of_firm.filter(user__email__iexact=OuterRef("contact_email"))
        left = Q(Exists(caller.filter(state=MembershipState.ENDED))) & ~Q(Exists(caller.active()))
        return self.filter(
            Q(enterprise__isnull=True) | Q(Q(applicant__isnull=True) & ~left) | Q(Exists(belongs)),
            taken_in_at=None,
        )

    def open(self) -> Self:
        return self.filter(state__in=OPEN_CASE_STATES)

    def unsettled(self) -> Self:
        return self.filter(state__in=UNSETTLED_CASE_STATES)

    def led_by_leavers(self) -> Self:
        """The open cases whose officer is no longer in post at the lead agency."""
        gone = ~Exists(in_post("lead_officer_id", "lead_agency_id"))
        return self.open().filter(gone, lead_officer__in=have_left())

    def locked(self) -> Self:
        """For services: no two people move the same case at once."""
        return self.select_for_update(of=("self",), no_key=True)


class Case(models.Model):
    reference = models.CharField(max_length=16, unique=True)
    state = models.CharField(max_length=12, choices=CaseState, default=CaseState.SUBMITTED)
    # The state to return to when the SME has answered.
    resumes_as = models.CharField(max_length=12, choices=CaseState, blank=True)
    source = models.CharField(max_length=10, choices=Source, default=Source.WEB)
    # The default is the database's as well: a process of the release before does not know the column.
    kind = models.CharField(
        max_length=10, choices=CaseKind, default=CaseKind.REQUEST, db_default=CaseKind.REQUEST
    )
    language = models.CharField(max_length=10, default="zh-hant")

    enterprise = models.ForeignKey(
        "accounts.Enterprise",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="cases",
        db_index=False,
    )
    branch = models.ForeignKey(
        "accounts.Branch", models.PROTECT, null=True, blank=True, related_name="cases"
    )
    applicant = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="cases_asked"
    )
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # When it went from a guest's or caller's hands into an account or an enterprise.
    taken_in_at = models.DateTimeField(null=True, blank=True)
    # As stated when asking; the enterprise's register entry may change later.
    enterprise_name = LineField(max_length=120, blank=True)
    business_number = models.CharField(max_length=8, blank=True)
    industry = models.CharField(max_length=1, blank=True)
    county = models.CharField(max_length=20, blank=True)
    # The default is the database's as well: a process of the release before does not know the column.
    district = LineField(max_length=40, blank=True, default="", db_default="")
    contact_name = LineField(max_length=60)
    contact_email = models.EmailField(max_length=254)
    contact_phone = LineField(max_length=30, blank=True)
    contact_time = LineField(max_length=60, blank=True)

    subject = LineField(max_length=120)
    description = ProseField(max_length=4000)
    hoped_for = ProseField(max_length=1000, blank=True)
    is_unsure_of_system = models.BooleanField(default=False)
    wanted_systems = models.ManyToManyField("assistance.GuidanceSystem", related_name="+")
    main_system = models.ForeignKey(
        "assistance.GuidanceSystem", models.PROTECT, null=True, blank=True, related_name="cases"
    )

    lead_agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, related_name="led_cases", db_index=False
    )
    lead_officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="led_cases"
    )

    # The agency's next date; empty while the clock is paused or stopped.
    due_on = models.DateField(null=True, blank=True)
    due_kind = models.CharField(max_length=12, blank=True)
    # The date by which the one answer is promised; moves only with pauses.
    resolution_due_on = models.DateField(null=True, blank=True)
    # Working days left on each clock when the SME's time began.
    paused_due_days = models.SmallIntegerField(null=True, blank=True)
    paused_resolution_days = models.SmallIntegerField(null=True, blank=True)
    first_answered_at = models.DateTimeField(null=True, blank=True)

    submitted_at = models.DateTimeField()
    updated_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    has_unread_from_sme = models.BooleanField(default=True)
    has_unread_for_sme = models.BooleanField(default=False)

    suspected_duplicate_of = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+"
    )
    merged_into = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="merged_cases"
    )
    refusal_reason = models.CharField(max_length=20, blank=True)
    refusal_text = ProseField(max_length=2000, blank=True)
    where_instead = ProseField(max_length=1000, blank=True)
    withdrawal_reason = ProseField(max_length=1000, blank=True)
    search = SearchVectorField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="case_someone_is_responsible_once_triaged",
                condition=~Q(state__in=ASSIGNED_CASE_STATES) | Q(lead_officer__isnull=False),
            ),
            models.CheckConstraint(
                name="case_answered_at_iff_answered_or_closed",
                condition=Q(
                    state__in=[CaseState.ANSWERED, CaseState.CLOSED], answered_at__isnull=False
                )
                | ~Q(state__in=[CaseState.ANSWERED, CaseState.CLOSED]),
            ),
            models.CheckConstraint(
                name="case_closed_at_iff_closed",
                condition=Q(state=CaseState.CLOSED, closed_at__isnull=False)
                | (~Q(state=CaseState.CLOSED) & Q(closed_at__isnull=True)),
            ),
            models.CheckConstraint(
                name="case_merged_into_iff_merged",
                condition=Q(state=CaseState.MERGED, merged_into__isnull=False)
                | (~Q(state=CaseState.MERGED) & Q(merged_into__isnull=True)),
            ),
            models.CheckConstraint(
                name="case_refusal_reason_iff_declined",
                condition=(Q(state=CaseState.DECLINED) & ~Q(refusal_reason=""))
                | (~Q(state=CaseState.DECLINED) & Q(refusal_reason="")),
            ),
            models.CheckConstraint(
                name="case_agency_due_only_while_agency_works",
                condition=Q(due_on__isnull=True)
                | Q(state__in=[s for s in OPEN_CASE_STATES if s != CaseState.WAITING]),
            ),
            models.CheckConstraint(
                name="case_waiting_knows_where_to_resume",
                condition=(Q(state=CaseState.WAITING) & ~Q(resumes_as=""))
                | (~Q(state=CaseState.WAITING) & Q(resumes_as="")),
            ),
            models.CheckConstraint(
                name="case_kind_is_known", condition=Q(kind__in=CaseKind.values)
            ),
            models.CheckConstraint(
                name="case_has_an_applicant_or_an_address",
                condition=Q(applicant__isnull=False) | ~Q(contact_email=""),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_on", "id"],
                name="case_open_by_due",
                condition=Q(state__in=OPEN_CASE_STATES),
                # The desk counts by these without reading the cases themselves.
                include=[
                    "county",
                    "lead_agency",
                    "lead_officer",
                    "main_system",
                    "source",
                    "state",
                ],
            ),
            models.Index(
                fields=["county", "main_system", "due_on", "id"],
                name="case_open_by_place",
                condition=Q(state__in=OPEN_CASE_STATES),
                include=["lead_agency"],
            ),
            # Is it open still? Asked of cases that were found by their needs.
            models.Index(
                fields=["id"],
                name="case_open_by_id",
                condition=Q(state__in=OPEN_CASE_STATES),
                include=["lead_agency"],
            ),
            models.Index(fields=["lead_agency", "state", "due_on", "id"], name="case_by_agency"),
            # The first page says how soon the cases of the last months were answered.
            models.Index(
                fields=["first_answered_at"],
                name="case_by_first_answer",
                condition=Q(first_answered_at__isnull=False),
                include=["submitted_at"],
            ),
            models.Index(
                fields=["lead_officer", "due_on", "id"],
                name="case_open_by_officer",
                condition=Q(state__in=OPEN_CASE_STATES),
            ),
            models.Index(fields=["enterprise", "-submitted_at"], name="case_by_enterprise"),
            # Was the same asked before? By business number, or by address where there is none.
            models.Index(
                fields=["business_number"],
                name="case_open_by_business",
                condition=Q(state__in=OPEN_CASE_STATES) & ~Q(business_number=""),
            ),
            models.Index(
                fields=["contact_email"],
                name="case_open_by_address",
                condition=Q(state__in=OPEN_CASE_STATES),
            ),
            models.Index(
                fields=["id"],
                include=["lead_agency"],
                name="case_open_suspects",
                condition=Q(state__in=OPEN_CASE_STATES, suspected_duplicate_of__isnull=False),
            ),
            models.Index(fields=["submitted_at", "id"], name="case_by_submission"),
            models.Index(fields=["updated_at", "id"], name="case_by_update"),
            GinIndex(fields=["search"], name="case_search"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_CASE_STATES

    @property
    def turn(self) -> Side | None:
        """Whose move it is; None when nothing more is due."""
        if not self.is_open:
            return None
        return Side.SME if self.state == CaseState.WAITING else Side.AGENCY

    def get_state_display(self) -> str:  # type: ignore[no-redef]
        """What staff read of the state; Django's own sorts through all choices each time."""
        return str(CaseState(self.state).label)

    def get_source_display(self) -> str:  # type: ignore[no-redef]
        return str(Source(self.source).label)

    @property
    def face(self) -> Face:
        """What the SME reads of the state."""
        return CASE_FACES[self.state]

    def has_applicant_of(self, other: "Case") -> bool:
        """Tell whether whoever follows the other case as an SME may know of this one as well."""
        if self.enterprise_id is not None or other.enterprise_id is not None:
            return self.enterprise_id == other.enterprise_id
        is_same_address = self.contact_email.casefold() == other.contact_email.casefold()
        return is_same_address and self.applicant_id == other.applicant_id

    def move_to(self, state: CaseState) -> None:
        """Assign `state` if the course allows it; the only place that does."""
        CASE_COURSE.check(self.state, state)
        self.state = state
