"""A file in a case, in a draft or of a mandate: kept by UUID outside the web root, served only by a view."""

import uuid
from collections.abc import Collection
from typing import Self

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from assistance.models.case import Case
from assistance.models.consent import shared_until_then
from assistance.models.mandate import Mandate
from assistance.models.mandated_request import MandatedRequest
from assistance.models.message import CaseMessage, MessageKind
from assistance.models.need import Need
from foundation.models import LineField


class ScanState(models.TextChoices):
    NOT_NEEDED = "not_needed", _("No scanner configured")
    PENDING = "pending", _("Being checked")
    CLEAN = "clean", _("Checked")
    INFECTED = "infected", _("Blocked")


READABLE_SCAN_STATES = (ScanState.NOT_NEEDED, ScanState.CLEAN)


def of_mandates(mandates: "models.QuerySet[Mandate]", cases: "models.QuerySet[Case]") -> Q:
    """The papers of these mandates, and of those under which these cases were filed."""
    under = MandatedRequest.objects.filter(case__in=cases).values("mandate_id")
    return Q(mandate__in=mandates) | Q(mandate__in=under)


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def locked(self) -> Self:
        """For services: no two people remove the same file at once."""
        return self.select_for_update(of=("self",), no_key=True)

    def visible_to(self, user: User | AnonymousUser) -> Self:
        """Return files of cases this person may read, of messages and questions likewise."""
        return self.once_visible_to(user).filter(removed_at__isnull=True)

    def once_visible_to(self, user: User | AnonymousUser) -> Self:
        """Return likewise, with those that have been removed since; their content is not shown."""
        if not user.is_authenticated:
            return self.none()
        cases = Case.objects.visible_to(user)
        messages = CaseMessage.objects.visible_to(user)
        said = Q(message__isnull=True) | Q(message__in=messages)
        asked = Q(question_item__isnull=True) | Q(question_item__question__message__in=messages)
        whole = Q(case__in=Case.objects.wholly_visible_to(user))
        of_case = said & asked & (whole | shared_until_then("uploaded_at")) & Q(case__in=cases)
        return self.filter(of_case | of_mandates(Mandate.objects.visible_to(user), cases))

    def for_sme(self) -> Self:
        """Return what an SME may know of: never the file of an internal note."""
        return self.filter(Q(message__isnull=True) | ~Q(message__kind=MessageKind.NOTE))

    def beside(self, case_id: int, message_ids: Collection[int]) -> Self:
        """What `visible_to` gives of a case a person may read, beside the messages she may read.

        For pages that have fetched both already; it asks for neither again. Who does not read
        the whole case reads those alone that are `was_shared`.
        """
        said = Q(message__isnull=True) | Q(message__in=message_ids)
        asked = Q(question_item__isnull=True) | Q(question_item__question__message__in=message_ids)
        here = self.filter(said, asked, case_id=case_id, removed_at__isnull=True)
        return here.annotate(was_shared=shared_until_then("uploaded_at"))

    def readable(self) -> Self:
        return self.filter(scan_state__in=READABLE_SCAN_STATES, removed_at__isnull=True)


class Attachment(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(
        Case, models.CASCADE, null=True, blank=True, related_name="attachments", db_index=False
    )
    draft = models.ForeignKey(
        "assistance.Draft", models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    # The signed paper of a mandate to file.
    mandate = models.ForeignKey(
        Mandate, models.CASCADE, null=True, blank=True, related_name="papers"
    )
    message = models.ForeignKey(
        CaseMessage, models.CASCADE, null=True, blank=True, related_name="attachments"
    )
    question_item = models.ForeignKey(
        "assistance.QuestionItem",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="attachments",
    )
    document_code = models.CharField(max_length=40, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = LineField(max_length=255)
    kind = models.CharField(max_length=10)
    mime = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64)
    storage_name = models.CharField(max_length=120)
    scan_state = models.CharField(max_length=12, choices=ScanState, default=ScanState.NOT_NEEDED)
    uploaded_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        ordering = ["uploaded_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="attachment_belongs_to_one_thing",
                condition=Q(case__isnull=False, draft__isnull=True, mandate__isnull=True)
                | Q(case__isnull=True, draft__isnull=False, mandate__isnull=True)
                | Q(case__isnull=True, draft__isnull=True, mandate__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["case", "uploaded_at"], name="attachment_by_case"),
            models.Index(
                fields=["removed_at"],
                name="attachment_bytes_to_delete",
                condition=Q(removed_at__isnull=False) & ~Q(storage_name=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_readable(self) -> bool:
        return self.scan_state in READABLE_SCAN_STATES and self.removed_at is None

    @property
    def is_internal(self) -> bool:
        """Came with a note that the SME never sees."""
        return self.message is not None and self.message.kind == MessageKind.NOTE

    @property
    def need(self) -> Need | None:
        """The need that the message or the question it came with is about."""
        if self.message is not None:
            return self.message.need
        return self.question_item.question.need if self.question_item is not None else None
