"""Leaving a request and going on with it elsewhere, by the link in an e-mail."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assistance.forms.access import ResumeForm
from assistance.models import Draft
from assistance.services import access_codes, drafts
from assistance.services.errors import DraftGoneError
from assistance.views.intake.in_hand import draft_in_hand, write_cookie
from assistance.views.intake.reading import Reading, step_url
from assistance.views.limits import within_limit
from foundation.htmx import redirect, render


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest) -> HttpResponse:
    """Say how to come back; a guest may have a link sent to her."""
    draft = draft_in_hand(request)
    if draft is None:
        return redirect(request, step_url("start"))
    known = Reading(request, draft).email
    form = ResumeForm(request.POST or None, initial={"email": known}, label_suffix="")
    context = {"draft": draft, "form": form, "is_guest": not request.user.is_authenticated}
    if request.method != "POST" or request.user.is_authenticated:
        return render(request, "assistance/intake/leave.html", context)
    if not form.is_valid():
        return render(request, "assistance/intake/leave.html", context, status=422)
    if within_limit(request, "code"):
        access_codes.send_resume_link(
            draft_id=draft.pk,
            email=form.cleaned_data["email"],
            language=get_language() or "zh-hant",
        )
    messages.success(request, _("If the address is right, the link arrives within a minute."))
    return redirect(request, "request:leave")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def resume(request: HttpRequest, draft: UUID, secret: str) -> HttpResponse:
    """Open the link: looking at it changes nothing, the button does."""
    if request.method != "POST":
        return render(request, "assistance/intake/resume.html", {})
    found = Draft.objects.alive().filter(pk=draft, owner=None).exists()
    if not found or not access_codes.use_link(draft_id=draft, secret=secret):
        return render(request, "assistance/intake/resume.html", {"is_spent": True}, status=409)
    try:
        token = drafts.hand_over(draft_id=draft)
    except DraftGoneError:
        return render(request, "assistance/intake/resume.html", {"is_spent": True}, status=409)
    response = redirect(request, step_url("start"))
    write_cookie(response, token)
    return response
