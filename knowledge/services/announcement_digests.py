"""The digests: what became public since a subscriber last heard, in one e-mail at 07:30."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, time, timedelta
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy

from foundation.languages import pick_in
from knowledge.announcement_states import SubscriptionPace
from knowledge.models import Announcement, Subscription
from notifications.registry import Recipient
from notifications.services.bulletins import write_bulletin
from notifications.services.rendering import absolute

DIGEST_AT = time(7, 30)
LISTED_MAX = 50
BATCH = 500
REASON = gettext_lazy("You subscribed to announcements of this portal.")


def closing_time(pace: str, now: datetime) -> datetime:
    """The latest 07:30 in Taipei that has passed; for weekly ones that of a Monday."""
    local = timezone.localtime(now)
    cut = local.replace(hour=DIGEST_AT.hour, minute=DIGEST_AT.minute, second=0, microsecond=0)
    if local < cut:
        cut -= timedelta(days=1)
    return cut - timedelta(days=cut.weekday()) if pace == SubscriptionPace.WEEKLY else cut


def write_due(now: datetime | None = None) -> int:
    """Write the digests whose hour has come, one a subscriber and cut, and say how many.

    Cheap when there is nothing to do, harmless when run twice, late rather than lost.
    """
    moment = now or timezone.now()
    written = 0
    for pace in SubscriptionPace.values:
        cut = closing_time(pace, moment)
        waiting = Subscription.objects.waiting(pace, cut).order_by("heard_until", "pk")
        for pk in list(waiting.values_list("pk", flat=True)[:BATCH]):
            written += gather_for(pk, cut)
    return written


@transaction.atomic
def gather_for(pk: int, cut: datetime) -> bool:
    """Write what is new for one subscriber up to `cut`; False where there is nothing."""
    waiting = Subscription.objects.active().filter(pk=pk, heard_until__lt=cut)
    one = waiting.select_for_update(of=("self",), no_key=True, skip_locked=True).first()
    if one is None:
        return False
    person = one.user
    fresh = list(_news_for(one, cut)[: LISTED_MAX + 1])
    heard_until, one.heard_until = one.heard_until, cut
    one.save(update_fields=["heard_until"])
    if not fresh or (person is not None and not person.is_active):
        return False
    recipient = Recipient(
        user_id=one.user_id,
        email=person.email if person is not None else one.email,
        language=one.language,
        reason=REASON,
    )
    with translation.override(one.language):
        paths = {name: reverse(f"news:{name}", args=[one.secret]) for name in ("end", "choices")}
        path, context = reverse("news:list"), _context(fresh, one.language)
    context |= {"choices_url": absolute(paths["choices"]), "since": heard_until}
    return write_bulletin(
        key=f"news-{one.pk}-{timezone.localtime(cut):%Y-%m-%d}",
        template="knowledge/news/messages/digest",
        recipient=recipient,
        context=context,
        path=path,
        unsubscribe_path=paths["end"],
    )


def _news_for(one: Subscription, cut: datetime) -> Any:
    """What she may read, matches her wishes and became public or was amended since."""
    from_then = Q(changed_at__gte=one.heard_until, changed_at__lt=cut)
    found = Announcement.objects.published().filter(from_then).select_related("current")
    found = found.visible_to(_reader(one))
    for name in ("topics", "counties"):
        wanted = getattr(one, name)
        if wanted:
            overlaps = Q((f"current__{name}__overlap", wanted))
            found = found.filter(overlaps | Q((f"current__{name}", [])))
    return found.order_by("-changed_at", "-pk")


def _reader(one: Subscription) -> Any:
    return one.user if one.user is not None else AnonymousUser()


def _context(fresh: Iterable[Announcement], language: str) -> dict[str, Any]:
    rows = list(fresh)
    items = [
        {
            "title": pick_in(row.current, "title", language),
            "summary": pick_in(row.current, "summary", language),
            "category": str(row.current.get_category_display()) if row.current else "",
            "is_amended": bool(row.published_at and row.changed_at > row.published_at),
            "url": absolute(reverse("news:detail", args=[row.slug])),
        }
        for row in rows[:LISTED_MAX]
    ]
    return {"items": items, "count": len(items), "has_more": len(rows) > LISTED_MAX}
