"""What is done to a question with one press: sent, given back, approved, confirmed, retired."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from foundation.acting import done_or_told
from foundation.guards import demand, requires
from foundation.htmx import redirect
from foundation.verdicts import refused
from knowledge.forms.questions import ReasonForm
from knowledge.models import Question, QuestionVersion
from knowledge.permissions import can_approve, can_edit_knowledge, writers_of
from knowledge.services import publishing, questions
from knowledge.states import VersionState
from knowledge.views.manage_qa import kept_question, show_question


@require_POST
@requires(can_edit_knowledge)
def send(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand the draft to a second person."""
    one = kept_question(request, slug)
    return _do(
        request,
        one,
        _("A second person of the agency has been asked to approve it."),
        lambda: questions.send(question_id=one.pk, by_id=request.user.pk),
    )


@require_POST
@requires(can_edit_knowledge)
def give_back(request: HttpRequest, slug: str) -> HttpResponse:
    """Make it a draft again; the second person says why, its writer need not."""
    one = kept_question(request, slug)
    version = one.versions.open().first()
    form = ReasonForm(request.POST)
    wrote = version is not None and request.user.pk in writers_of(version)
    if not form.is_valid() and not wrote:
        messages.error(request, _("Say in a few words what is missing."))
        return show_question(request, one, status=422)
    return _do(
        request,
        one,
        _("It is a draft again."),
        lambda: questions.give_back(
            question_id=one.pk,
            by_id=request.user.pk,
            because=form.cleaned_data.get("because", ""),
        ),
    )


@require_POST
@requires(can_edit_knowledge)
def approve(request: HttpRequest, slug: str) -> HttpResponse:
    """Agree to what somebody else wrote; it appears now or on its day."""
    one = kept_question(request, slug)
    version = one.versions.open().first()
    if version is not None:
        demand(can_approve(request.user, one, version))
    done = {
        VersionState.SCHEDULED.value: _("It is approved and appears on its day."),
        VersionState.PUBLISHED.value: _("It is published."),
    }
    return _do(
        request,
        one,
        lambda version: done[version.state],
        lambda: publishing.approve(
            question_id=one.pk,
            by_id=request.user.pk,
            revision=request.POST.get("revision", ""),
        ),
    )


@require_POST
@requires(can_edit_knowledge)
def confirm(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that what is published still holds."""
    one = kept_question(request, slug)
    demand(
        can_approve(request.user, one, one.published)
        if one.published
        else refused(_("This is not published."))
    )
    return _do(
        request,
        one,
        _("Readers see today as the day it was last read."),
        lambda: publishing.confirm(question_id=one.pk, by_id=request.user.pk),
    )


@require_POST
@requires(can_edit_knowledge)
def retire(request: HttpRequest, slug: str) -> HttpResponse:
    """Take it out of sight, with a reason."""
    one = kept_question(request, slug)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Say in a few words why it is retired."))
        return show_question(request, one, status=422)
    return _do(
        request,
        one,
        _("It is retired. Its address says so to whoever comes back."),
        lambda: publishing.retire(
            question_id=one.pk, by_id=request.user.pk, because=form.cleaned_data["because"]
        ),
    )


def _do(
    request: HttpRequest,
    one: Question,
    done: str | Callable[[QuestionVersion], str],
    act: Callable[[], Any],
) -> HttpResponse:
    to = redirect(request, "manage_qa:question", slug=one.slug)
    return done_or_told(request, act, done, to, lambda: show_question(request, one, status=409))
