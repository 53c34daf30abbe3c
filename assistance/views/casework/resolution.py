"""Composing the one answer: draft, preview as the SME will see it, send once."""

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from assistance.forms.casework import AnswerForm
from assistance.models import Answer, AnswerPart, Need
from assistance.permissions import can_compose
from assistance.services import resolution
from assistance.states import NeedState
from assistance.views.casework.acting import CONFLICT, UNPROCESSABLE, back_to
from assistance.views.casework.bench import Bench, on_bench
from assistance.views.casework.replies import chosen, is_picking, offer, replies_for, typed
from foundation.errors import DomainError
from foundation.guards import demand
from foundation.htmx import render


@require_http_methods(["GET", "HEAD", "POST"])
@on_bench
def answer(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Write the frame of the answer; `do` says whether to keep, preview or send it."""
    demand(can_compose(request.user, bench.case))
    draft = Answer.objects.filter(case=bench.case, sent_at=None).first()
    has_open = any(need.is_open for need in bench.needs)
    start = {"opening": draft.opening, "closing": draft.closing} if draft else _greeting(bench)
    form = AnswerForm(request.POST or None, has_open_needs=has_open, initial=start)
    if is_picking(request):
        again = typed(form, "opening", chosen(request, replies_for(bench)))
        form = AnswerForm(has_open_needs=has_open, initial=again)
    if request.method != "POST" or is_picking(request):
        return _show(request, bench, form)
    if not form.is_valid():
        return _show(request, bench, form, status=UNPROCESSABLE)
    if request.POST.get("do") == "send":
        return _send(request, bench, form)
    resolution.save_draft(
        case_id=bench.case.pk,
        by_id=request.user.pk,
        opening=form.cleaned_data["opening"],
        closing=form.cleaned_data["closing"],
    )
    return _show(request, bench, form, is_preview=True)


def _greeting(bench: Bench) -> dict[str, str]:
    words = _("Dear %(name)s,\n\nthank you for your request. This is what the agencies found.")
    return {"opening": words % {"name": bench.case.contact_name}, "closing": ""}


def _send(request: HttpRequest, bench: Bench, form: AnswerForm) -> HttpResponse:
    said = form.cleaned_data
    try:
        resolution.send_answer(
            case_id=bench.case.pk,
            by_id=request.user.pk,
            opening=said["opening"],
            closing=said["closing"],
            open_needs_reason=said.get("open_needs_reason", ""),
        )
    except DomainError as refusal:
        flash.error(request, str(refusal))
        return _show(request, bench, form, status=CONFLICT)
    flash.success(request, _("The answer has been sent. The SME can rate it and reopen."))
    return back_to(request, bench.case)


def _show(
    request: HttpRequest,
    bench: Bench,
    form: AnswerForm,
    *,
    status: int = 200,
    is_preview: bool = False,
) -> HttpResponse:
    answered = [need for need in bench.needs if need.state == NeedState.ANSWERED]
    context = {
        "case": bench.case,
        "form": form,
        "answered": answered,
        "open_needs": [need for need in bench.needs if need.is_open],
        "preview": _preview(bench, form, answered) if is_preview else None,
        **offer(replies_for(bench)),
    }
    return render(request, "assistance/casework/answer.html", context, status=status)


def _preview(bench: Bench, form: AnswerForm, answered: list[Need]) -> dict[str, object]:
    """The answer as it would be sent, in the shape the SME's page draws."""
    return {
        "round": Answer.objects.filter(case=bench.case, sent_at__isnull=False).count() + 1,
        "agency": bench.case.lead_agency,
        "opening": form.cleaned_data["opening"],
        "closing": form.cleaned_data["closing"],
        "open_needs_reason": form.cleaned_data.get("open_needs_reason", ""),
        "parts": {
            "all": [
                AnswerPart(need=need, agency=need.agency, text=need.answer) for need in answered
            ]
        },
    }
