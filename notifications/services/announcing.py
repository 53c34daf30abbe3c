"""Write the messages that one ledger entry causes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop

from accounts.models import User
from ledger.models import Entry
from notifications.channels import Channel, Pace
from notifications.models import Message, Preference, SuppressedAddress
from notifications.registry import NotificationType, Recipient, kind_named, registered_for
from notifications.services.rendering import Rendered, absolute, render_notice
from notifications.states import MessageState

HOURLY_CAP = 20
CAP_WINDOW = timedelta(hours=1)
NOT_AN_ADDRESS = gettext_noop("This is not an e-mail address.")


def fingerprint(recipient: str) -> str:
    """A short, stable stand-in for a person in keys, so that keys hold no personal data."""
    return hashlib.sha256(recipient.encode()).hexdigest()[:16]


@transaction.atomic
def announce(*, entry: Entry) -> int:
    """Write a message for everyone who is to hear of an entry, and say how many are new.

    Told twice of one entry, it writes nothing the second time. One person hears of one entry
    once by each channel, whichever of the entry's kinds names her first.
    """
    now = timezone.now()
    messages: dict[str, Message] = {}
    for kind in registered_for(entry.event):
        people = _complete(kind.audience(entry))
        chosen = Preference.objects.paces(
            kind.kind, [person.user_id for person in people if person.user_id is not None]
        )
        for person in people:
            rendered = render_notice(kind, entry, person)
            pace = _pace(kind, chosen.get(person.user_id or 0))
            for message in _messages_for(kind, entry, person, rendered, pace):
                messages.setdefault(message.key, message)
    return _write(messages, now)


def _complete(audience: Iterable[Recipient]) -> list[Recipient]:
    """Recipients with address and language; people who may no longer sign in are left out."""
    named = list(audience)
    users = User.objects.in_bulk({r.user_id for r in named if r.user_id is not None})
    complete: dict[tuple[int | None, str], Recipient] = {}
    for recipient in named:
        user = users.get(recipient.user_id) if recipient.user_id is not None else None
        if recipient.user_id is not None and (user is None or not user.is_active):
            continue
        email = (recipient.email or (user.email if user else "")).strip().lower()
        language = recipient.language or (user.language if user else "")
        filled = replace(recipient, email=email, language=_known_language(language))
        complete.setdefault((recipient.user_id, email), filled)
    return list(complete.values())


def _known_language(language: str) -> str:
    known = {code for code, _name in settings.LANGUAGES}
    return language if language in known else settings.LANGUAGE_CODE


def _pace(kind: NotificationType, chosen: str | None) -> str:
    if not kind.may_switch_off or chosen is None:
        return Pace.AT_ONCE
    return chosen


def _messages_for(
    kind: NotificationType, entry: Entry, person: Recipient, rendered: Rendered, pace: str
) -> Iterable[Message]:
    if person.user_id is not None:
        yield _message(kind, entry, person, rendered, Channel.PORTAL)
    if kind.by_email and person.email and pace != Pace.OFF:
        message = _message(kind, entry, person, rendered, Channel.EMAIL)
        if pace == Pace.DAILY:
            message.state = MessageState.DIGEST
        yield message


def _message(
    kind: NotificationType, entry: Entry, person: Recipient, rendered: Rendered, channel: Channel
) -> Message:
    in_portal = channel == Channel.PORTAL
    told = f"user:{person.user_id}" if in_portal else f"email:{person.email}"
    now = timezone.now()
    return Message(
        key=f"{kind.event}-{entry.pk}-{fingerprint(told)}-{channel}",
        kind=kind.kind,
        entry_id=entry.pk,
        user_id=person.user_id,
        email="" if in_portal else person.email,
        language=person.language,
        channel=channel,
        subject=rendered.subject,
        text=_words_alone(rendered) if in_portal else rendered.text,
        html="" if in_portal else rendered.html,
        path=rendered.path,
        ids=kind.ids(entry),
        state=MessageState.SENT if in_portal else MessageState.PENDING,
        sent_at=now if in_portal else None,
        created_at=now,
        next_attempt_at=now,
    )


def _words_alone(rendered: Rendered) -> str:
    """The text without the link and the small print that only an e-mail needs."""
    lines = rendered.text.partition("\n--\n")[0].rstrip().splitlines()
    if rendered.path and lines and lines[-1] == absolute(rendered.path):
        lines = lines[:-2]
    return "\n".join(lines).strip() + "\n"


def _write(messages: dict[str, Message], now: datetime) -> int:
    """Insert the messages that are not there yet, each in the state its address calls for."""
    known = set(Message.objects.filter(key__in=messages).values_list("key", flat=True))
    fresh = [message for key, message in messages.items() if key not in known]
    mails = [message for message in fresh if message.channel == Channel.EMAIL]
    silenced = dict(
        SuppressedAddress.objects.in_force()
        .filter(email__in={mail.email for mail in mails})
        .values_list("email", "reason")
    )
    for mail in sorted(mails, key=lambda mail: mail.email):
        _settle(mail, silenced, now)
    Message.objects.bulk_create(fresh, ignore_conflicts=True)
    return len(fresh)


def _settle(mail: Message, silenced: dict[str, str], now: datetime) -> None:
    if mail.email in silenced:
        mail.state = MessageState.SUPPRESSED
        mail.last_error = silenced[mail.email]
    elif not _is_address(mail.email):
        mail.state = MessageState.FAILED
        mail.last_error = NOT_AN_ADDRESS
    elif mail.state == MessageState.PENDING and _is_over_the_cap(mail, now):
        mail.state = MessageState.DIGEST


def _is_address(email: str) -> bool:
    try:
        validate_email(email)
    except ValidationError:
        return False
    return True


def _is_over_the_cap(mail: Message, now: datetime) -> bool:
    """Whether this address had its hour's share; asked under a lock held until commit.

    A kind that cannot be switched off is never held: a receipt is not late for a full hour.
    """
    kind = kind_named(mail.kind)
    if kind is None or not kind.may_switch_off:
        return False
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", [f"post:{mail.email}"])
    told = Message.objects.counted_against(mail.email, now, CAP_WINDOW).count()
    return told >= HOURLY_CAP
