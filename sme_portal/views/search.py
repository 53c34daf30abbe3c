"""The one search: everything the portal knows about the words, as far as the visitor may see it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts import throttle
from accounts.permissions import standing
from assistance import portal_search
from foundation.htmx import render
from foundation.search import Found, Searcher
from foundation.sought import Sought
from foundation.text import asked_line
from knowledge import search as knowledge_search
from knowledge.services import missed_searches
from network import portal_search as network_search
from sme_portal.narrowing import Narrowed, asked_for

LONGEST_QUERY = 100
SHOWN_OF_EACH = 5
SHOWN_OF_ONE = 30
MISSES_COUNTED = 30
AN_HOUR = 3_600
ALSO_TOLD = 5
FIELD = "q"

# By kind, in the order of the page.
SEARCHERS: dict[str, Searcher] = {
    "cases": portal_search.cases,
    "systems": portal_search.systems,
    "qa": knowledge_search.questions,
    "news": knowledge_search.announcements,
    "network": network_search.organisations,
}
# Asked for some of the words, where all together are found nowhere: systems are suggested by an
# owner's own words anyway, and staff look for the very words of a case.
LOOSELY = frozenset({"qa", "news", "network"})


@login_not_required
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Find by words; `kind` keeps one sort of thing and shows more of it.

    `topic` and `county` narrow what was compared to what is about the one or there for the other.
    """
    typed = asked_line(request.GET.get("q", ""), LONGEST_QUERY)
    sought, topics = knowledge_search.asked(typed) if typed else (Sought(""), {})
    asked = asked_for(request.GET, typed, topics)
    everything = _everywhere(sought, request.user, asked) if sought else []
    if sought and not everything and not _is_typing(request):
        _note_miss(request, typed)
    groups = [group for group in everything if group]
    shown = [group for group in groups if asked.kind in {"", group.kind}] or groups
    if [group.kind for group in shown] != [asked.kind]:
        asked = asked.with_kind("")
    context = {
        "query": typed,
        "also": _(", ").join(sought.also[:ALSO_TOLD]),
        "asked": asked,
        "kinds": [(group, asked.with_kind(group.kind).url) for group in groups],
        "shown": shown,
        "facets": asked.facets(everything),
        "is_loose": any(group.is_loose for group in groups),
    }
    return render(request, "pages/search.html", context, partial="found")


def _everywhere(sought: Sought, user: Any, asked: Narrowed) -> list[Found]:
    """Ask for all words; where that finds nothing at all, for some of them.

    Some will do only while nothing has been found that holds all: it is asked in the same query.
    Also what was found and does not fit the choice is there, without hits.
    """
    groups: list[Found] = []
    for name, find in SEARCHERS.items():
        has_all = any(found.has_all_words for found in groups)
        found = find(
            sought,
            user=user,
            limit=SHOWN_OF_ONE if name == asked.kind else SHOWN_OF_EACH,
            or_loose=name in LOOSELY and not has_all,
            chosen=asked.chosen,
        )
        if found.tags:
            groups.append(found)
    has_all = any(found.has_all_words for found in groups)
    return [found for found in groups if not (has_all and found.is_loose)]


def _note_miss(request: HttpRequest, typed: str) -> None:
    """Editors read what people miss; what staff look for are cases and names."""
    if standing(request.user).is_staff:
        return
    source = throttle.source_of(request.META.get("REMOTE_ADDR", ""))
    if throttle.allows(act="search.missed", who=source, times=MISSES_COUNTED, seconds=AN_HOUR):
        missed_searches.note(typed=typed)


def _is_typing(request: HttpRequest) -> bool:
    """Does the field ask by itself, with words that may not be whole yet?"""
    return request.headers.get("HX-Trigger") == FIELD
