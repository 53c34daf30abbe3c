"""What the one search of the portal finds here: organisations of the directory."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from foundation.languages import fell_back, pick
from foundation.search import Found, Hit, best, excerpt, marked
from foundation.sought import Sought
from network.models import DirectoryText, Organisation


def organisations(sought: Sought, *, user: Any, limit: int, is_loose: bool = False) -> Found:
    """Open entries of the directory, by name, service, topic or place."""
    found = best(
        DirectoryText.objects.visible_to(user),
        sought,
        limit=limit,
        is_loose=is_loose,
        rows=DirectoryText.objects.select_related("organisation").defer("search"),
    )
    hits = tuple(_hit(row.organisation, sought) for row in found.rows)
    return Found("network", gettext_lazy("Who can help"), hits, found.number, found.has_more)


def _hit(entry: Organisation, sought: Sought) -> Hit:
    stale = _("Not confirmed for more than six months") if entry.is_stale else ""
    return Hit(
        title=marked(entry.name, sought),
        url=reverse("network:organisation", args=[entry.uuid]),
        snippet=excerpt(pick(entry, "description"), sought),
        about=" ・ ".join(filter(None, (entry.get_kind_display(), stale))),
        language="zh-Hant" if fell_back(entry, "name") else "",
    )
