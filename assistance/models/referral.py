"""A referral: a case or need put to somebody outside the agencies, with what she agreed to show."""

from datetime import datetime
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.models.case import Case
from assistance.models.sight import counts_all, sight_of
from assistance.states import (
    AGENCY_HOLDS_NEED_STATES,
    NOT_TAKEN_STATES,
    OPEN_REFERRAL_STATES,
    PLACE_TAKING_STATES,
    RECEIVED_STATES,
    REFERRAL_COURSE,
    REFERRAL_FACES,
    TAKEN_STATES,
    Face,
    ReferralDecline,
    ReferralOutcome,
    ReferralState,
)
from foundation.models import LineField, ProseField
from foundation.quarters import Quarter
from network.matching import Kind
from network.models import OrganisationMembership, Volunteer


class SharedField(models.TextChoices):
    """What a receiver may be shown of the SME, each by her consent and while it is open."""

    ENTERPRISE_NAME = "enterprise_name", _("Name of the enterprise")
    BUSINESS_NUMBER = "business_number", _("Business number")
    CONTACT_NAME = "contact_name", _("Your name")
    CONTACT_PHONE = "contact_phone", _("Phone number")
    CONTACT_EMAIL = "contact_email", _("E-mail address")
    DESCRIPTION = "description", _("What you wrote in your request")

    @property
    def words(self) -> str:
        """What it is called for everybody but the SME herself."""
        return str(_NEUTRAL.get(self.value, self.label))


_NEUTRAL = {
    "contact_name": _("Name of the contact person"),
    "description": _("What the request says"),
}


# Without one of these the receiver could not get in touch.
WAYS_OF_CONTACT = frozenset({SharedField.CONTACT_PHONE, SharedField.CONTACT_EMAIL})


class ConsentChannel(models.TextChoices):
    PORTAL = "portal", _("On the page of her case")
    PHONE = "phone", _("By telephone, noted by an officer")


class ReferralQuerySet(models.QuerySet["Referral"]):
    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Those of the cases a person has on her desk, of her own cases, or put to her."""
        staff = Q(case__in=Case.objects.on_desk_of(user).values("pk"))
        if not user.is_authenticated:
            return self.none()
        own = Q(case__in=Case.objects.of_applicant(user).values("pk"))
        return self.filter(staff | own | _put_to(user) & Q(state__in=RECEIVED_STATES))

    def readable_by(self, user: User | AnonymousUser) -> Self:
        """Those whose content a member of staff reads: for who leads the case or holds the need."""
        sight = sight_of(user)
        if sight.reads_all:
            return self
        held = Q(need__agency_id__in=sight.agency_ids, need__state__in=AGENCY_HOLDS_NEED_STATES)
        return self.filter(Q(case__lead_agency_id__in=sight.agency_ids) | held)

    def counted_for(self, user: User | AnonymousUser) -> Self:
        """Those that count in the figures a person is shown."""
        return self if counts_all(user) else self.readable_by(user)

    def sent_in(self, quarter: Quarter) -> Self:
        """Those that were sent in a quarter; what the SME did not agree to never was."""
        return self.filter(sent_at__gte=quarter.starts_at, sent_at__lt=quarter.ends_at)

    def put_to(self, user: User | AnonymousUser) -> Self:
        """Those a person answers for: as partner of the organisation, or as the volunteer."""
        return self.filter(_put_to(user)) if user.is_authenticated else self.none()

    def received(self) -> Self:
        return self.filter(state__in=RECEIVED_STATES)

    def open(self) -> Self:
        return self.filter(state__in=OPEN_REFERRAL_STATES)

    def about(self, case_id: int, system_id: int) -> Self:
        """All that were made for one topic of a case, whoever they went to."""
        return self.filter(case_id=case_id, system_id=system_id)

    def not_taken(self) -> Self:
        """Put to somebody who declined or did not answer; an SME's own silence does not count."""
        return self.filter(state__in=NOT_TAKEN_STATES, sent_at__isnull=False)

    def awaiting_duty(self) -> Self:
        return self.filter(awaits_duty=True)

    def to(self, kind: str, pk: int) -> Self:
        return self.filter(**{f"{kind}_id": pk})

    def taking_places(self, since: datetime) -> Self:
        """Those made since then that use up a place of the month in which they were made."""
        return self.filter(state__in=PLACE_TAKING_STATES, created_at__gte=since)

    def with_names(self) -> Self:
        return self.select_related(
            "organisation", "volunteer", "system", "referred_by", "accepted_by"
        )

    def with_accounts(self) -> Self:
        """Add `has_account`: whether anybody answers for the receiver signed in."""
        partners = OrganisationMembership.objects.in_force().filter(
            organisation_id=OuterRef("organisation_id"), user__is_active=True
        )
        alone = Q(volunteer__user__is_active=True)
        return self.annotate(has_account=Q(Exists(partners)) | alone).prefetch_related("notes")

    def locked(self) -> Self:
        """For services: lock the case first, then who receives, then the referral."""
        return self.select_for_update(of=("self",), no_key=True)


def _put_to(user: User | AnonymousUser) -> Q:
    theirs = OrganisationMembership.objects.of(user).values("organisation_id")
    return Q(organisation_id__in=theirs) | Q(
        volunteer__in=Volunteer.objects.serving().filter(user__in=[user.pk]).values("pk")
    )


class Referral(models.Model):
    case = models.ForeignKey("assistance.Case", models.CASCADE, related_name="referrals")
    need = models.ForeignKey(
        "assistance.Need", models.CASCADE, null=True, blank=True, related_name="referrals"
    )
    system = models.ForeignKey("assistance.GuidanceSystem", models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        "network.Organisation",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="referrals",
        db_index=False,
    )
    volunteer = models.ForeignKey(
        "network.Volunteer",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="referrals",
        db_index=False,
    )
    state = models.CharField(max_length=10, choices=ReferralState, default=ReferralState.ASKING)
    # How many were asked for the same before, and this one.
    attempt = models.PositiveSmallIntegerField(default=1)
    asked = ProseField(max_length=1000)
    effort = LineField(max_length=80, blank=True)
    wanted_by = models.DateField(null=True, blank=True)
    fields_asked = ArrayField(models.CharField(max_length=20, choices=SharedField))
    fields_given = ArrayField(models.CharField(max_length=20, choices=SharedField), default=list)
    consent_channel = models.CharField(max_length=6, choices=ConsentChannel, blank=True)
    consented_on = models.DateField(null=True, blank=True)
    consent_recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who hears how it goes, and decides what comes next.
    referred_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="referrals_made"
    )
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    # By when the SME, then the receiver, is to answer.
    answer_by = models.DateField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    decline_reason = models.CharField(max_length=16, choices=ReferralDecline, blank=True)
    decline_text = ProseField(max_length=600, blank=True)
    outcome = models.CharField(max_length=12, choices=ReferralOutcome, blank=True)
    outcome_text = ProseField(max_length=2000, blank=True)
    awaits_duty = models.BooleanField(default=False)

    objects = ReferralQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="referral_goes_to_one_organisation_or_volunteer",
                condition=Q(organisation__isnull=False, volunteer__isnull=True)
                | Q(organisation__isnull=True, volunteer__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["case", "system"],
                condition=Q(state__in=OPEN_REFERRAL_STATES),
                name="referral_one_open_per_case_and_system",
            ),
            models.UniqueConstraint(
                fields=["need"],
                condition=Q(state__in=OPEN_REFERRAL_STATES, need__isnull=False),
                name="referral_one_open_per_need",
            ),
            models.CheckConstraint(
                name="referral_sent_only_with_consent",
                condition=Q(sent_at__isnull=True)
                | (Q(consented_on__isnull=False) & ~Q(consent_channel="") & ~Q(fields_given=[])),
            ),
            models.CheckConstraint(
                name="referral_shows_no_more_than_was_asked",
                condition=Q(fields_given__contained_by=models.F("fields_asked")),
            ),
            models.CheckConstraint(
                name="referral_received_was_sent",
                condition=~Q(state__in=[*RECEIVED_STATES, "completed", "declined"])
                | Q(sent_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_answer_date_iff_answer_awaited",
                condition=Q(state__in=["asking", "sent"], answer_by__isnull=False)
                | (~Q(state__in=["asking", "sent"]) & Q(answer_by__isnull=True)),
            ),
            models.CheckConstraint(
                name="referral_taken_was_accepted",
                condition=~Q(state__in=[*TAKEN_STATES, "completed"])
                | Q(accepted_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_settled_at_iff_not_open",
                condition=Q(state__in=OPEN_REFERRAL_STATES, settled_at__isnull=True)
                | (~Q(state__in=OPEN_REFERRAL_STATES) & Q(settled_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="referral_decline_reason_iff_declined",
                condition=(Q(state="declined") & ~Q(decline_reason=""))
                | (~Q(state="declined") & Q(decline_reason="")),
            ),
            models.CheckConstraint(
                name="referral_outcome_iff_completed",
                condition=(Q(state="completed") & ~Q(outcome=""))
                | (~Q(state="completed") & Q(outcome="")),
            ),
            models.CheckConstraint(
                name="referral_awaits_duty_only_when_not_taken",
                condition=Q(awaits_duty=False) | Q(state__in=NOT_TAKEN_STATES),
            ),
        ]
        indexes = [
            models.Index(
                fields=["answer_by"],
                name="referral_by_answer_date",
                condition=Q(state__in=["asking", "sent"]),
            ),
            models.Index(
                fields=["case"], name="referral_awaits_duty", condition=Q(awaits_duty=True)
            ),
            models.Index(fields=["organisation", "-created_at"], name="referral_by_organisation"),
            models.Index(fields=["volunteer", "-created_at"], name="referral_by_volunteer"),
            models.Index(fields=["sent_at"], name="referral_by_sending"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} to {self.receiver_kind} {self.receiver_id}"

    @property
    def receiver_kind(self) -> Kind:
        return Kind.VOLUNTEER if self.volunteer_id else Kind.ORGANISATION

    @property
    def receiver_id(self) -> int:
        return int(self.volunteer_id or self.organisation_id or 0)

    @property
    def receiver_name(self) -> str:
        """The organisation or the volunteer; needs `with_names()`."""
        if self.volunteer is not None:
            return str(self.volunteer.name)
        return str(self.organisation.name) if self.organisation is not None else ""

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_REFERRAL_STATES

    @property
    def is_taken(self) -> bool:
        return self.state in TAKEN_STATES

    @property
    def face(self) -> Face:
        """What the SME reads of the state."""
        return REFERRAL_FACES[self.state]

    def move_to(self, state: ReferralState) -> None:
        """Assign `state` if the course allows it; the only place that does."""
        REFERRAL_COURSE.check(self.state, state)
        self.state = state


def receiver_users(referral: Referral) -> list[int]:
    """The accounts that may answer a referral today; none where links by e-mail are needed."""
    people = User.objects.filter(is_active=True)
    if referral.volunteer_id is not None:
        own = people.filter(volunteer=referral.volunteer_id)
    else:
        own = people.filter(
            organisation_memberships__organisation=referral.organisation_id,
            organisation_memberships__ended_at=None,
        )
    return list(own.order_by("pk").distinct().values_list("pk", flat=True))
