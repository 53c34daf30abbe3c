"""From a kind of notification and an entry to the words one person reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.template import Context, Engine
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext

from foundation.text import clean_line
from ledger.models import Entry
from notifications.registry import NotificationType, Recipient

SUBJECT_MAX = 200


@dataclass(frozen=True, slots=True)
class Rendered:
    """The words of one message, in one language."""

    subject: str
    text: str
    html: str
    path: str


def absolute(path: str) -> str:
    """The address of a page of ours, by the configured origin and never by a request's host."""
    if not path.startswith("/") or path.startswith(("//", "/\\")):
        raise ValueError("a link in a message is a path of this portal")
    return f"{settings.PORTAL_ORIGIN.rstrip('/')}{path}"


def portal_host() -> str:
    """The host of the configured origin, for Message-IDs."""
    return urlsplit(settings.PORTAL_ORIGIN).hostname or "localhost"


def render_notice(kind: NotificationType, entry: Entry, recipient: Recipient) -> Rendered:
    """Render one notification in the recipient's language.

    The templates see what the kind's `context` gives, and `url`, `entry_id`.
    """
    with translation.override(recipient.language):
        path = kind.path(entry, recipient)
        context = dict(kind.context(entry, recipient))
    return render_words(kind.template, context, recipient, path)


def render_words(
    template: str, context: Mapping[str, Any], recipient: Recipient, path: str
) -> Rendered:
    """Render the three templates of one stem with the words every mail has.

    Text and subject are rendered without HTML escaping, HTML with it: what people typed is
    shown as typed in both, and is markup in neither.
    """
    with translation.override(recipient.language):
        full = {
            "portal_name": gettext("SME Assistance Portal"),
            "reason": str(recipient.reason),
            "language": recipient.language,
            "html_language": "en" if recipient.language == "en" else "zh-Hant-TW",
            "origin": settings.PORTAL_ORIGIN.rstrip("/"),
            "url": absolute(path) if path else "",
            "preferences_url": (
                absolute(reverse("inbox:preferences")) if recipient.user_id is not None else ""
            ),
            **context,
        }
        return Rendered(
            subject=_one_line(_render(f"{template}.subject.txt", full, escape=False)),
            text=_plain(_render(f"{template}.txt", full, escape=False)),
            html=_render(f"{template}.html", full, escape=True).strip() + "\n",
            path=path,
        )


def _render(name: str, context: Mapping[str, Any], *, escape: bool) -> str:
    template = Engine.get_default().get_template(name)
    return str(template.render(Context(dict(context), autoescape=escape)))


def _one_line(subject: str) -> str:
    """A subject as one clean line, so that nothing typed can start another header."""
    line = clean_line(" ".join(subject.split()))
    return line if len(line) <= SUBJECT_MAX else line[: SUBJECT_MAX - 1].rstrip() + "…"


def _plain(text: str) -> str:
    """Text without the blank lines that template tags leave behind."""
    lines = [line.rstrip() for line in text.strip().splitlines()]
    kept = [line for i, line in enumerate(lines) if line or (i and lines[i - 1])]
    return "\n".join(kept) + "\n"
