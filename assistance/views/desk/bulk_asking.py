"""Asking the SMEs of several cases for the same papers by the same day."""

from collections.abc import Sequence

from django.contrib import messages as words
from django.core.files.base import File
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assistance.deadlines import QUESTION_DAYS
from assistance.forms.casework import AskManyForm
from assistance.models import Case, CaseMessage, Need
from assistance.permissions import can_work_on_cases
from assistance.services import bulk, files, messages
from assistance.services.bulk import Outcome
from assistance.services.messages import AskedItem
from assistance.views.casework.bench import Bench, papers_of
from assistance.views.desk.bulk import answer_with, is_sent, once_each, ticked, way_back
from foundation.guards import requires
from foundation.htmx import redirect, render
from foundation.working_days import add_working_days


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_work_on_cases)
def ask(request: HttpRequest) -> HttpResponse:
    """Show the ticked cases with one question for all; ask each, and tell which could not be."""
    cases = ticked(request)
    if not cases:
        words.info(request, _("Tick at least one case first."))
        return redirect(request, way_back(request))
    papers = papers_of(_systems(cases))
    due = add_working_days(timezone.localdate(), QUESTION_DAYS)
    typed = {"data": request.POST, "files": request.FILES} if is_sent(request) else {}
    form = AskManyForm(papers=papers, initial={"due_on": due}, **typed)
    if not is_sent(request) or not form.is_valid():
        return _show(request, form, cases, status=422 if is_sent(request) else 200)
    outcomes = _ask_each(request, form, cases, dict(papers))
    if not any(one.is_done for one in outcomes):
        return _show(request, form, cases, outcomes, status=409)
    return answer_with(request, cases, outcomes, _asked)


def _ask_each(
    request: HttpRequest, form: AskManyForm, cases: Sequence[Case], names: dict[str, str]
) -> list[Outcome]:
    said, by_id = form.cleaned_data, {case.pk: case for case in cases}
    items = [AskedItem(names[code][:120], code) for code in said["papers"]]
    items += [AskedItem(line) for line in said["others"]]

    # Large uploads would be moved away by the first case that keeps them; a bare file is copied.
    papers = [(checked, File(content.file)) for checked, content in said["files"]]

    def ask_one(case_id: int) -> CaseMessage:
        bench = Bench(request.user, by_id[case_id])
        need_id = bench.only_subject()

        def send() -> CaseMessage:
            question = messages.ask_enterprise(
                case_id=case_id,
                need_id=need_id,
                by_id=request.user.pk,
                agency_id=bench.agency_for(need_id),
                body=said["body"],
                items=items,
                due_on=said["due_on"],
            )
            return question.message

        return files.send_with(papers=papers, by_id=request.user.pk, send=send)

    return bulk.each(list(by_id), once_each(request, form, "assistance.desk.ask", ask_one))


def _systems(cases: Sequence[Case]) -> list[int]:
    """The systems these cases are about, each once."""
    needed = Need.objects.open().filter(case__in=cases).order_by("system_id")
    mains = [case.main_system_id for case in cases if case.main_system_id is not None]
    return list(dict.fromkeys([*mains, *needed.values_list("system_id", flat=True)]))


def _show(
    request: HttpRequest,
    form: AskManyForm,
    cases: Sequence[Case],
    outcomes: Sequence[Outcome] = (),
    *,
    status: int,
) -> HttpResponse:
    problems = {one.case_id: one.problem for one in outcomes}
    context = {
        "form": form,
        "rows": [{"case": case, "problem": problems.get(case.pk, "")} for case in cases],
        "is_refused": bool(outcomes),
        "back_url": way_back(request),
    }
    return render(request, "assistance/desk/ask.html", context, status=status)


def _asked(count: int) -> str:
    return ngettext(
        "%(n)d SME has been asked. The clock is paused.",
        "%(n)d SMEs have been asked. The clocks are paused.",
        count,
    ) % {"n": count}
