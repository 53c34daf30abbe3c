"""A request while it is being written: begun, kept step by step, taken over, thrown away."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from assistance.models import DRAFT_DAYS, Attachment, Draft
from assistance.services.errors import DraftGoneError
from assistance.services.one_by_one import one_by_one
from assistance.states import CaseKind
from foundation.papers import discard_papers

_TOKEN_BYTES = 32


def token_hash(token: str) -> str:
    """What is stored of a guest's secret."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True)
class Begun:
    """A new draft, and the secret that finds it again where nobody is signed in."""

    draft: Draft
    token: str = ""


@dataclass(frozen=True)
class Kept:
    """`overtook`: the draft had changed since the page was opened; what came last counts."""

    draft: Draft
    overtook: bool


@transaction.atomic
def begin(*, owner_id: int | None, answers: Mapping[str, Any] | None = None) -> Begun:
    """Open an empty draft; without an owner it belongs to whoever holds the token."""
    now = timezone.now()
    token = "" if owner_id is not None else secrets.token_urlsafe(_TOKEN_BYTES)
    draft = Draft.objects.create(
        owner_id=owner_id,
        guest_token_hash=token_hash(token) if token else "",
        answers=dict(answers or {}),
        created_at=now,
        updated_at=now,
        expires_at=now + timedelta(days=DRAFT_DAYS),
    )
    return Begun(draft, token)


@transaction.atomic
def keep(
    *, draft_id: UUID, step: str, answers: Mapping[str, Any], seen_version: int | None = None
) -> Kept:
    """Keep the answers of one step for another thirty days; the newest answer wins.

    Raises DraftGoneError when the draft was sent, thrown away or has expired.
    """
    draft = _locked(draft_id)
    overtook = seen_version is not None and seen_version != draft.version
    now = timezone.now()
    draft.answers = {**draft.answers, step: dict(answers)}
    draft.last_step = step
    draft.version += 1
    draft.updated_at = now
    draft.expires_at = now + timedelta(days=DRAFT_DAYS)
    draft.save(update_fields=["answers", "last_step", "version", "updated_at", "expires_at"])
    return Kept(draft, overtook)


@transaction.atomic
def carry(*, draft_id: UUID, question_id: int | None, ask: str) -> Draft:
    """Take along what she read or asked elsewhere into a draft that she goes on with.

    What she has written stays: a question is written below it, or begins the draft where it is
    empty. Raises DraftGoneError.
    """
    draft = _locked(draft_id)
    answers = dict(draft.answers)
    if question_id is not None:
        answers["about"] = {"question": question_id}
    written = str(answers.get("problem", {}).get("description", ""))
    if ask and ask not in written:
        told = "\n\n".join(filter(None, (written, ask)))
        answers["problem"] = {**answers.get("problem", {}), "description": told}
    if ask and not written:
        answers["kind"] = {"kind": CaseKind.ENQUIRY.value}
    if answers == draft.answers:
        return draft
    draft.answers = answers
    draft.version += 1
    draft.updated_at = timezone.now()
    draft.save(update_fields=["answers", "version", "updated_at"])
    return draft


@transaction.atomic
def adopt(*, draft_id: UUID, owner_id: int) -> Draft:
    """Give a guest's draft to the account that she has signed in to."""
    draft = _locked(draft_id)
    if draft.owner_id is not None and draft.owner_id != owner_id:
        raise DraftGoneError
    draft.owner_id = owner_id
    draft.guest_token_hash = ""
    draft.save(update_fields=["owner", "guest_token_hash"])
    return draft


@transaction.atomic
def hand_over(*, draft_id: UUID) -> str:
    """Give the draft a new secret, for another device; the old one stops working."""
    draft = _locked(draft_id)
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    draft.guest_token_hash = token_hash(token)
    draft.save(update_fields=["guest_token_hash"])
    return token


@transaction.atomic
def throw_away(*, draft_id: UUID) -> None:
    """Delete a draft and the files in it."""
    draft = Draft.objects.locked().alive().filter(pk=draft_id).first()
    if draft is not None:
        _delete(draft)


def purge_expired(now: datetime) -> int:
    """Delete the drafts whose thirty days are over; return how many."""
    due = Draft.objects.filter(expires_at__lte=now, submitted_case__isnull=True)
    return one_by_one(due.values_list("pk", flat=True).iterator(), _purge)


@transaction.atomic
def _purge(draft_id: UUID) -> int:
    draft = Draft.objects.locked().filter(pk=draft_id, submitted_case__isnull=True).first()
    if draft is None or draft.expires_at > timezone.now():
        return 0
    _delete(draft)
    return 1


def _delete(draft: Draft) -> None:
    names = list(Attachment.objects.filter(draft=draft).values_list("storage_name", flat=True))
    draft.delete()
    transaction.on_commit(partial(discard_papers, names))


def _locked(draft_id: UUID) -> Draft:
    draft = Draft.objects.locked().alive().filter(pk=draft_id).first()
    if draft is None:
        raise DraftGoneError
    return draft
