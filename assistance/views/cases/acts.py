"""What an applicant does with her case; each act is one form and one service."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as flash
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assistance.forms.cases import (
    MessageForm,
    PaperForm,
    QuestionReplyForm,
    RatingForm,
    ReopenForm,
    WithdrawForm,
)
from assistance.models import Attachment, CaseMessage, Question, QuestionItem, QuestionState
from assistance.permissions import sme_may_write
from assistance.services import files, messages, questions, resolution
from assistance.services.errors import TooManyPapersError
from assistance.views.cases.context import file_card
from assistance.views.cases.door import Door
from assistance.views.cases.pages import show
from foundation.errors import DomainError
from foundation.guards import demand
from foundation.htmx import redirect, render, wants_fragment
from foundation.idempotency import once
from foundation.uploads import UploadRefusedError, check_upload

CONFLICT = 409
UNPROCESSABLE = 422


def _refused(
    request: HttpRequest, door: Door, error: DomainError, **bound: object
) -> HttpResponse:
    """Say why it is not possible now, and keep what was typed."""
    flash.error(request, str(error))
    door.case.refresh_from_db()
    return show(request, door, status=CONFLICT, **bound)


@require_POST
def message(request: HttpRequest, door: Door) -> HttpResponse:
    """Write to whoever has the case."""
    demand(sme_may_write(door.case))
    form = MessageForm(request.POST, request.FILES)
    if not form.is_valid():
        return show(request, door, status=UNPROCESSABLE, message_form=form)
    try:
        _send_once(
            door,
            form,
            "assistance.message",
            lambda: messages.send_from_sme(
                case_id=door.case.pk, author_id=door.actor_id, body=form.cleaned_data["body"]
            ),
        )
    except DomainError as error:
        return _refused(request, door, error, message_form=form)
    flash.success(request, _("Your message has been sent."))
    return redirect(request, door.url("detail"))


def _send_once(
    door: Door,
    form: MessageForm | QuestionReplyForm,
    act: str,
    send: Callable[[], CaseMessage],
) -> None:
    """Send her words and the files with them, once."""
    papers, by_id = form.cleaned_data["files"], door.actor_id
    once(
        key=form.cleaned_data["idempotency_key"],
        act=act,
        by=door.by,
        do=lambda: files.send_with(papers=papers, by_id=by_id, send=send),
    )


@require_POST
def answer(request: HttpRequest, door: Door, question_id: int) -> HttpResponse:
    """Answer what was asked; with nothing more open the agencies have the move again."""
    question = get_object_or_404(Question, pk=question_id, case=door.case)
    form = QuestionReplyForm(request.POST, request.FILES, auto_id=f"q{question.pk}_%s")
    bound: dict[str, Any] = {"reply_form": form, "reply_to": question.pk}
    if not form.is_valid():
        return show(request, door, status=UNPROCESSABLE, **bound)
    try:
        _send_once(
            door,
            form,
            "assistance.answer_question",
            lambda: messages.answer_question(
                question_id=question.pk,
                author_id=door.actor_id,
                body=form.cleaned_data["body"],
            ),
        )
    except TooManyPapersError as error:
        return _refused(request, door, error, **bound)
    except DomainError as error:
        # The question is no longer on the page; her words wait in the message box instead.
        kept = MessageForm(initial={"body": form.cleaned_data["body"]})
        return _refused(request, door, error, message_form=kept)
    flash.success(request, _("Thank you. The agencies carry on from here."))
    return redirect(request, door.url("detail"))


@require_POST
def upload(request: HttpRequest, door: Door) -> HttpResponse:
    """Take one paper, for the case or for one thing that was asked."""
    demand(sme_may_write(door.case))
    typed = request.POST.copy()
    typed.setdefault("item", request.GET.get("item", ""))
    form = PaperForm(typed, request.FILES, auto_id="paper_%s")
    if not form.is_valid():
        return _file_refused(request, door, form)
    item = _asked_item(door, form.cleaned_data.get("item"))
    try:
        row = _keep(door, form.cleaned_data["file"], item)
    except DomainError as error:
        form.add_error("file", str(error))
        status = UNPROCESSABLE if isinstance(error, UploadRefusedError) else CONFLICT
        return _file_refused(request, door, form, status)
    if wants_fragment(request):
        card = {"files": [file_card(row, door)]}
        return render(request, "assistance/cases/_file_rows.html", card)
    flash.success(request, _("%(name)s has been saved.") % {"name": row.name})
    return redirect(request, door.url("detail"))


def _keep(door: Door, content: UploadedFile, item: QuestionItem | None) -> Attachment:
    row = files.add_to_case(
        case_id=door.case.pk,
        checked=check_upload(content),
        content=content,
        by_id=door.actor_id,
        question_item_id=item.pk if item else None,
        document_code=item.document_code if item else "",
    )
    if item is not None:
        questions.tick(item_id=item.pk)
    return row


def _file_refused(
    request: HttpRequest, door: Door, form: PaperForm, status: int = UNPROCESSABLE
) -> HttpResponse:
    """Say what is wrong with the file: in one line to the script, on the page to the rest."""
    if wants_fragment(request):
        reasons = " ".join(str(error) for error in form.errors.get("file", []))
        return HttpResponse(reasons, status=status, content_type="text/plain; charset=utf-8")
    return show(request, door, status=status, paper_form=form)


def _asked_item(door: Door, item_id: int | None) -> QuestionItem | None:
    if item_id is None:
        return None
    return get_object_or_404(
        QuestionItem,
        pk=item_id,
        question__case=door.case,
        question__state=QuestionState.OPEN,
    )


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, door: Door) -> HttpResponse:
    """Take the request back, after a page that says what stops."""
    return _confirm(
        request,
        door,
        WithdrawForm,
        "assistance/cases/withdraw.html",
        lambda reason: resolution.withdraw(
            case_id=door.case.pk, by_id=door.actor_id, reason=reason
        ),
        _("Your request has been withdrawn."),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def reopen(request: HttpRequest, door: Door) -> HttpResponse:
    """Ask again within the days allowed; the same officer has it."""
    return _confirm(
        request,
        door,
        ReopenForm,
        "assistance/cases/reopen.html",
        lambda reason: resolution.reopen(case_id=door.case.pk, by_id=door.actor_id, reason=reason),
        _("Your case has been reopened."),
    )


def _confirm(
    request: HttpRequest,
    door: Door,
    form_class: type[WithdrawForm | ReopenForm],
    template: str,
    act: Callable[[str], object],
    done: str,
) -> HttpResponse:
    form = form_class(request.POST or None)
    context = {"case": door.case, "form": form, "back": door.url("detail")}
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=UNPROCESSABLE)
    try:
        act(form.cleaned_data["reason"])
    except DomainError as error:
        context["refusal"] = str(error)
        return render(request, template, context, status=CONFLICT)
    flash.success(request, done)
    return redirect(request, door.url("detail"))


@require_POST
def rate(request: HttpRequest, door: Door) -> HttpResponse:
    """Say from 1 to 5 whether the answer helped."""
    form = RatingForm(request.POST)
    if not form.is_valid():
        return show(request, door, status=UNPROCESSABLE, rating_form=form)
    try:
        resolution.rate(
            case_id=door.case.pk,
            rated_by_id=door.actor_id,
            score=form.cleaned_data["score"],
            text=form.cleaned_data["text"],
        )
    except DomainError as error:
        return _refused(request, door, error, rating_form=form)
    flash.success(request, _("Thank you for telling us."))
    return redirect(request, door.url("detail"))
