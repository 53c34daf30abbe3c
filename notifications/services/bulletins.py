"""A periodical e-mail that somebody subscribed to: with the headers by which one click ends it."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from notifications.channels import Channel
from notifications.models import Message
from notifications.registry import BULLETIN_KIND, Recipient
from notifications.services.rendering import absolute, render_words


@transaction.atomic
def write_bulletin(
    *,
    key: str,
    template: str,
    recipient: Recipient,
    context: Mapping[str, Any],
    path: str,
    unsubscribe_path: str,
) -> bool:
    """Put a bulletin into the outbox; False where one with this key is there already.

    `key` is short, ASCII, and holds no personal data. `recipient` needs an address and a
    language. The template also sees `unsubscribe_url`.
    """
    full = {"unsubscribe_url": absolute(unsubscribe_path), **context}
    rendered = render_words(template, full, recipient, path)
    bulletin = Message(
        key=f"bulletin-{key}",
        kind=BULLETIN_KIND,
        user_id=recipient.user_id,
        email=recipient.email.strip().lower(),
        language=recipient.language,
        channel=Channel.EMAIL,
        subject=rendered.subject,
        text=rendered.text,
        html=rendered.html,
        path=rendered.path,
        unsubscribe_path=unsubscribe_path,
        created_at=timezone.now(),
    )
    if Message.objects.filter(key=bulletin.key).exists():
        return False
    Message.objects.bulk_create([bulletin], ignore_conflicts=True)
    return True
