"""The applicant looks at what she agreed to, and takes back what she may."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assistance.models import Consent, ConsentPurpose, Need
from assistance.services import consents
from assistance.views.cases.door import Door
from foundation.errors import DomainError
from foundation.htmx import redirect, render
from foundation.languages import pick

SHARING = ConsentPurpose.SHARE_WITH_AGENCIES


@require_safe
def show(request: HttpRequest, door: Door) -> HttpResponse:
    """List the purposes, each with the day on which it was agreed to."""
    return _page(request, door)


def _page(request: HttpRequest, door: Door, status: int = 200) -> HttpResponse:
    given = Consent.objects.filter(case=door.case).order_by("given_at", "pk")
    context = {
        "case": door.case,
        "consents": given,
        "needed": [purpose.value for purpose in consents.NEEDED],
        "sharing": SHARING.value,
        "back_url": door.url("detail"),
        "withdraw_url": door.url("withdraw"),
        "act_url": door.url("consent_withdraw"),
    }
    return render(request, "assistance/intake/consents.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, door: Door) -> HttpResponse:
    """Take one consent back; what ending the sharing does is said on a page of its own first."""
    if request.method != "POST":
        return _confirm_sharing(request, door)
    named = request.POST.get("purpose", "")
    if named not in ConsentPurpose.values:
        raise Http404
    try:
        consents.withdraw(case_id=door.case.pk, purpose=ConsentPurpose(named), by_id=door.actor_id)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return _page(request, door, status=409)
    messages.success(request, _("The consent is taken back from now on."))
    return redirect(request, door.url("consents"))


def _confirm_sharing(request: HttpRequest, door: Door) -> HttpResponse:
    in_force = Consent.objects.in_force(SHARING).filter(case=door.case)
    if not door.case.is_open or not in_force.exists():
        raise Http404
    elsewhere = (
        Need.objects.open()
        .filter(case=door.case, agency__isnull=False)
        .exclude(agency_id=door.case.lead_agency_id)
        .with_names()
        .select_related("agency")
    )
    context = {
        "case": door.case,
        "purpose": SHARING.value,
        "lost": [
            {"system": pick(need, "system_name"), "agency": pick(need.agency, "name")}
            for need in elsewhere
            if need.agency
        ],
        "back_url": door.url("consents"),
        "withdraw_url": door.url("withdraw"),
    }
    return render(request, "assistance/intake/stop_sharing.html", context)
