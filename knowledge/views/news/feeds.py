"""What programs read: an Atom feed for each category, calendars of the events."""

from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, quote_etag
from django.utils.http import http_date, urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.languages import is_english, pick
from foundation.listing import KeysetPage, Sorts, keyset_page
from foundation.marks import to_html, to_plain
from knowledge.announcement_calendar import Event, as_calendar
from knowledge.announcement_feed import Feed, FeedEntry, Gone, as_atom, latest
from knowledge.announcement_states import Category
from knowledge.models import Announcement
from knowledge.views.news.shown import version_of, words_of
from notifications.services.rendering import absolute, portal_host

MOST_ENTRIES = 50
SORTS = Sorts({"changed": ("-changed_at",)}, default="changed")
MOST_EVENTS = 200
TOLD_GONE_FOR = timedelta(days=90)
PAST_EVENTS_FOR = timedelta(days=31)
EVERYTHING = "all"
FRESH_FOR = 300
_BEGINNING = datetime(2026, 1, 1, tzinfo=UTC)


@login_not_required
@require_safe
def atom(request: HttpRequest, category: str) -> HttpResponse:
    """The newest of a category, or of all, page by page; the same for everybody who asks."""
    if category != EVERYTHING and category not in Category.values:
        raise Http404
    seen = Announcement.objects.visible_to(AnonymousUser()).for_page()
    seen = seen if category == EVERYTHING else seen.in_category(category)
    page = keyset_page(
        seen.published(), SORTS.default, request.GET.get("after"), size=MOST_ENTRIES
    )
    gone = seen.withdrawn().filter(withdrawn_at__gte=timezone.now() - TOLD_GONE_FOR)
    gone = list(gone.order_by("-withdrawn_at")[:MOST_ENTRIES]) if page.is_first else []
    feed = _feed(category, page, gone, "" if page.is_first else request.GET["after"])
    return _answer(request, as_atom(feed), "application/atom+xml; charset=utf-8", feed.updated_at)


def _feed(
    category: str, page_of: KeysetPage[Announcement], gone: list[Announcement], after: str
) -> Feed:
    newest = page_of.rows
    path = reverse("news:feed", args=[category])
    name = str(Category(category).label) if category in Category.values else _("Announcements")
    page = reverse("news:list")
    return Feed(
        id=f"tag:{portal_host()},2026:{path}",
        title=_("%(name)s – SME Assistance Portal") % {"name": name},
        author=_("SME Assistance Portal"),
        language=_language(),
        self_url=_page_url(path, after),
        first_url=absolute(path),
        next_url=_page_url(path, page_of.next_cursor) if page_of.has_next else "",
        page_url=absolute(page if category == EVERYTHING else f"{page}?category={category}"),
        updated_at=latest((one.changed_at for one in [*newest, *gone]), _BEGINNING),
        entries=tuple(_entry(one) for one in newest),
        gone=tuple(Gone(id=_id_of(one), at=one.changed_at) for one in gone),
    )


def _page_url(path: str, after: str) -> str:
    return absolute(path) + (f"?{urlencode({'after': after})}" if after else "")


def _entry(one: Announcement) -> FeedEntry:
    version = version_of(one)
    words = words_of(version)
    return FeedEntry(
        id=_id_of(one),
        title=words.title,
        summary=words.summary,
        html=str(to_html(pick(version, "body"))),
        url=absolute(reverse("news:detail", args=[one.slug])),
        author=pick(one.agency, "name"),
        categories=((version.category, str(Category(version.category).label)),),
        published_at=one.published_at or one.changed_at,
        updated_at=one.changed_at,
        language=words.language or _language(),
    )


def _id_of(one: Announcement) -> str:
    """The same for ever, whatever the host; the English text is an entry of its own."""
    own = uuid.uuid5(one.uuid, "en") if is_english() else one.uuid
    return own.urn


def _language() -> str:
    return "en" if is_english() else "zh-Hant-TW"


@login_not_required
@require_safe
def event(request: HttpRequest, slug: str) -> HttpResponse:
    """One event for a calendar; withdrawn it is cancelled there too."""
    seen = Announcement.objects.visible_to(request.user).for_page()
    one = get_object_or_404(seen.in_category(Category.EVENTS), slug=slug)
    entry = _event(one)
    made = as_calendar([entry], name=entry.title)
    answer = _answer(request, made, "text/calendar; charset=utf-8", one.changed_at)
    answer.headers["Content-Disposition"] = f'attachment; filename="{one.slug}.ics"'
    return answer


@login_not_required
@require_safe
def events(request: HttpRequest) -> HttpResponse:
    """All events to come and those just over, as a calendar to subscribe to."""
    since = timezone.now() - PAST_EVENTS_FOR
    seen = Announcement.objects.visible_to(AnonymousUser()).in_category(Category.EVENTS)
    coming = seen.for_page().filter(current__event_starts_at__gte=since)
    found = list(coming.order_by("current__event_starts_at", "pk")[:MOST_EVENTS])
    made = as_calendar([_event(one) for one in found], name=_("Events for small businesses"))
    changed = latest((one.changed_at for one in found), _BEGINNING)
    return _answer(request, made, "text/calendar; charset=utf-8", changed)


def _event(one: Announcement) -> Event:
    """What was withdrawn is cancelled at its time and says why; its words are gone here too."""
    version = version_of(one)
    url = absolute(reverse("news:detail", args=[one.slug]))
    words = f"{pick(version, 'summary')}\n\n{to_plain(pick(version, 'body'))}"
    gone = one.is_withdrawn
    return Event(
        uid=f"{one.uuid}@{portal_host()}",
        sequence=version.number if gone else version.number - 1,
        changed_at=one.changed_at,
        starts_at=version.event_starts_at or one.changed_at,
        ends_at=version.event_ends_at,
        title=_("This announcement was withdrawn") if gone else pick(version, "title"),
        text=pick(one, "withdrawn_because") if gone else f"{words}\n\n{url}",
        place="" if gone else pick(version, "place"),
        url=url,
        is_cancelled=gone,
    )


def _answer(request: HttpRequest, body: bytes, kind: str, changed_at: datetime) -> HttpResponse:
    """With what lets a reader ask "anything new?" and be told no in a few bytes."""
    etag = quote_etag(uuid.uuid5(uuid.NAMESPACE_OID, body.hex()).hex)
    modified = int(changed_at.timestamp())
    unchanged = get_conditional_response(request, etag=etag, last_modified=modified)
    answer = unchanged or HttpResponse(body, content_type=kind)
    answer.headers["ETag"] = etag
    answer.headers["Last-Modified"] = http_date(modified)
    if not request.COOKIES:
        # Whoever is somebody gets the answer of everybody else, and keeps none of it either.
        patch_cache_control(answer, max_age=FRESH_FOR)
    return answer
