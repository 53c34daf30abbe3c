"""A letter to one address that no entry causes: it carries a secret, such as a one-time code."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from notifications.channels import Channel
from notifications.models import Message
from notifications.registry import LETTER_KIND, Recipient
from notifications.services.rendering import render_words

# Someone waits at the screen for it: it goes before whatever else is due.
HEAD_START = timedelta(hours=1)


@transaction.atomic
def write_letter(
    *,
    key: str,
    template: str,
    recipient: Recipient,
    context: Mapping[str, Any],
    path: str = "",
) -> bool:
    """Put a letter into the outbox; False where one with this key is there already.

    `key` is short, ASCII, and holds nothing secret. `recipient` needs an address and a
    language. The words are forgotten once they are sent.
    """
    rendered = render_words(template, context, recipient, path)
    now = timezone.now()
    letter = Message(
        key=f"letter-{key}",
        kind=LETTER_KIND,
        user_id=recipient.user_id,
        email=recipient.email.strip().lower(),
        language=recipient.language,
        channel=Channel.EMAIL,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        path="",
        created_at=now,
        next_attempt_at=now - HEAD_START,
    )
    if Message.objects.filter(key=letter.key).exists():
        return False
    Message.objects.bulk_create([letter], ignore_conflicts=True)
    return True
