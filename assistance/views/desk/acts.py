"""Taking one case, or giving it to somebody."""

from django.contrib import messages as words
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assistance.forms.desk import AssignForm
from assistance.models import Case
from assistance.permissions import can_assign, can_triage, can_use_desk
from assistance.services import triage
from assistance.services.errors import AlreadyClaimedError
from assistance.statistics.load import officers_of
from assistance.views.desk.bulk import give
from assistance.views.desk.confirming import say_assigned
from assistance.views.desk.summary import summary_of
from foundation.guards import demand, requires
from foundation.htmx import redirect, render


@require_POST
@requires(can_triage)
def claim(request: HttpRequest, reference: str) -> HttpResponse:
    """Take a case. Whoever comes second is told who was first."""
    case = get_object_or_404(Case.objects.on_desk_of(request.user), reference=reference)
    try:
        triage.claim(case_id=case.pk, officer_id=request.user.pk)
    except AlreadyClaimedError as refusal:
        case.refresh_from_db()
        context = {**summary_of(request, case), "problem": refusal.message}
        return render(request, "assistance/desk/peek.html", context, "pane", status=409)
    words.success(request, _("%(number)s is yours now.") % {"number": case.reference})
    return redirect(request, "desk:case", case.reference)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_use_desk)
def assign(request: HttpRequest, reference: str) -> HttpResponse:
    """Choose who gets the case, with everybody's open work beside the name."""
    case = get_object_or_404(
        Case.objects.on_desk_of(request.user).select_related("lead_agency", "lead_officer"),
        reference=reference,
    )
    demand(can_assign(request.user, case))
    officers = officers_of([case.lead_agency_id])
    form = AssignForm(request.POST or None, officers=officers)
    context = {
        "form": form,
        "cases": [case],
        "officers": officers,
        "action": request.path,
        "back_url": reverse("desk:case", args=[case.reference]),
    }
    if request.method != "POST" or not form.is_valid():
        status = 422 if request.method == "POST" else 200
        return render(request, "assistance/desk/assign.html", context, "form", status=status)
    (outcome,) = give(request, form, [case])
    if not outcome.is_done:
        context["problem"] = outcome.problem
        return render(request, "assistance/desk/assign.html", context, "form", status=409)
    say_assigned(request, [case], _("%(number)s has been assigned.") % {"number": case.reference})
    return redirect(request, "desk:case", case.reference)
