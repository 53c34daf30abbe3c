"""The second pair of hands: send for approval, approve, send back, take back, withdraw."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from foundation.acting import done_or_told
from foundation.guards import demand, requires
from foundation.htmx import redirect, render
from knowledge import announcement_permissions as may
from knowledge.forms.announcements import ReasonForm, WithdrawForm
from knowledge.models import Announcement
from knowledge.permissions import can_edit_knowledge
from knowledge.services import announcement_publishing, announcement_review
from knowledge.views.manage_news.page import kept, show_page

WITHDRAW_PAGE = "knowledge/manage_news/withdraw.html"


@require_POST
@requires(can_edit_knowledge)
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Send the draft to a second person."""
    announcement = kept(request, slug)
    demand(may.can_write(request.user, announcement))
    return _do(
        request,
        announcement,
        _("The draft is with the approver."),
        lambda: announcement_review.submit(announcement_id=announcement.pk, by_id=request.user.pk),
    )


@require_POST
@requires(can_edit_knowledge)
def take_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Go on writing what was sent already."""
    announcement = kept(request, slug)
    demand(may.can_write(request.user, announcement))
    return _do(
        request,
        announcement,
        _("You can go on writing."),
        lambda: announcement_review.take_back(
            announcement_id=announcement.pk, by_id=request.user.pk
        ),
    )


@require_POST
@requires(can_edit_knowledge)
def approve(request: HttpRequest, slug: str) -> HttpResponse:
    """Let it out: now, or when its time comes."""
    announcement = kept(request, slug)
    waiting = announcement.versions.open().first()
    demand(may.can_approve(request.user, announcement, waiting))
    typed = request.POST.get("revision", "")
    revision = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 9 else 0
    return _do(
        request,
        announcement,
        _("Approved. It is public now, or will be at the time its writer chose."),
        lambda: announcement_review.approve(
            announcement_id=announcement.pk, by_id=request.user.pk, revision=revision
        ),
    )


@require_POST
@requires(can_edit_knowledge)
def send_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Give it back to its writers, saying why."""
    announcement = kept(request, slug)
    waiting = announcement.versions.open().first()
    demand(may.can_send_back(request.user, announcement, waiting))
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show_page(request, announcement, reason_form=form, status=422)
    return _do(
        request,
        announcement,
        _("The draft is back with its writers."),
        lambda: announcement_review.send_back(
            announcement_id=announcement.pk,
            by_id=request.user.pk,
            because=form.cleaned_data["because"],
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_edit_knowledge)
def withdraw(request: HttpRequest, slug: str) -> HttpResponse:
    """Take back what is public, saying why; it cannot be undone."""
    announcement = kept(request, slug)
    demand(may.can_withdraw(request.user, announcement))
    form = WithdrawForm(request.POST or None)
    context = {"form": form, "announcement": announcement}
    if request.method != "POST":
        return render(request, WITHDRAW_PAGE, context)
    if not form.is_valid():
        return render(request, WITHDRAW_PAGE, context, status=422)
    return _do(
        request,
        announcement,
        _("The announcement is withdrawn. Its address says so and why."),
        lambda: announcement_publishing.withdraw(
            announcement_id=announcement.pk, by_id=request.user.pk, **form.cleaned_data
        ),
    )


def _do(
    request: HttpRequest, announcement: Announcement, done: str, act: Callable[[], object]
) -> HttpResponse:
    to = redirect(request, "manage_news:page", announcement.slug)
    again = partial(show_page, request, announcement, status=409)
    return done_or_told(request, act, done, to, again)
