"""What the one search of the portal finds here: organisations of the directory."""

from typing import Any

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.facets import NOTHING, Chosen, joined
from foundation.finding import Finder
from foundation.languages import fell_back, pick
from foundation.search import Found, Hit, excerpt, marked
from foundation.sought import Sought
from network.district_words import with_counties
from network.models import DirectoryText, Organisation


def _seen(*, closed_too: bool) -> "QuerySet[DirectoryText]":
    every = DirectoryText.objects.all()
    return every if closed_too else every.filter(organisation__in=Organisation.objects.open())


_find = Finder(
    _seen,
    rows=lambda: DirectoryText.objects.select_related("organisation").defer("search"),
    first=DirectoryText.objects.all,
    tags=lambda: joined(F("tags")),
)


def organisations(
    sought: Sought,
    *,
    user: Any,
    limit: int,
    or_loose: bool = False,
    chosen: Chosen = NOTHING,
) -> Found:
    """Entries of the directory that this person may see, by name, service, topic or place."""
    closed_too = Organisation.sees_closed(user)
    sought = with_counties(sought)
    found = _find(sought, limit=limit, or_loose=or_loose, chosen=chosen, closed_too=closed_too)
    hits = (_hit(row.organisation, sought) for row in found.rows)
    return Found.of("network", gettext_lazy("Who can help"), hits, found)


def _hit(entry: Organisation, sought: Sought) -> Hit:
    stale = _("Not confirmed for more than six months") if entry.is_stale else ""
    return Hit(
        title=marked(entry.name, sought),
        url=reverse("network:organisation", args=[entry.uuid]),
        snippet=excerpt(pick(entry, "description"), sought),
        about=" ・ ".join(filter(None, (entry.get_kind_display(), stale))),
        language="zh-Hant" if fell_back(entry, "name") else "",
    )
