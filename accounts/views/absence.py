"""Naming a deputy for the days one is away."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.forms.staff import AbsenceForm
from accounts.models import Absence, User
from accounts.permissions import can_plan_absence, standing
from accounts.services import absence
from foundation import htmx
from foundation.acting import posted
from foundation.errors import DomainError
from foundation.guards import requires


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_plan_absence)
def plan(request: HttpRequest) -> HttpResponse:
    """Show my absences and name a deputy for another one."""
    form = AbsenceForm(posted(request), deputies=_deputies(request))
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            absence.plan(
                key=form.cleaned_data["idempotency_key"],
                user_id=request.user.pk,
                deputy_id=form.cleaned_data["deputy"].pk,
                starts_on=form.cleaned_data["starts_on"],
                ends_on=form.cleaned_data["ends_on"],
            )
        except DomainError as refusal:
            form.add_error(None, str(refusal.message))
            status = 409
        else:
            messages.success(request, _("Your deputy is named."))
            return htmx.redirect(request, "account:absence")
    return _page(request, form, status)


@require_POST
@requires(can_plan_absence)
def cancel(request: HttpRequest, absence_id: int) -> HttpResponse:
    """Take an absence back."""
    mine = Absence.objects.visible_to(request.user).filter(user_id=request.user.pk)
    planned = get_object_or_404(mine, pk=absence_id)
    try:
        absence.cancel(absence_id=planned.pk, actor_id=request.user.pk)
    except DomainError as refusal:
        messages.error(request, str(refusal.message))
        return _page(request, AbsenceForm(deputies=_deputies(request)), 409)
    messages.success(request, _("The absence is taken back."))
    return htmx.redirect(request, "account:absence")


def _deputies(request: HttpRequest) -> Any:
    agencies = standing(request.user).agency_ids
    colleagues = User.objects.active().working_in(agencies)
    return colleagues.exclude(pk=request.user.pk).order_by("name", "pk")


def _page(request: HttpRequest, form: AbsenceForm, status: int) -> HttpResponse:
    visible = Absence.objects.visible_to(request.user).standing()
    coming = visible.filter(ends_on__gte=timezone.localdate())
    context = {
        "form": form,
        "absences": coming.select_related("user", "deputy").order_by("starts_on", "pk")[:100],
    }
    return htmx.render(request, "accounts/absence/page.html", context, status=status)
