"""Send what is due: row by row, under a lock that is held until the server has answered.

A process that dies while sending leaves its row as it was, and another sends it again under
the same Message-ID. Rows that another process is sending are stepped over.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from enum import Enum
from random import SystemRandom

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from notifications.models import Message, SuppressedAddress
from notifications.registry import LETTER_KIND
from notifications.services.posting import (
    PostClosedError,
    PostOffice,
    RefusedForGoodError,
    TryLaterError,
)
from notifications.states import MessageState

logger = logging.getLogger(__name__)

BATCH = 100
# Seconds to wait after the first, second, … failure; together a little under four hours.
BACK_OFF = (5, 10, 20, 60, 300, 900, 1800, 3600, 7200)
MAX_ATTEMPTS = len(BACK_OFF) + 1
CLOSED_PAUSE = 5
JITTER = 0.2

PERSON_LEFT = gettext_noop("This person can no longer sign in.")
ADDRESS_HELD = gettext_noop("This address is on the list of addresses held back.")

_chance = SystemRandom()


class Outcome(Enum):
    """How one turn of the loop ended."""

    HANDLED = "handled"
    NOTHING_DUE = "nothing due"
    POST_CLOSED = "post closed"


def deliver_due(limit: int = BATCH) -> int:
    """Send up to `limit` e-mails whose turn has come, and say how many were dealt with.

    Safe to run in any number of processes at once, and needs no broker.
    """
    post = PostOffice()
    handled = 0
    try:
        while handled < limit:
            if deliver_next(post) is not Outcome.HANDLED:
                break
            handled += 1
    finally:
        post.close()
    return handled


@transaction.atomic
def deliver_next(post: PostOffice) -> Outcome:
    """Lock the e-mail that has waited longest, send it, and write down what came of it."""
    now = timezone.now()
    message = (
        Message.objects.due(now)
        .select_for_update(of=("self",), no_key=True, skip_locked=True)
        .select_related("user")
        .first()
    )
    if message is None:
        return Outcome.NOTHING_DUE
    if why := _held_because(message):
        _hold_back(message, why)
        return Outcome.HANDLED
    try:
        post.send(message)
    except PostClosedError as closed:
        _wait_for_the_post(message, str(closed), now)
        return Outcome.POST_CLOSED
    except RefusedForGoodError as refused:
        _give_up(message, str(refused))
    except TryLaterError as trouble:
        _try_later(message, str(trouble), now)
    else:
        _mark_sent(message)
    return Outcome.HANDLED


def back_off(attempts: int) -> timedelta:
    """How long to wait after this many failed attempts, give or take a fifth."""
    seconds = BACK_OFF[min(attempts, len(BACK_OFF)) - 1]
    return timedelta(seconds=seconds * _chance.uniform(1 - JITTER, 1 + JITTER))


def _held_because(message: Message) -> str:
    if message.user is not None and not message.user.is_active:
        return PERSON_LEFT
    return ADDRESS_HELD if SuppressedAddress.objects.holds_back(message.email) else ""


def _mark_sent(message: Message) -> None:
    message.attempts += 1
    message.move_to(MessageState.SENT)
    message.sent_at = timezone.now()
    message.last_error = ""
    changed = ["attempts", "state", "sent_at", "last_error"]
    if message.kind == LETTER_KIND:
        message.subject = message.text = message.html = ""
        changed += ["subject", "text", "html"]
    message.save(update_fields=changed)


def _hold_back(message: Message, why: str) -> None:
    message.move_to(MessageState.SUPPRESSED)
    message.last_error = why
    message.save(update_fields=["state", "last_error"])


def _give_up(message: Message, why: str) -> None:
    message.attempts = min(message.attempts + 1, MAX_ATTEMPTS)
    message.move_to(MessageState.FAILED)
    message.last_error = why or "?"
    message.save(update_fields=["attempts", "state", "last_error"])
    logger.warning("message %s not delivered after %s attempts", message.pk, message.attempts)


def _try_later(message: Message, why: str, now: datetime) -> None:
    if message.attempts + 1 >= MAX_ATTEMPTS:
        _give_up(message, why)
        return
    message.attempts += 1
    message.next_attempt_at = now + back_off(message.attempts)
    message.last_error = why
    message.save(update_fields=["attempts", "next_attempt_at", "last_error"])


def _wait_for_the_post(message: Message, why: str, now: datetime) -> None:
    """Let another message try the door next; a closed door is no message's fault."""
    message.next_attempt_at = now + timedelta(seconds=CLOSED_PAUSE)
    message.last_error = why
    message.save(update_fields=["next_attempt_at", "last_error"])
    logger.warning("the mail server cannot be reached: %s", why)
