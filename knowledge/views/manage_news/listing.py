"""What an agency writes: what waits for a hand, what is public, what is over."""

from __future__ import annotations

from django.db.models import OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from foundation.guards import requires
from foundation.htmx import render
from foundation.languages import pick
from foundation.listing import Sorts, keyset_page
from knowledge.announcement_parity import missing_languages
from knowledge.announcement_states import AnnouncementState, VersionState
from knowledge.models import Announcement, AnnouncementVersion
from knowledge.models.announcement import AnnouncementQuerySet
from knowledge.permissions import can_read_knowledge
from knowledge.states import Language

PAGE_SIZE = 50
SORTS = Sorts({"changed": ("-changed_at",)}, default="changed")
WAITING, DRAFTS, PUBLIC, BEHIND, OVER = "waiting", "drafts", "public", "behind", "over"


@require_safe
@requires(can_read_knowledge)
def index(request: HttpRequest) -> HttpResponse:
    """Announcements of the person's agencies, by what is to be done with them."""
    views = {
        "": _("All"),
        WAITING: _("Wait for approval"),
        DRAFTS: _("Drafts"),
        PUBLIC: _("Public"),
        BEHIND: _("One language missing or older"),
        OVER: _("Ended or withdrawn"),
    }
    wanted = request.GET.get("view", "")
    view = wanted if wanted in views else ""
    found = _of_view(Announcement.objects.overseen_by(request.user), view)
    page = keyset_page(
        _with_last_version(found), SORTS.default, request.GET.get("after"), PAGE_SIZE
    )
    context = {
        "views": [
            {"label": label, "url": f"?view={code}" if code else "?", "on": code == view}
            for code, label in views.items()
        ],
        "rows": _rows(page.rows),
        "more_url": page.next_url(view=view),
    }
    return render(request, "knowledge/manage_news/list.html", context)


def _of_view(found: AnnouncementQuerySet, view: str) -> AnnouncementQuerySet:
    if view in (WAITING, DRAFTS):
        state = VersionState.IN_REVIEW if view == WAITING else VersionState.DRAFT
        return found.filter(
            pk__in=AnnouncementVersion.objects.filter(state=state).values("announcement")
        )
    if view == PUBLIC:
        return found.published()
    if view == BEHIND:
        return found.in_one_language()
    if view == OVER:
        return found.filter(state__in=[AnnouncementState.ENDED, AnnouncementState.WITHDRAWN])
    return found


def _with_last_version(found: AnnouncementQuerySet) -> AnnouncementQuerySet:
    versions = AnnouncementVersion.objects.filter(announcement=OuterRef("pk")).newest_first()
    return found.for_page().annotate(last_id=Subquery(versions.values("pk")[:1]))


def _rows(found: list[Announcement]) -> list[dict[str, object]]:
    ids = [one.last_id for one in found]  # type: ignore[attr-defined]
    last = AnnouncementVersion.objects.select_related("author").in_bulk(ids)
    rows = []
    for one, last_id in zip(found, ids, strict=True):
        version = last[last_id]
        rows.append(
            {
                "announcement": one,
                "version": version,
                "title": pick(version, "title"),
                "category": version.get_category_display(),
                "author": version.author,
                "is_open": version.state not in (VersionState.PUBLISHED, VersionState.REPLACED),
                "behind": one.current.get_behind_display() if one.current else "",
                "missing": _missing(one),
            }
        )
    return rows


def _missing(one: Announcement) -> str:
    """The language that what readers have is not written in."""
    missing = missing_languages(one.current) if one.current else []
    return str(Language(missing[0]).label) if missing else ""
