"""Subscribing to announcements, by account or by confirmed address; ending it with one click."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from knowledge.announcement_errors import LinkNotValidError
from knowledge.announcement_events import SubscriptionEvent
from knowledge.announcement_states import SubscriptionState
from knowledge.models import Subscription
from knowledge.models.subscription import new_secret
from ledger.recording import record
from notifications.registry import Recipient
from notifications.services.letters import write_letter

CONFIRM_WITHIN = timedelta(days=3)
# Links in older letters go on working meanwhile.
ENDED_KEPT = timedelta(days=180)
# Between two letters to one address, whoever asks for them.
LETTER_PAUSE = timedelta(minutes=10)
REASON = _("Somebody entered this address to hear of new announcements.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a subscriber wants to hear of, how often, and in which language; empty means all."""

    topics: list[str]
    counties: list[str]
    pace: str
    language: str


@transaction.atomic
def choose(*, user_id: int, wishes: Wishes) -> Subscription:
    """Keep what a signed-in person wants to hear of; her address is confirmed already."""
    now = timezone.now()
    found = Subscription.objects.locked().filter(user_id=user_id).first()
    one = found or Subscription(user_id=user_id, asked_at=now)
    is_new = not one.is_active
    if is_new:
        one.move_to(SubscriptionState.ACTIVE)
        one.confirmed_at = one.heard_until = now
        one.ended_at = None
    _fill(one, wishes)
    one.save()
    event = SubscriptionEvent.CONFIRMED if is_new else SubscriptionEvent.CHANGED
    record(event, subject=one, actor_id=user_id, facts=_facts(one))
    return one


@transaction.atomic
def ask(*, email: str, wishes: Wishes) -> None:
    """Send a link to an address; nothing is subscribed to before it is opened and confirmed.

    The answer is the same for a new address, a waiting one and a subscribed one, so that nobody
    learns who subscribes. A subscribed one is sent the link to its choices instead.
    """
    address, now = email.strip().lower(), timezone.now()
    Subscription.objects.bulk_create(
        [Subscription(email=address, language=wishes.language, asked_at=now - LETTER_PAUSE)],
        ignore_conflicts=True,
    )
    one = Subscription.objects.locked().get(email=address)
    if one.asked_at > now - LETTER_PAUSE:
        return
    if one.state == SubscriptionState.ENDED:
        one.move_to(SubscriptionState.PENDING)
        one.ended_at = None
    one.asked_at = now
    if not one.is_active:
        one.secret = new_secret()
        _fill(one, wishes)
    one.save()
    _send_link(one, wishes)
    record(SubscriptionEvent.ASKED, subject=one, actor_id=None)


@transaction.atomic
def confirm(*, secret: str) -> Subscription:
    """Begin what was asked for by its link. Raises LinkNotValidError; twice changes nothing."""
    one = _by_secret(secret)
    if one.is_active:
        return one
    if one.state == SubscriptionState.ENDED or one.asked_at < timezone.now() - CONFIRM_WITHIN:
        raise LinkNotValidError
    one.move_to(SubscriptionState.ACTIVE)
    one.confirmed_at = one.heard_until = timezone.now()
    one.save()
    record(SubscriptionEvent.CONFIRMED, subject=one, actor_id=None, facts=_facts(one))
    return one


@transaction.atomic
def change(*, secret: str, wishes: Wishes) -> Subscription:
    """Keep new choices of an address by the link in an e-mail. Raises LinkNotValidError."""
    one = _by_secret(secret)
    if not one.is_active:
        raise LinkNotValidError
    _fill(one, wishes)
    one.save(update_fields=["topics", "counties", "pace", "language"])
    record(SubscriptionEvent.CHANGED, subject=one, actor_id=one.user_id, facts=_facts(one))
    return one


@transaction.atomic
def end(*, secret: str) -> None:
    """End a subscription by the link in an e-mail; an ended one stays ended.

    Raises LinkNotValidError.
    """
    one = _by_secret(secret)
    if one.state == SubscriptionState.ENDED:
        return
    _end(one, actor_id=None)


@transaction.atomic
def end_own(*, user_id: int) -> None:
    """End a signed-in person's subscription; where there is none, nothing changes."""
    one = Subscription.objects.locked().active().filter(user_id=user_id).first()
    if one is not None:
        _end(one, actor_id=user_id)


def forget_unused(now: datetime | None = None) -> int:
    """Delete addresses that nobody confirmed in time, whose owners may never have asked, and
    subscriptions that ended long ago.
    """
    now = now or timezone.now()
    unconfirmed, _kinds = Subscription.objects.never_confirmed(now - CONFIRM_WITHIN).delete()
    ended, _kinds = Subscription.objects.long_ended(now - ENDED_KEPT).delete()
    return unconfirmed + ended


def _end(one: Subscription, *, actor_id: int | None) -> None:
    one.move_to(SubscriptionState.ENDED)
    one.ended_at = timezone.now()
    one.save(update_fields=["state", "ended_at"])
    record(SubscriptionEvent.ENDED, subject=one, actor_id=actor_id)


def _by_secret(secret: str) -> Subscription:
    one = Subscription.objects.locked().filter(secret=secret).first()
    if one is None:
        raise LinkNotValidError
    return one


def _fill(one: Subscription, wishes: Wishes) -> None:
    one.topics, one.counties = wishes.topics, wishes.counties
    one.pace, one.language = wishes.pace, wishes.language


def _facts(one: Subscription) -> dict[str, object]:
    return {"topics": one.topics, "counties": one.counties, "pace": one.pace}


def _send_link(one: Subscription, wishes: Wishes) -> None:
    name = "news:choices" if one.is_active else "news:confirm"
    with translation.override(wishes.language):
        path = reverse(name, args=[one.secret])
    write_letter(
        key=f"news-{one.pk}-{int(one.asked_at.timestamp())}",
        template="knowledge/news/messages/confirm",
        recipient=Recipient(email=one.email, language=wishes.language, reason=REASON),
        context={"is_known": one.is_active, "days": CONFIRM_WITHIN.days},
        path=path,
    )
