"""The draft that this browser is writing: by account, or by the secret in a guest's cookie."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from assistance.models import DRAFT_DAYS, Draft
from assistance.services import drafts
from assistance.views.limits import within_limit
from foundation.prepared import Prepared

COOKIE = "portal_draft"
_SALT = "assistance.draft"
_SECONDS = DRAFT_DAYS * 24 * 60 * 60


@dataclass
class InHand:
    """`token` is set while a guest's cookie has still to be written."""

    draft: Draft | None = None
    token: str = ""

    def give(self, response: HttpResponse) -> HttpResponse:
        """Let the browser keep a new draft's secret."""
        if self.token:
            write_cookie(response, self.token)
        return response


def draft_in_hand(request: HttpRequest) -> Draft | None:
    """The unfinished request of this person, the newest first; nobody else's."""
    if request.user.is_authenticated:
        return _own_drafts.first(request.user.pk, timezone.now())
    return guest_draft(request)


@Prepared
def _own_drafts(owner_id: int, now: datetime) -> QuerySet[Draft]:
    own = Draft.objects.alive_at(now).filter(owner_id=owner_id)
    return own.order_by("-updated_at", "pk")[:1]


def guest_draft(request: HttpRequest) -> Draft | None:
    """The draft whose secret is in the cookie, whoever is signed in."""
    token = request.get_signed_cookie(COOKIE, default=None, salt=_SALT, max_age=_SECONDS)
    if not token:
        return None
    found = Draft.objects.alive().filter(owner=None, guest_token_hash=drafts.token_hash(token))
    return found.first()


def begin_or_continue(request: HttpRequest) -> InHand:
    """The draft in hand, or a new one; none where too many were begun from here."""
    found = draft_in_hand(request)
    if found is not None or not within_limit(request, "begin"):
        return InHand(found)
    owner_id = request.user.pk if request.user.is_authenticated else None
    begun = drafts.begin(owner_id=owner_id)
    return InHand(begun.draft, begun.token)


def write_cookie(response: HttpResponse, token: str) -> None:
    response.set_signed_cookie(
        COOKIE,
        token,
        salt=_SALT,
        max_age=_SECONDS,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def drop_cookie(response: HttpResponse) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def submitter(request: HttpRequest, draft_id: UUID) -> str:
    """Under whose name the idempotency key counts."""
    return str(request.user.pk) if request.user.is_authenticated else f"draft:{draft_id}"


def seen_version(request: HttpRequest) -> int | None:
    """The version of the draft that the page was drawn from, if it says so."""
    typed: Any = request.POST.get("version", "")
    return int(typed) if typed.isdecimal() and typed.isascii() and len(typed) < 10 else None
