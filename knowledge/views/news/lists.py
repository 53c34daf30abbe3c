"""The list of announcements: by category, topic and county; what is over is in the archive."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from accounts.reference import county_names
from foundation.htmx import render
from foundation.listing import Sorts, keyset_page
from foundation.published import published
from foundation.stamping import CATALOGUE, KNOWLEDGE
from knowledge.announcement_states import Category
from knowledge.models import Announcement
from knowledge.models.announcement import AnnouncementQuerySet
from knowledge.views.news.shown import rows_of, topic_names

PAGE_SIZE = 20
SORTS = Sorts({"newest": ("-published_at",)}, default="newest")


@login_not_required
@require_safe
@published(KNOWLEDGE, CATALOGUE)
def index(request: HttpRequest) -> HttpResponse:
    """What is public now, newest first; `archive=1` shows what is over."""
    asked = _asked(request)
    page = keyset_page(_found(request, asked), SORTS.default, request.GET.get("after"), PAGE_SIZE)
    context = {
        "asked": asked,
        "rows": rows_of(page.rows),
        "is_first": page.is_first,
        "more_url": _address(asked, after=page.next_cursor) if page.has_next else "",
        "categories": [_choice(asked, "category", *one) for one in Category.choices],
        "all_url": _address(asked, category=""),
        "topics": topic_names(),
        "counties": county_names(),
        "archive_url": _address(asked, archive="" if asked["archive"] else "1"),
        "is_narrowed": any(asked.values()),
        "feed": asked["category"] or "all",
    }
    return render(request, "knowledge/news/list.html", context)


def _asked(request: HttpRequest) -> dict[str, str]:
    """What the address asks for; what we do not know is left out."""
    given = {name: request.GET.get(name, "") for name in ("category", "topic", "county")}
    known = {"category": Category.values, "topic": topic_names(), "county": county_names()}
    asked = {name: value if value in known[name] else "" for name, value in given.items()}
    return asked | {"archive": "1" if request.GET.get("archive") == "1" else ""}


def _found(request: HttpRequest, asked: dict[str, str]) -> AnnouncementQuerySet:
    found = Announcement.objects.readable_to(request.user).for_page()
    found = found.archived() if asked["archive"] else found.published()
    if asked["category"]:
        found = found.in_category(asked["category"])
    if asked["topic"]:
        found = found.about(asked["topic"])
    return found.for_county(asked["county"]) if asked["county"] else found


def _choice(asked: dict[str, str], name: str, value: str, label: Any) -> dict[str, Any]:
    return {"label": label, "url": _address(asked, **{name: value}), "on": asked[name] == value}


def _address(asked: dict[str, str], **changes: str) -> str:
    """The address of this list with something changed; "?" stands for the list itself."""
    wanted = {name: value for name, value in {**asked, **changes}.items() if value}
    return f"?{urlencode(wanted)}"
