"""One question per page: shown, kept, kept by itself while she writes."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.registry.asking import ask, peek
from assistance.asking import OFF_THE_ROUTE
from assistance.forms.intake import FORMS, StepForm
from assistance.models import CodePurpose
from assistance.services import access_codes, drafts
from assistance.services.errors import DraftGoneError
from assistance.views.intake.in_hand import (
    InHand,
    begin_or_continue,
    draft_in_hand,
    seen_version,
)
from assistance.views.intake.papers import papers_context
from assistance.views.intake.reading import Reading, step_url
from assistance.views.intake.suggesting import system_context
from assistance.views.limits import within_limit
from foundation.htmx import redirect, render

OWN_PAGES = {"problem", "system", "papers"}


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, step: str) -> HttpResponse:
    """A question of the request; unknown ones are 404, those not asked of her lead back."""
    if step not in FORMS:
        raise Http404
    if request.method == "POST":
        return _keep(request, step)
    reading = Reading(request, draft_in_hand(request))
    if reading.draft is None and step != "problem":
        return redirect(request, step_url("start"))
    if step not in (*reading.route, *OFF_THE_ROUTE):
        return redirect(request, step_url(reading.gap or "check"))
    form = reading.form(step, initial=_first_guess(reading, step))
    return _show(reading, step, form)


def _keep(request: HttpRequest, step: str) -> HttpResponse:
    hand = begin_or_continue(request)
    reading = Reading(request, hand.draft)
    form = reading.form(step, request.POST)
    if not form.is_valid():
        return hand.give(_show(reading, step, form, status=422))
    number = str(form.cleaned_data.get("business_number", ""))
    if number and "ask" in request.POST and within_limit(request, "registry"):
        answer = ask(number)
        return hand.give(_show(reading, step, form, answer=answer))
    if hand.draft is None:
        messages.error(request, _("You have begun many requests. Wait an hour, please."))
        return _show(reading, step, form, status=429)
    if _is_of_another_draft(request, hand):
        messages.error(
            request,
            _("This page belonged to a request that is sent or deleted. Look through it again."),
        )
        return hand.give(_show(reading, step, form, status=409))
    try:
        kept = drafts.keep(
            draft_id=hand.draft.pk,
            step=step,
            answers=form.answers(),
            seen_version=seen_version(request),
        )
    except DraftGoneError as gone:
        messages.error(request, str(gone))
        return hand.give(_show(reading, step, form, status=409))
    if kept.overtook:
        messages.info(
            request, _("This request was also changed in another window. What came last counts.")
        )
    after = _AFTER.get(step)
    now = Reading(request, kept.draft)
    if after is not None:
        now = after(now)
    return hand.give(redirect(request, _onwards(now, step)))


def _onwards(reading: Reading, step: str) -> str:
    """Back to the last page where she came from there, as far as nothing is missing."""
    if reading.request.POST.get("back") == "check" or step in OFF_THE_ROUTE:
        return step_url(reading.gap or "check")
    url = reading.next_after(step)
    return step_url("check") if url == step_url("confirm") and reading.is_confirmed else url


def _look_up(reading: Reading) -> Reading:
    """Fill in what is known here of the public register's, once per number; nobody waits."""
    form = reading.kept("business")
    number = str(form.cleaned_data["business_number"]) if form.is_valid() else ""
    asked_before = reading.answers.get("register", {}).get("number") == number
    if not number or asked_before or reading.draft is None:
        return reading
    found = peek(number).record
    if found is None:
        return reading
    answers = {"name": found.name_zh, "county": found.county, "industry": found.industry}
    drafts.keep(draft_id=reading.draft.pk, step="register", answers={"number": number})
    kept = drafts.keep(draft_id=reading.draft.pk, step="details", answers=answers)
    return Reading(reading.request, kept.draft)


def _send_code(reading: Reading) -> Reading:
    """A guest's address is confirmed before anything is sent."""
    if reading.asker.is_guest and reading.draft and not reading.is_confirmed:
        door = access_codes.Door(CodePurpose.FILE, reading.email, draft_id=reading.draft.pk)
        if within_limit(reading.request, "code"):
            access_codes.send_code(door=door, language=get_language() or "zh-hant")
    return reading


_AFTER = {"business": _look_up, "contact": _send_code}


@login_not_required
@require_POST
def autosave(request: HttpRequest, step: str) -> HttpResponse:
    """Keep what is valid so far, and say when; what is not yet valid is left to the button."""
    if step not in FORMS:
        raise Http404
    hand = begin_or_continue(request)
    form = Reading(request, hand.draft).form(step, request.POST)
    form.is_valid()
    if hand.draft is None or not form.cleaned_data or _is_of_another_draft(request, hand):
        return HttpResponse(status=204)
    try:
        kept = drafts.keep(draft_id=hand.draft.pk, step=step, answers=form.answers())
    except DraftGoneError:
        return HttpResponse(status=204)
    context = {"draft": kept.draft, "saved_at": timezone.now()}
    return hand.give(render(request, "assistance/intake/saved.html", context))


def _show(
    reading: Reading, step: str, form: StepForm, status: int = 200, **more: Any
) -> HttpResponse:
    name = step if step in OWN_PAGES else "step"
    context: dict[str, Any] = {
        "form": form,
        "step": step,
        "draft": reading.draft,
        "stepper": reading.stepper(step),
        "back_url": reading.back_from(step),
        "back": "check" if _came_from_check(reading.request) else "",
        "title_field": form[form.title_field] if form.title_field else None,
        "is_wrong": status == 422,
        **more,
    }
    if step == "papers":
        context |= papers_context(reading)
    if step == "system":
        context |= system_context(reading, form)
    return render(reading.request, f"assistance/intake/{name}.html", context, status=status)


def _came_from_check(request: HttpRequest) -> bool:
    return "check" in (request.GET.get("back"), request.POST.get("back"))


def _first_guess(reading: Reading, step: str) -> dict[str, Any]:
    """What stands in the field when the page opens: her answer, or what we know of her."""
    said = reading.answers.get(step, {})
    user = reading.request.user
    if step == "contact" and user.is_authenticated:
        return {"name": user.name, "email": user.email, "phone": user.phone, **said}
    if step == "subject" and not said and reading.draft:
        return {"subject": reading.title}
    return dict(said)


def _is_of_another_draft(request: HttpRequest, hand: InHand) -> bool:
    named = request.POST.get("draft", "")
    return bool(named) and hand.draft is not None and named != str(hand.draft.pk)
