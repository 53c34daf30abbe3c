"""Giving others what officers no longer in post have left open, from the list of such cases."""

from collections.abc import Collection, Sequence

from django.contrib import messages as words
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from assistance.forms.desk import AssignForm
from assistance.models import Case, Need
from assistance.permissions import can_hand_over, handing_over_for
from assistance.services import bulk, handing_over
from assistance.states import WORKING_NEED_STATES
from assistance.statistics.load import officers_of
from assistance.views.desk.bulk import answer_with, is_sent, once_each, ticked, way_back
from foundation.guards import requires
from foundation.htmx import redirect, render


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_hand_over)
def hand_over(request: HttpRequest) -> HttpResponse:
    """Show the ticked cases and ask who is to have what the leavers held; then give it."""
    cases, agencies = ticked(request), handing_over_for(request.user)
    if not cases:
        words.info(request, _("Tick at least one case first."))
        return redirect(request, way_back(request))
    officers = officers_of(_concerned(cases, agencies))
    form = AssignForm(request.POST if is_sent(request) else None, officers=officers)
    if not is_sent(request) or not form.is_valid():
        return _show(request, form, cases, officers)

    def give(case_id: int) -> Case:
        return handing_over.hand_over(
            case_id=case_id,
            to_id=form.cleaned_data["officer"],
            by_id=request.user.pk,
            agency_ids=agencies,
            note=form.cleaned_data["note"],
        )

    act = once_each(request, form, "assistance.desk.hand_over", give)
    return answer_with(request, cases, bulk.each([case.pk for case in cases], act), _given)


def _show(
    request: HttpRequest, form: AssignForm, cases: Sequence[Case], officers: Sequence[object]
) -> HttpResponse:
    context = {
        "form": form,
        "cases": cases,
        "officers": officers,
        "is_bulk": True,
        "is_handing_over": True,
        "intro": _("Only what an officer no longer in post still holds goes to the new officer."),
        "action": request.path,
        "back_url": way_back(request),
    }
    status = 422 if is_sent(request) else 200
    return render(request, "assistance/desk/assign.html", context, "form", status=status)


def _concerned(cases: Sequence[Case], agencies: Collection[int] | None) -> set[int]:
    """The agencies that work on these cases and that one hands over for."""
    working = Need.objects.filter(case__in=cases, state__in=WORKING_NEED_STATES).order_by()
    found = {case.lead_agency_id for case in cases}
    found |= {pk for pk in working.values_list("agency_id", flat=True) if pk is not None}
    return found if agencies is None else found & set(agencies)


def _given(count: int) -> str:
    return ngettext(
        "%(n)d case has another officer now.", "%(n)d cases have another officer now.", count
    ) % {"n": count}
