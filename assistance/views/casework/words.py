"""What staff write in a case: messages, questions to the SME, notes among themselves."""

from collections.abc import Callable
from functools import partial
from typing import TypedDict, TypeVar

from django.contrib import messages as flash
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assistance.forms.casework import AskForm, NoteForm, StaffMessageForm
from assistance.models import CaseMessage, Question
from assistance.permissions import can_note, can_write_to_sme
from assistance.services import files, messages
from assistance.services.messages import AskedItem
from assistance.views.casework.acting import UNPROCESSABLE, back_to, do, turn_down
from assistance.views.casework.bench import Bench, on_bench, papers_of
from assistance.views.casework.page import show
from assistance.views.casework.replies import chosen, is_picking, replies_for, typed
from foundation.errors import DomainError
from foundation.guards import demand
from foundation.idempotency import once
from foundation.verdicts import ALLOWED, refused

_Text = TypeVar("_Text", StaffMessageForm, NoteForm, AskForm)


class _Said(TypedDict):
    case_id: int
    need_id: int | None
    by_id: int
    agency_id: int
    body: str


def _said(bench: Bench, form: StaffMessageForm | NoteForm | AskForm) -> _Said:
    """Who says what, where, and in whose name: the same for all that staff write."""
    need_id = form.need_id()
    return _Said(
        case_id=bench.case.pk,
        need_id=need_id,
        by_id=bench.user.pk,
        agency_id=bench.agency_for(need_id),
        body=form.cleaned_data["body"],
    )


def _demand_a_subject(bench: Bench) -> None:
    demand(ALLOWED if bench.may_write() else can_write_to_sme(bench.user, bench.case))


def _form(request: HttpRequest, bench: Bench, make: "Callable[..., _Text]") -> _Text:
    """The form as it was sent; or anew with what was typed, where a template is to be put in."""
    form = make(request.POST, files=request.FILES)
    if not is_picking(request):
        return form
    if request.FILES:
        flash.warning(request, _("Choose your files again; the page could not keep them."))
    return make(initial=typed(form, "body", chosen(request, replies_for(bench))))


def _write(
    request: HttpRequest,
    bench: Bench,
    form: StaffMessageForm | NoteForm | AskForm,
    name: str,
    done: str,
    act: Callable[[], Model],
) -> HttpResponse:
    """Check, write once, and go back to the case; a refusal keeps what was typed."""
    if not form.is_bound:
        return show(request, bench, **{f"{name}_form": form})
    if not form.is_valid():
        return show(request, bench, status=UNPROCESSABLE, **{f"{name}_form": form})
    try:
        once(
            key=form.cleaned_data["idempotency_key"],
            act=f"assistance.staff_{name}",
            by=str(bench.user.pk),
            do=act,
        )
    except DomainError as refusal:
        return turn_down(request, bench, refusal, **{f"{name}_form": form})
    flash.success(request, done)
    return back_to(request, bench.case)


@require_POST
@on_bench
def message(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Write to the SME without asking for anything."""
    _demand_a_subject(bench)
    form = _form(request, bench, partial(StaffMessageForm, subjects=bench.subjects()))
    return _write(
        request,
        bench,
        form,
        "message",
        _("Your message has been sent."),
        lambda: files.send_with(
            papers=form.cleaned_data["files"],
            by_id=bench.user.pk,
            send=lambda: messages.send_from_agency(**_said(bench, form)),
        ),
    )


@require_POST
@on_bench
def note(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Write a note the SME never sees."""
    demand(can_note(request.user, bench.case))
    form = NoteForm(request.POST, files=request.FILES, subjects=bench.note_subjects())
    return _write(
        request,
        bench,
        form,
        "note",
        _("The note has been kept."),
        lambda: files.send_with(
            papers=form.cleaned_data["files"],
            by_id=bench.user.pk,
            send=lambda: messages.note(**_said(bench, form)),
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@on_bench
def ask(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Ask the SME for papers or an answer by a date; the agency's clock pauses."""
    _demand_a_subject(bench)
    if request.method != "POST":
        return show(request, bench, opened="ask")
    papers = papers_of([need.system_id for need in bench.needs])
    make = partial(AskForm, subjects=bench.subjects(), papers=papers)
    form = _form(request, bench, make)
    return _write(
        request,
        bench,
        form,
        "ask",
        _("The SME has been asked. The clock is paused."),
        lambda: files.send_with(
            papers=form.cleaned_data["files"],
            by_id=bench.user.pk,
            send=lambda: _ask(bench, form, dict(papers)),
        ),
    )


def _ask(bench: Bench, form: AskForm, papers: dict[str, str]) -> CaseMessage:
    question = messages.ask_enterprise(
        **_said(bench, form), items=_items(form, papers), due_on=form.cleaned_data["due_on"]
    )
    return question.message


def _items(form: AskForm, names: dict[str, str]) -> list[AskedItem]:
    papers = [AskedItem(names[code][:120], code) for code in form.cleaned_data["papers"]]
    return papers + [AskedItem(line) for line in form.cleaned_data["others"]]


@require_POST
@on_bench
def cancel_question(request: HttpRequest, bench: Bench, question_id: int) -> HttpResponse:
    """Take a question back; the clock runs on."""
    question = get_object_or_404(Question, pk=question_id, case=bench.case)
    own = {need.pk for need in bench.own_needs}
    if question.need_id in own or can_write_to_sme(bench.user, bench.case):
        return do(
            request,
            bench,
            _("The question has been taken back."),
            lambda: messages.cancel_question(question_id=question.pk, by_id=bench.user.pk),
        )
    demand(refused(_("Only those who asked, or the lead officer, take a question back.")))
    return back_to(request, bench.case)
