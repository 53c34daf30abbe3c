"""One announcement at its permanent address, its calendar entry, its files."""

from __future__ import annotations

from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.decorators.http import require_safe

from foundation.htmx import render
from foundation.languages import is_english
from foundation.papers import open_paper
from foundation.published import published
from foundation.stamping import CATALOGUE, KNOWLEDGE
from knowledge.models import Announcement, AnnouncementFile
from knowledge.views.news.shown import concerns, sides_of, version_of, words_of
from notifications.services.rendering import absolute

GONE = 410


@login_not_required
@require_safe
@published(KNOWLEDGE, CATALOGUE)
def detail(request: HttpRequest, slug: str) -> HttpResponse:
    """Its words, dates and files; where it was withdrawn, when and why."""
    announcement = _found(request, slug)
    if announcement.is_withdrawn:
        gone = {"announcement": announcement}
        return render(request, "knowledge/news/withdrawn.html", gone, status=GONE)
    version = version_of(announcement)
    context = {
        "announcement": announcement,
        "version": version,
        "words": words_of(version),
        "concerns": concerns(version),
        "files": [one for one in version.files_in_order() if one.is_served],
        "is_amended": announcement.published_at != version.published_at,
    }
    return render(request, "knowledge/news/detail.html", context)


@login_not_required
@require_safe
def print_view(request: HttpRequest, slug: str) -> HttpResponse:
    """The announcement on paper, in the reader's language first."""
    announcement = _found(request, slug)
    if announcement.is_withdrawn:
        raise Http404
    version = version_of(announcement)
    sides = [side for side in sides_of(version) if side.title]
    context = {
        "announcement": announcement,
        "version": version,
        "words": words_of(version),
        "sides": sides[::-1] if is_english() else sides,
        "files": [one for one in version.files_in_order() if one.is_served],
        "is_amended": announcement.published_at != version.published_at,
        "address": absolute(reverse("news:detail", args=[slug])),
    }
    return render(request, "knowledge/news/print.html", context)


@login_not_required
@require_safe
def download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    """A file of what this person may read; everything else is a 404."""
    files = AnnouncementFile.objects.visible_to(request.user).served()
    row = get_object_or_404(files, pk=pk)
    try:
        content = open_paper(row.storage_name)
    except FileNotFoundError as lost:
        raise Http404 from lost
    response = FileResponse(content, as_attachment=True, filename=row.name, content_type=row.mime)
    response.headers["Content-Length"] = str(row.size)
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response.headers["Cache-Control"] = "private, no-store"
    return response


def _found(request: HttpRequest, slug: str) -> Announcement:
    seen = Announcement.objects.visible_to(request.user).for_page()
    return get_object_or_404(seen, slug=slug)
