"""Single-use links by e-mail: made with the letter, recognised by digest, used up by an act.

Only a keyed digest of the secret is kept. Looking at what a link opens changes nothing.
"""

import secrets
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.utils import timezone

from assistance.models.secret_link import SecretLink, digest_of

Link = TypeVar("Link", bound=SecretLink)
_BYTES = 32


def make(kind: type[Link], *, email: str, lives: timedelta, **of: Any) -> tuple[Link, str]:
    """A new link of a kind, and the secret that its letter carries."""
    now = timezone.now()
    secret = secrets.token_urlsafe(_BYTES)
    row = kind(
        email=email,
        secret_hash=digest_of(kind.salt, secret),
        created_at=now,
        expires_at=now + lives,
        **of,
    )
    row.save(force_insert=True)
    return row, secret


def unused(kind: type[Link], secret: str) -> Any:
    """The rows of a kind that this secret opens today: one, or none."""
    digest = digest_of(kind.salt, secret)
    return kind.objects.unused().filter(secret_hash=digest)


def mark_used(link: SecretLink) -> None:
    """It works no more; the link is locked."""
    link.used_at = timezone.now()
    link.save(update_fields=["used_at"])


def void(kind: type[Link], at: datetime, **of: Any) -> None:
    """Let no unused link of a thing work any more."""
    kind.objects.filter(used_at=None, **of).update(used_at=at)
