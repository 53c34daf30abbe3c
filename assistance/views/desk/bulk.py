"""One act on the cases that were ticked; what could not be done is told case by case."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages as words
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from assistance.forms.desk import AssignForm
from assistance.models import Case
from assistance.permissions import can_assign, can_change_desk, can_claim, can_triage
from assistance.services import bulk
from assistance.services.bulk import Outcome
from assistance.statistics.load import OfficerLoad, officers_of
from assistance.views.desk.confirming import say_assigned
from foundation.forms import CreatingForm
from foundation.guards import requires
from foundation.htmx import redirect, render
from foundation.idempotency import once
from foundation.verdicts import Verdict

MOST_AT_ONCE = 100


def way_back(request: HttpRequest) -> str:
    """Return the address of the list that the person comes from; of the whole queue if unsure."""
    wanted, queue = request.POST.get("back", ""), reverse("desk:queue")
    query = wanted.removeprefix(f"{queue}?")
    is_ours = wanted == queue or (query != wanted and query.isascii() and query.isprintable())
    return wanted if is_ours else queue


def ticked(request: HttpRequest) -> list[Case]:
    """Return the ticked cases that this person may see, in the order of their numbers."""
    asked = request.POST.getlist("case") or request.GET.getlist("case")
    visible = Case.objects.on_desk_of(request.user).select_related("lead_agency", "lead_officer")
    return list(visible.filter(reference__in=asked[:MOST_AT_ONCE]).order_by("reference"))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_change_desk)
def choose(request: HttpRequest) -> HttpResponse:
    """Show the ticked cases and ask who is to have them."""
    cases = ticked(request)
    if not cases:
        words.info(request, _("Tick at least one case first."))
        return redirect(request, way_back(request))
    verdicts = {case: can_assign(request.user, case) for case in cases}
    if not any(verdicts.values()):
        return answer_with(request, cases, _refused(verdicts), _assigned)
    page = _page(request, cases, _takers(verdicts))
    return render(request, "assistance/desk/assign.html", page, "form")


@require_POST
@requires(can_change_desk)
def assign(request: HttpRequest) -> HttpResponse:
    cases = ticked(request)
    verdicts = {case: can_assign(request.user, case) for case in cases}
    if cases and not any(verdicts.values()):
        return answer_with(request, cases, _refused(verdicts), _assigned)
    officers = _takers(verdicts)
    form = AssignForm(request.POST, officers=officers)
    if not cases or not form.is_valid():
        context = {**_page(request, cases, officers), "form": form}
        return render(request, "assistance/desk/assign.html", context, "form", status=422)
    outcomes = give(request, form, [case for case in cases if verdicts[case]])
    outcomes += _refused(verdicts)
    return answer_with(request, cases, outcomes, _assigned, say_assigned)


@require_POST
@requires(can_triage)
def claim(request: HttpRequest) -> HttpResponse:
    cases = ticked(request)
    verdicts = {case.pk: can_claim(request.user, case) for case in cases}
    allowed = [case.pk for case in cases if verdicts[case.pk]]
    outcomes = bulk.claim(case_ids=allowed, officer_id=request.user.pk)
    outcomes += [Outcome(pk, v.reason) for pk, v in verdicts.items() if not v]
    return answer_with(request, cases, outcomes, _claimed)


def _refused(verdicts: Mapping[Case, Verdict]) -> list[Outcome]:
    return [Outcome(case.pk, may.reason) for case, may in verdicts.items() if not may]


def _takers(verdicts: Mapping[Case, Verdict]) -> list[OfficerLoad]:
    """Whom these cases can be given to; how busy an agency is shows only to who assigns for it."""
    return officers_of({case.lead_agency_id for case, may in verdicts.items() if may})


def give(request: HttpRequest, form: AssignForm, cases: Sequence[Case]) -> list[Outcome]:
    """Assign as the form says; the same form sent again does nothing more."""
    outcomes: list[Outcome] = []

    def act() -> User:
        outcomes.extend(
            bulk.assign(
                case_ids=[case.pk for case in cases],
                to_id=form.cleaned_data["officer"],
                by_id=request.user.pk,
                note=form.cleaned_data["note"],
            )
        )
        return request.user

    key = form.cleaned_data["idempotency_key"]
    _done, is_new = once(key=key, act="assistance.desk.assign", by=str(request.user.pk), do=act)
    return outcomes if is_new else [Outcome(case.pk) for case in cases]


def _page(request: HttpRequest, cases: Sequence[Case], officers: Sequence[Any]) -> dict[str, Any]:
    return {
        "form": AssignForm(officers=officers),
        "cases": cases,
        "officers": officers,
        "is_bulk": True,
        "action": reverse("desk:bulk_assign"),
        "back_url": way_back(request),
    }


def is_sent(request: HttpRequest) -> bool:
    """Is the form of the page sent? The list posts what is ticked, and no key."""
    return "idempotency_key" in request.POST


def once_each(
    request: HttpRequest, form: CreatingForm, act: str, do: Callable[[int], Model]
) -> Callable[[int], object]:
    """Do an act once for each case and sent form; a form sent again goes on where it stopped."""
    key = form.cleaned_data["idempotency_key"]

    def each(case_id: int) -> object:
        return once(
            key=uuid.uuid5(key, str(case_id)),
            act=act,
            by=str(request.user.pk),
            do=lambda: do(case_id),
        )

    return each


def answer_with(
    request: HttpRequest,
    cases: Sequence[Case],
    outcomes: list[Outcome],
    say: Callable[[int], str],
    confirm: Callable[[HttpRequest, Sequence[Case], str], None] | None = None,
) -> HttpResponse:
    """Back to the queue where all went well, else a page that says what did not.

    `confirm` says what was done in its own way, on either page.
    """
    by_id = {case.pk: case for case in cases}
    done = [by_id[one.case_id] for one in outcomes if one.is_done]
    if done and confirm is not None:
        confirm(request, done, say(len(done)))
    if done and len(done) == len(outcomes):
        if confirm is None:
            words.success(request, say(len(done)))
        return redirect(request, way_back(request))
    context = {
        "rows": [{"case": by_id[one.case_id], "problem": one.problem} for one in outcomes],
        "done": len(done),
        "left": len(outcomes) - len(done),
        "back_url": way_back(request),
    }
    return render(request, "assistance/desk/outcome.html", context, status=409)


def _assigned(count: int) -> str:
    return ngettext("%(n)d case assigned.", "%(n)d cases assigned.", count) % {"n": count}


def _claimed(count: int) -> str:
    return ngettext("%(n)d case is yours now.", "%(n)d cases are yours now.", count) % {"n": count}
