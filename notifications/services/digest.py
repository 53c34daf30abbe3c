"""The daily digest: what a person asked to hear together, in one e-mail at 07:30."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy, gettext_noop

from accounts.models import User
from notifications.channels import Channel
from notifications.models import Message
from notifications.registry import DIGEST_KIND, Recipient
from notifications.services.announcing import fingerprint
from notifications.services.rendering import absolute, render_words
from notifications.states import MessageState

DIGEST_AT = time(7, 30)
LISTED_MAX = 100
PERSON_LEFT = gettext_noop("This person can no longer sign in.")
REASON = gettext_lazy("You asked for these once a day, or there were too many for one hour.")


def closing_time(now: datetime) -> datetime:
    """The latest 07:30 in Taipei that has passed."""
    local = timezone.localtime(now)
    today = local.replace(hour=DIGEST_AT.hour, minute=DIGEST_AT.minute, second=0, microsecond=0)
    return today if local >= today else today - timedelta(days=1)


def gather_due(now: datetime | None = None) -> int:
    """Write the digests whose hour has come, one per person and day, and say how many.

    Cheap when there is nothing to do, harmless when run twice, and late rather than lost when
    nothing ran at 07:30.
    """
    cut = closing_time(now or timezone.now())
    waiting = Message.objects.awaiting_digest().filter(created_at__lt=cut)
    people = waiting.order_by("email").values_list("email", "user_id").distinct()
    return sum(gather_for(email=email, user_id=user_id, cut=cut) for email, user_id in people)


@transaction.atomic
def gather_for(*, email: str, user_id: int | None, cut: datetime) -> bool:
    """Gather what waits for one person into one e-mail; False where today's is written."""
    whose = Q(user=None) if user_id is None else Q(user_id=user_id)
    held = list(
        Message.objects.awaiting_digest()
        .filter(whose, email=email, created_at__lt=cut)
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .order_by("pk")
    )
    key = f"digest-{timezone.localtime(cut):%Y-%m-%d}-{fingerprint(_told(email, user_id))}"
    if not held or Message.objects.filter(key=key).exists():
        return False
    user = User.objects.filter(pk=user_id).first() if user_id is not None else None
    if user is not None and not user.is_active:
        _hold_back(held)
        return False
    digest = _digest(key, held, user)
    Message.objects.bulk_create([digest])
    now = timezone.now()
    for message in held:
        message.move_to(MessageState.SENT)
        message.sent_at = now
        message.gathered_into = digest
    Message.objects.bulk_update(held, ["state", "sent_at", "gathered_into"], batch_size=500)
    return True


def _told(email: str, user_id: int | None) -> str:
    return f"user:{user_id}" if user_id is not None else f"email:{email}"


def _hold_back(held: list[Message]) -> None:
    for message in held:
        message.move_to(MessageState.SUPPRESSED)
        message.last_error = PERSON_LEFT
    Message.objects.bulk_update(held, ["state", "last_error"], batch_size=500)


def _digest(key: str, held: list[Message], user: User | None) -> Message:
    recipient = Recipient(
        user_id=user.pk if user else None,
        email=user.email.lower() if user else held[0].email,
        language=user.language if user else held[-1].language,
        reason=REASON,
    )
    items = [
        {
            "subject": message.subject,
            "url": absolute(message.path) if message.path else "",
            "at": message.created_at,
        }
        for message in held[:LISTED_MAX]
    ]
    more = len(held) - len(items)
    rendered = render_words(
        "notifications/messages/digest",
        {"items": items, "count": len(held), "more": more},
        recipient,
        path="",
    )
    return Message(
        key=key,
        kind=DIGEST_KIND,
        user=user,
        email=recipient.email,
        language=recipient.language,
        channel=Channel.EMAIL,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        path=rendered.path,
        ids={"gathered": len(held)},
    )
