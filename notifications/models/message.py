from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext

from accounts.permissions import standing
from accounts.roles import Permission
from notifications.addresses import masked
from notifications.channels import Channel
from notifications.registry import label_of
from notifications.states import MESSAGE_COURSE, MessageState

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class MessageQuerySet(models.QuerySet["Message"]):
    """Messages by who may see them and by what is still owed to them."""

    def locked(self) -> MessageQuerySet:
        return self.select_for_update(of=("self",), no_key=True)

    def visible_to(self, user: User | AnonymousUser) -> MessageQuerySet:
        """Messages in this person's own inbox; nobody reads another's."""
        if not user.is_authenticated:
            return self.none()
        return self.of(user.pk)

    def of(self, user_id: int) -> MessageQuerySet:
        """Messages in the inbox of this person."""
        return self.filter(user_id=user_id, channel=Channel.PORTAL)

    def administered_by(self, user: User | AnonymousUser) -> MessageQuerySet:
        """E-mails whose delivery this person looks after, without the words in them."""
        if not standing(user).may(Permission.DELIVERY_ADMINISTER):
            return self.none()
        return self.by_email().defer("subject", "text", "html")

    def unread(self) -> MessageQuerySet:
        return self.filter(channel=Channel.PORTAL, read_at=None)

    def by_email(self) -> MessageQuerySet:
        return self.filter(channel=Channel.EMAIL)

    def due(self, at: datetime) -> MessageQuerySet:
        """E-mails whose turn has come, the longest waiting first."""
        return (
            self.by_email()
            .filter(state=MessageState.PENDING, next_attempt_at__lte=at)
            .order_by("next_attempt_at", "pk")
        )

    def awaiting_digest(self) -> MessageQuerySet:
        return self.filter(state=MessageState.DIGEST)

    def failed(self) -> MessageQuerySet:
        return self.filter(state=MessageState.FAILED)

    def to_forget(self, before: datetime) -> MessageQuerySet:
        """Settled e-mails whose words nobody needs any more, the oldest first."""
        settled = [MessageState.SENT, MessageState.FAILED, MessageState.SUPPRESSED]
        return (
            self.by_email()
            .filter(Q(sent_at=None) | Q(sent_at__lt=before), created_at__lt=before)
            .filter(state__in=settled, forgotten_at=None)
            .order_by("created_at", "pk")
        )

    def counted_against(self, email: str, at: datetime, window: timedelta) -> MessageQuerySet:
        """E-mails of their own that this address was given in the window before `at`."""
        return self.by_email().filter(
            email=email,
            created_at__gt=at - window,
            state__in=[MessageState.PENDING, MessageState.SENT, MessageState.FAILED],
            gathered_into=None,
        )


class Message(models.Model):
    """One message to one person by one channel: written with what caused it, then sent.

    The table is the outbox. The key is derived from the cause, the person and the channel,
    so that a cause told twice writes one row, and a row sent twice carries one Message-ID.
    """

    key = models.CharField(max_length=200, unique=True, editable=False)
    kind = models.CharField(max_length=80)
    entry_id = models.BigIntegerField(null=True, blank=True)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="notices",
    )
    email = models.CharField(max_length=254, blank=True)
    language = models.CharField(max_length=10)
    channel = models.CharField(max_length=10, choices=Channel.choices)
    subject = models.CharField(max_length=250)
    text = models.TextField()
    html = models.TextField(blank=True)
    path = models.CharField(max_length=500, blank=True)
    # Where one click ends a subscription (RFC 8058); for mail that people subscribed to.
    unsubscribe_path = models.CharField(max_length=200, blank=True)
    ids = models.JSONField(default=dict, blank=True)
    state = models.CharField(
        max_length=12, choices=MessageState.choices, default=MessageState.PENDING
    )
    attempts = models.PositiveSmallIntegerField(default=0)
    next_attempt_at = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=500, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True, editable=False)
    gathered_into = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="gathered"
    )

    objects = MessageQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="message_state_is_known", condition=Q(state__in=MessageState.values)
            ),
            models.CheckConstraint(
                name="message_channel_is_known", condition=Q(channel__in=Channel.values)
            ),
            models.CheckConstraint(
                name="message_sent_at_iff_sent",
                condition=Q(state=MessageState.SENT, sent_at__isnull=False)
                | (~Q(state=MessageState.SENT) & Q(sent_at=None)),
            ),
            models.CheckConstraint(
                name="message_by_email_has_an_address",
                condition=~Q(channel=Channel.EMAIL) | ~Q(email="") | ~Q(forgotten_at=None),
            ),
            models.CheckConstraint(
                name="message_forgotten_says_nothing_to_nobody",
                condition=Q(forgotten_at=None)
                | Q(
                    email="",
                    subject="",
                    text="",
                    html="",
                    path="",
                    unsubscribe_path="",
                    channel=Channel.EMAIL,
                ),
            ),
            models.CheckConstraint(
                name="message_forgotten_is_settled",
                condition=Q(forgotten_at=None)
                | ~Q(state__in=[MessageState.PENDING, MessageState.DIGEST]),
            ),
            models.CheckConstraint(
                name="message_in_portal_has_a_user",
                condition=~Q(channel=Channel.PORTAL) | Q(user__isnull=False),
            ),
            models.CheckConstraint(
                name="message_in_portal_is_sent_when_written",
                condition=~Q(channel=Channel.PORTAL) | Q(state=MessageState.SENT),
            ),
            models.CheckConstraint(
                name="message_read_only_in_portal",
                condition=Q(read_at=None) | Q(channel=Channel.PORTAL),
            ),
            models.CheckConstraint(
                name="message_failed_says_why",
                condition=~Q(state=MessageState.FAILED) | ~Q(last_error=""),
            ),
            models.CheckConstraint(
                name="message_gathered_was_sent",
                condition=Q(gathered_into=None) | Q(state=MessageState.SENT),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at", "id"],
                name="message_due",
                condition=Q(state=MessageState.PENDING, channel=Channel.EMAIL),
            ),
            models.Index(
                fields=["user"],
                name="message_unread",
                condition=Q(channel=Channel.PORTAL, read_at=None),
            ),
            models.Index(
                fields=["user", "-created_at", "-id"],
                name="message_inbox",
                condition=Q(channel=Channel.PORTAL),
            ),
            models.Index(
                fields=["email", "created_at"],
                name="message_by_address",
                condition=Q(channel=Channel.EMAIL),
            ),
            models.Index(
                fields=["email"],
                name="message_awaits_digest",
                condition=Q(state=MessageState.DIGEST),
            ),
            models.Index(
                fields=["created_at", "id"],
                name="message_to_forget",
                condition=Q(channel=Channel.EMAIL, forgotten_at=None),
            ),
            models.Index(
                fields=["state", "-created_at", "-id"],
                name="message_unsettled",
                condition=Q(channel=Channel.EMAIL) & ~Q(state=MessageState.SENT),
            ),
        ]

    def __str__(self) -> str:
        return self.key

    @property
    def masked_email(self) -> str:
        return masked(self.email)

    @property
    def reason_shown(self) -> str:
        """Why it was not sent: the server's words as they are, our own translated."""
        return gettext(self.last_error) if self.last_error else ""

    @property
    def kind_label(self) -> str:
        return label_of(self.kind)

    @property
    def is_forgotten(self) -> bool:
        return self.forgotten_at is not None

    @property
    def is_read(self) -> bool:
        return self.read_at is not None

    def move_to(self, state: MessageState) -> None:
        """Change the state along the course, or refuse."""
        MESSAGE_COURSE.check(self.state, state)
        self.state = state
