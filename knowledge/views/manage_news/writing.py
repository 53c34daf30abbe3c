"""Writing an announcement: the first draft, changes, amendments, files."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import Agency
from foundation.acting import done_or_told
from foundation.errors import DomainError
from foundation.guards import demand, requires
from foundation.htmx import redirect, render
from foundation.languages import pick
from foundation.uploads import UploadRefusedError, check_upload
from knowledge.announcement_errors import SlugTakenError
from knowledge.announcement_permissions import can_write
from knowledge.forms.announcements import (
    AnnouncementForm,
    FileForm,
    NewAnnouncementForm,
    initial_of,
)
from knowledge.models import Announcement, AnnouncementVersion
from knowledge.permissions import agencies_written_for, can_edit_knowledge
from knowledge.services import announcement_files, announcements
from knowledge.services.announcements import Content
from knowledge.views.manage_news.page import kept, show_page
from knowledge.views.news.shown import topic_names

FORM_PAGE = "knowledge/manage_news/edit.html"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
@requires(can_edit_knowledge)
def write(request: HttpRequest) -> HttpResponse:
    """Begin an announcement."""
    form = NewAnnouncementForm(request.POST or None, topics=_topics(), agencies=_agencies(request))
    if request.method != "POST":
        return render(request, FORM_PAGE, {"form": form})
    if not form.is_valid():
        return render(request, FORM_PAGE, {"form": form}, status=422)
    try:
        made, _new = announcements.draft(
            agency_id=int(form.cleaned_data["agency"]),
            by_id=request.user.pk,
            slug=form.cleaned_data["slug"],
            content=Content(**form.content),
            key=form.cleaned_data["idempotency_key"],
        )
    except DomainError as refusal:
        form.add_error("slug" if isinstance(refusal, SlugTakenError) else None, str(refusal))
        return render(request, FORM_PAGE, {"form": form}, status=409)
    messages.success(request, _("The draft is saved. Nothing is public yet."))
    return redirect(request, "manage_news:page", made.slug)


@form_page
@requires(can_edit_knowledge)
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    """Change the draft that is open."""
    announcement = _mine(request, slug)
    version = get_object_or_404(announcement.versions.open())
    if not version.is_draft:
        messages.error(request, _("This version is with the approver. Take it back first."))
        return show_page(request, announcement, status=409)
    form = _form(request, announcement, version)
    context = {"form": form, "announcement": announcement, "version": version}
    if request.method != "POST":
        return render(request, FORM_PAGE, context)
    if not form.is_valid():
        return render(request, FORM_PAGE, context, status=422)
    try:
        announcements.change(
            announcement_id=announcement.pk,
            by_id=request.user.pk,
            content=Content(**form.content),
            revision=form.cleaned_data["revision"] or 0,
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        fresh = version.announcement.versions.open().first() or version
        # Sent once more, it is saved over what the colleague wrote: she has been told.
        typed = request.POST.copy()
        typed["revision"] = str(fresh.revision)
        form.data = typed
        context["saved_meanwhile"] = fresh
        return render(request, FORM_PAGE, context, status=409)
    messages.success(request, _("The draft is saved. Nothing is public yet."))
    return redirect(request, "manage_news:page", announcement.slug)


@require_POST
@requires(can_edit_knowledge)
def amend(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin a new version; readers keep the one in force meanwhile."""
    announcement = _mine(request, slug)
    try:
        announcements.amend(announcement_id=announcement.pk, by_id=request.user.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return show_page(request, announcement, status=409)
    return redirect(request, "manage_news:edit", announcement.slug)


@require_POST
@requires(can_edit_knowledge)
def drop(request: HttpRequest, slug: str) -> HttpResponse:
    """Set the open draft aside."""
    announcement = _mine(request, slug)
    return done_or_told(
        request,
        lambda: announcements.drop(announcement_id=announcement.pk, by_id=request.user.pk),
        _("The draft is set aside. It stays among the versions."),
        redirect(request, "manage_news:page", announcement.slug),
        lambda: show_page(request, announcement, status=409),
    )


@require_POST
@requires(can_edit_knowledge)
def add_file(request: HttpRequest, slug: str) -> HttpResponse:
    """Keep a file with the draft."""
    announcement = _mine(request, slug)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return show_page(request, announcement, file_form=form, status=422)
    content = form.cleaned_data["file"]
    try:
        announcement_files.add_file(
            announcement_id=announcement.pk,
            by_id=request.user.pk,
            checked=check_upload(content),
            content=content,
        )
    except DomainError as refusal:
        form.add_error("file", str(refusal))
        status = 422 if isinstance(refusal, UploadRefusedError) else 409
        return show_page(request, announcement, file_form=form, status=status)
    messages.success(request, _("The file is added to the draft."))
    return redirect(request, "manage_news:page", announcement.slug)


@require_POST
@requires(can_edit_knowledge)
def remove_file(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Leave a file out of the draft."""
    announcement = _mine(request, slug)
    return done_or_told(
        request,
        lambda: announcement_files.remove_file(
            announcement_id=announcement.pk, by_id=request.user.pk, file_id=pk
        ),
        _("The file is left out of the draft."),
        redirect(request, "manage_news:page", announcement.slug),
        lambda: show_page(request, announcement, status=409),
    )


def _mine(request: HttpRequest, slug: str) -> Announcement:
    announcement = kept(request, slug)
    demand(can_write(request.user, announcement))
    return announcement


def _form(
    request: HttpRequest, announcement: Announcement, version: AnnouncementVersion
) -> AnnouncementForm:
    return AnnouncementForm(
        request.POST or None,
        initial=initial_of(version),
        topics=_topics(),
        is_new=announcement.current is None,
    )


def _topics() -> list[tuple[str, str]]:
    return list(topic_names().items())


def _agencies(request: HttpRequest) -> list[tuple[str, str]]:
    own: Any = Agency.objects.current().filter(pk__in=agencies_written_for(request.user))
    return [(str(agency.pk), pick(agency, "name")) for agency in own.by_name()]
