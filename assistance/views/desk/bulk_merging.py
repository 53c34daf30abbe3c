"""Merging ticked cases of one enterprise: one goes on, the others end and point to it."""

from collections.abc import Sequence

from django.contrib import messages as words
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assistance.forms.desk import MergeManyForm
from assistance.models import Case
from assistance.permissions import can_merge, can_merge_into, can_work_on_cases
from assistance.services import bulk, merging
from assistance.services.bulk import Outcome
from assistance.services.errors import NotTheSameEnterpriseError
from assistance.views.desk.bulk import answer_with, is_sent, once_each, ticked, way_back
from foundation.errors import DomainError
from foundation.guards import requires
from foundation.htmx import redirect, render

SIDE_BY_SIDE = 2


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_work_on_cases)
def merge(request: HttpRequest) -> HttpResponse:
    """Show the ticked cases, ask which goes on, and merge the others into it."""
    cases = ticked(request)
    if len(cases) < SIDE_BY_SIDE:
        words.info(request, _("Tick at least two cases first."))
        return redirect(request, way_back(request))
    by_age = sorted(cases, key=lambda case: (case.submitted_at, case.pk))
    if not all(merging.same_enterprise(case, by_age[0]) for case in by_age):
        return _show(request, None, by_age, problem=str(NotTheSameEnterpriseError()), status=409)
    form = MergeManyForm(
        request.POST if is_sent(request) else None,
        cases=[(case.reference, f"{case.reference} {case.subject}") for case in by_age],
        initial={"into": by_age[0].reference},
    )
    if not is_sent(request) or not form.is_valid():
        return _show(request, form, by_age, status=422 if is_sent(request) else 200)
    ending = [case for case in by_age if case.reference != form.cleaned_data["into"]]
    outcomes = _merge_each(request, form, ending, by_age)
    if not any(one.is_done for one in outcomes):
        return _show(request, form, by_age, outcomes, status=409)
    return answer_with(request, by_age, outcomes, lambda count: _merged(count, form))


def _merge_each(
    request: HttpRequest, form: MergeManyForm, ending: Sequence[Case], cases: Sequence[Case]
) -> list[Outcome]:
    said = form.cleaned_data
    (target,) = (case for case in cases if case.reference == said["into"])
    by_id = {case.pk: case for case in ending}

    def merge_one(case_id: int) -> Case:
        verdict = can_merge(request.user, by_id[case_id]) and can_merge_into(request.user, target)
        if not verdict:
            raise DomainError(verdict.reason)
        return merging.merge(
            case_id=case_id, into_id=target.pk, by_id=request.user.pk, reason=said["reason"]
        )

    return bulk.each(list(by_id), once_each(request, form, "assistance.desk.merge", merge_one))


def _show(
    request: HttpRequest,
    form: MergeManyForm | None,
    cases: Sequence[Case],
    outcomes: Sequence[Outcome] = (),
    *,
    problem: str = "",
    status: int,
) -> HttpResponse:
    problems = {one.case_id: one.problem for one in outcomes}
    context = {
        "form": form,
        "rows": [{"case": case, "problem": problems.get(case.pk, "")} for case in cases],
        "is_side_by_side": len(cases) == SIDE_BY_SIDE,
        "ending": len(cases) - 1,
        "problem": problem,
        "is_refused": bool(outcomes),
        "back_url": way_back(request),
    }
    return render(request, "assistance/desk/merge.html", context, status=status)


def _merged(count: int, form: MergeManyForm) -> str:
    said = ngettext(
        "%(n)d case was merged into %(number)s.", "%(n)d cases were merged into %(number)s.", count
    )
    return said % {"n": count, "number": form.cleaned_data["into"]}
