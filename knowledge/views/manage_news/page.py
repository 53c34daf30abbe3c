"""One announcement where it is kept: how far it has come, what it says, what may be done."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from accounts.models import User
from foundation.guards import requires
from foundation.happening import Happening
from foundation.htmx import render
from knowledge import announcement_permissions as may
from knowledge.announcement_parity import missing_languages
from knowledge.announcement_states import VersionState
from knowledge.forms.announcements import FileForm, ReasonForm
from knowledge.models import Announcement, AnnouncementVersion
from knowledge.permissions import can_read_knowledge
from knowledge.states import Language
from knowledge.views.manage_news.comparing import changes_between
from knowledge.views.news.shown import concerns, sides_of, words_of
from ledger.timeline import timeline_for


def kept(request: HttpRequest, slug: str) -> Announcement:
    """One that this person's agencies keep; else 404."""
    return get_object_or_404(Announcement.objects.kept_by(request.user).for_page(), slug=slug)


def overseen(request: HttpRequest, slug: str) -> Announcement:
    """One that this person keeps or audits; else 404."""
    found = Announcement.objects.overseen_by(request.user).for_page()
    return get_object_or_404(found, slug=slug)


@require_safe
@requires(can_read_knowledge)
def page(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything about it on one page."""
    return show_page(request, overseen(request, slug))


@require_safe
@requires(can_read_knowledge)
def version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One version as it was, and what it changed of the one before."""
    announcement = overseen(request, slug)
    found = get_object_or_404(_versions(announcement), number=number)
    before = announcement.versions.filter(number__lt=number).newest_first().first()
    context = {
        "announcement": announcement,
        "version": found,
        "words": words_of(found),
        "sides": sides_of(found),
        "concerns": concerns(found),
        "before": before,
        "changes": changes_between(before, found) if before else [],
    }
    return render(request, "knowledge/manage_news/version.html", context)


def show_page(
    request: HttpRequest,
    announcement: Announcement,
    *,
    file_form: FileForm | None = None,
    reason_form: ReasonForm | None = None,
    status: int = 200,
) -> HttpResponse:
    user = request.user
    announcement = overseen(request, announcement.slug)
    open_one = announcement.versions.open().select_related("author", "submitted_by").first()
    shown = open_one or announcement.current or announcement.versions.newest_first()[0]
    current = announcement.current
    context = {
        "announcement": announcement,
        "version": shown,
        "open_version": open_one,
        "words": words_of(shown, heading=3),
        "sides": sides_of(shown),
        "concerns": concerns(shown),
        "files": list(shown.files_in_order()),
        "missing": [Language(code).label for code in missing_languages(shown)],
        "changes": changes_between(current, open_one) if current and open_one else [],
        "versions": _versions(announcement),
        "may_write": may.can_write(user, announcement),
        "may_approve": may.can_approve(user, announcement, open_one),
        "may_send_back": may.can_send_back(user, announcement, open_one),
        "may_withdraw": may.can_withdraw(user, announcement),
        "is_waiting": open_one is not None and open_one.state == VersionState.IN_REVIEW,
        "file_form": file_form or FileForm(),
        "reason_form": reason_form or ReasonForm(),
        "history": _history(announcement),
    }
    return render(request, "knowledge/manage_news/page.html", context, status=status)


def _versions(announcement: Announcement) -> Any:
    found = AnnouncementVersion.objects.filter(announcement=announcement)
    return found.select_related("author", "approved_by").newest_first()


def _history(announcement: Announcement) -> list[Happening]:
    lines = timeline_for(announcement, "staff")
    ids = {line.actor_id for line in lines if line.actor_id is not None}
    names = dict(User.objects.filter(pk__in=ids).values_list("pk", "name"))
    return [
        Happening(title=line.text, at=line.at, by=names.get(line.actor_id or 0, ""))
        for line in reversed(lines)
    ]
