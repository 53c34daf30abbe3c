"""One-time codes and links by e-mail: proof that an address is read by the person who asks.

The row is written with the letter, in one transaction. Only a keyed hash of the secret is kept.
Whatever the address is, the person is told the same.
"""

import re
import secrets
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override

from assistance.models import AccessCode, Case, CodePurpose
from notifications.registry import Recipient
from notifications.services.letters import write_letter

CODE_LIVES = timedelta(minutes=15)
LINK_LIVES = timedelta(hours=24)
MOST_ATTEMPTS = 5
MOST_CODES = 5
CODES_WINDOW = timedelta(hours=1)
_LINK_BYTES = 32
_DIGITS = re.compile(r"[^0-9]")
_FEWEST_DIGITS = 8
_SALT = "assistance.access_code"


class Outcome(Enum):
    """How trying a code ended; WRONG leaves tries, SPENT needs a new code."""

    RIGHT = "right"
    WRONG = "wrong"
    SPENT = "spent"


@dataclass(frozen=True)
class Door:
    """What a code opens: a draft (to confirm or resume it) or a case (to follow it)."""

    purpose: CodePurpose
    email: str
    draft_id: UUID | None = None
    case_id: int | None = None

    @property
    def target(self) -> str:
        return str(self.draft_id or self.case_id)


@transaction.atomic
def send_code(*, door: Door, language: str) -> bool:
    """Send six digits to the address; False when it was sent too many within the hour."""
    code = f"{secrets.randbelow(10**6):06d}"
    return _send(door, code, CODE_LIVES, language, {"code": code, "minutes": _minutes()}, "")


@transaction.atomic
def send_resume_link(*, draft_id: UUID, email: str, language: str) -> bool:
    """Send the link with which a guest goes on elsewhere; it works once, within a day."""
    door = Door(CodePurpose.RESUME, email, draft_id=draft_id)
    secret = secrets.token_urlsafe(_LINK_BYTES)
    with override(language):
        path = reverse("request:resume", args=[draft_id, secret])
    return _send(door, secret, LINK_LIVES, language, {}, path)


@transaction.atomic
def send_track_code(*, reference: str, contact: str, language: str) -> bool:
    """Send a code to the address a case was filed with, to whoever knows address or phone.

    The caller tells the person the same in every case. A decoy does the work of the letter and
    takes it back, so that neither the answer nor its duration tells whether the case exists.
    """
    case = _case_of(reference, contact)
    if case is None:
        _decoy(language)
        return False
    return send_code(door=_track_door(case), language=language)


@transaction.atomic
def try_track_code(*, reference: str, contact: str, code: str) -> tuple[Outcome, Case | None]:
    """Try a code for a case; the case comes along only when the code is right."""
    case = _case_of(reference, contact)
    if case is None:
        return Outcome.WRONG, None
    outcome = try_code(door=_track_door(case), code=code)
    return outcome, case if outcome is Outcome.RIGHT else None


@transaction.atomic
def try_code(*, door: Door, code: str) -> Outcome:
    """Try the newest code for this door. Returned, not raised: a wrong try must be kept."""
    row = _live(door).select_for_update(of=("self",), no_key=True).first()
    if row is None or row.attempts >= MOST_ATTEMPTS:
        return Outcome.SPENT
    row.attempts += 1
    right = constant_time_compare(row.code_hash, _digest(door, code))
    row.used_at = timezone.now() if right else None
    row.save(update_fields=["attempts", "used_at"])
    if right:
        return Outcome.RIGHT
    return Outcome.SPENT if row.attempts >= MOST_ATTEMPTS else Outcome.WRONG


@transaction.atomic
def use_link(*, draft_id: UUID, secret: str) -> str:
    """Consume a resume link and return the address it was sent to; empty when it is no good."""
    rows = AccessCode.objects.filter(
        purpose=CodePurpose.RESUME,
        draft_id=draft_id,
        used_at=None,
        expires_at__gt=timezone.now(),
    )
    for row in rows.select_for_update(of=("self",), no_key=True):
        door = Door(CodePurpose.RESUME, row.email, draft_id=draft_id)
        if constant_time_compare(row.code_hash, _digest(door, secret)):
            row.used_at = timezone.now()
            row.save(update_fields=["used_at"])
            return row.email
    return ""


def is_confirmed(draft_id: UUID, email: str) -> bool:
    """Has the person who writes this draft shown that she reads this address?"""
    return AccessCode.objects.filter(
        draft_id=draft_id, email=email, used_at__isnull=False
    ).exists()


def _send(
    door: Door, secret: str, lives: timedelta, language: str, words: dict[str, Any], path: str
) -> bool:
    now = timezone.now()
    recent = AccessCode.objects.filter(email=door.email, created_at__gt=now - CODES_WINDOW)
    if recent.filter(purpose__in=_counted_with(door.purpose)).count() >= MOST_CODES:
        return False
    row = AccessCode.objects.create(
        purpose=door.purpose,
        email=door.email,
        case_id=door.case_id,
        draft_id=door.draft_id,
        code_hash=_digest(door, secret),
        created_at=now,
        expires_at=now + lives,
    )
    _post(f"access-code-{row.pk}", door.purpose, door.email, language, words, path)
    return True


def _counted_with(purpose: CodePurpose) -> tuple[CodePurpose, ...]:
    """Who floods an address from drafts of his own must not keep its owner from her cases."""
    drafts = (CodePurpose.FILE, CodePurpose.RESUME)
    return drafts if purpose in drafts else (CodePurpose.TRACK,)


def _post(
    key: str, purpose: str, email: str, language: str, words: dict[str, Any], path: str
) -> None:
    write_letter(
        key=key,
        template=f"assistance/messages/assistance.code.{purpose}",
        recipient=Recipient(email=email, language=language),
        context=words,
        path=path,
    )


def _case_of(reference: str, contact: str) -> Case | None:
    """The case, if the contact is its e-mail address or its phone number."""
    case = Case.objects.followed_by_code().filter(reference=reference).first()
    if case is None:
        return None
    digits = _DIGITS.sub("", contact)
    by_phone = len(digits) >= _FEWEST_DIGITS and digits == _DIGITS.sub("", case.contact_phone)
    return case if by_phone or contact == case.contact_email.lower() else None


def _track_door(case: Case) -> Door:
    return Door(CodePurpose.TRACK, case.contact_email.lower(), case_id=case.pk)


def _decoy(language: str) -> None:
    code = f"{secrets.randbelow(10**6):06d}"
    email = f"{secrets.token_hex(8)}@decoy.invalid"
    AccessCode.objects.filter(email=email).count()
    point = transaction.savepoint()
    _post(
        f"access-code-decoy-{secrets.token_hex(8)}",
        CodePurpose.TRACK,
        email,
        language,
        {"code": code, "minutes": _minutes()},
        "",
    )
    transaction.savepoint_rollback(point)


def _live(door: Door) -> Any:
    target = Q(case_id=door.case_id) if door.case_id is not None else Q(draft_id=door.draft_id)
    return AccessCode.objects.filter(
        target,
        purpose=door.purpose,
        email=door.email,
        used_at=None,
        expires_at__gt=timezone.now(),
    ).order_by("-created_at", "-pk")


def _digest(door: Door, secret: str) -> str:
    value = f"{door.purpose}:{door.target}:{door.email}:{secret}"
    return salted_hmac(_SALT, value, algorithm="sha256").hexdigest()


def _minutes() -> int:
    return int(CODE_LIVES.total_seconds()) // 60
