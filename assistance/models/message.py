"""What is said in a case: between the SME and the agencies, and among staff only."""

from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.models.case import of_filer
from assistance.models.consent import shared_until_then
from assistance.models.need import Need
from assistance.models.sight import Sight, sight_of
from assistance.states import AGENCY_HOLDS_NEED_STATES, Side
from foundation.models import ProseField


class MessageKind(models.TextChoices):
    MESSAGE = "message", _("Message")
    QUESTION = "question", _("Question to the SME")
    REPLY = "reply", _("Answer from the SME")
    NOTE = "note", _("Internal note")


def _seen_by(sight: Sight) -> Q:
    mine = Q(case__enterprise__isnull=True, case__applicant_id=sight.user_id)
    mine |= Q(case__enterprise_id__in=sight.enterprise_ids)
    mine &= ~Q(kind=MessageKind.NOTE)
    agencies = sight.agency_ids
    if agencies:
        held = Need.objects.filter(agency_id__in=agencies, state__in=AGENCY_HOLDS_NEED_STATES)
        mine |= Q(case__lead_agency_id__in=agencies)
        shared = Q(agency_id__in=agencies) | shared_until_then("sent_at")
        own = Q(need__agency_id__in=agencies, need__state__in=AGENCY_HOLDS_NEED_STATES)
        mine |= shared & own
        mine |= (
            shared
            & Q(need__isnull=True)
            & (~Q(kind=MessageKind.NOTE) | Q(agency_id__in=agencies))
            & Q(Exists(held.filter(case_id=OuterRef("case_id"))))
        )
    return mine


class CaseMessageQuerySet(models.QuerySet["CaseMessage"]):
    def for_sme(self) -> Self:
        """Return what an SME may read: never an internal note."""
        return self.exclude(kind=MessageKind.NOTE)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return messages this person may read.

        An agency reads what concerns the case as a whole and its own needs, and of the notes on
        the whole case those of its own people, and nothing new once the applicant has taken the
        consent to share back; the lead agency and those who read all cases
        read everything; an SME never reads a note.
        """
        sight = sight_of(user)
        if sight.user_id is None or sight.reads_all:
            return self.seen_by(sight)
        filed = of_filer(sight, "case_id") & ~Q(kind=MessageKind.NOTE)
        return self.filter(_seen_by(sight) | filed)

    def seen_by(self, sight: Sight) -> Self:
        if sight.user_id is None:
            return self.none()
        if sight.reads_all:
            return self
        return self.filter(_seen_by(sight))


class CaseMessage(models.Model):
    case = models.ForeignKey(
        "assistance.Case", models.CASCADE, related_name="messages", db_index=False
    )
    need = models.ForeignKey(
        "assistance.Need", models.CASCADE, null=True, blank=True, related_name="messages"
    )
    kind = models.CharField(max_length=10, choices=MessageKind)
    side = models.CharField(max_length=10, choices=Side)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    agency = models.ForeignKey(
        "accounts.Agency", models.PROTECT, null=True, blank=True, related_name="+"
    )
    body = ProseField(max_length=8000)
    sent_at = models.DateTimeField()
    # When the other side first opened the case after this was sent.
    read_at = models.DateTimeField(null=True, blank=True)

    objects = CaseMessageQuerySet.as_manager()

    class Meta:
        ordering = ["sent_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="message_notes_come_from_staff",
                condition=~Q(kind=MessageKind.NOTE) | Q(side=Side.AGENCY),
            ),
            models.CheckConstraint(
                name="message_from_an_agency_names_it",
                condition=Q(side=Side.SME) | Q(agency__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["case", "sent_at", "id"], name="message_by_case")]

    def __str__(self) -> str:
        return f"{self.kind} in {self.case_id}"
