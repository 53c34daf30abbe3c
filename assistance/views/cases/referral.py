"""The SME and a referral: whether somebody outside the agencies may help, and what they may see."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assistance.forms.referral import AgreeForm
from assistance.models import Referral, SharedField
from assistance.services import referral
from assistance.states import ReferralState
from assistance.timeline.names import system_name
from assistance.views.cases.door import Door
from assistance.views.referral_looks import LOOKS
from foundation.errors import DomainError
from foundation.htmx import redirect, render
from foundation.languages import pick

UNPROCESSABLE, CONFLICT = 422, 409


@require_http_methods(["GET", "HEAD", "POST"])
def page(request: HttpRequest, door: Door, referral_id: int) -> HttpResponse:
    """Show whom we would ask and what they would see; agree to it, field by field."""
    found = _of_case(door, referral_id)
    if request.method != "POST":
        return _show(request, door, found, AgreeForm(asked=found.fields_asked))
    form = AgreeForm(request.POST, asked=found.fields_asked)
    if not form.is_valid():
        return _show(request, door, found, form, status=UNPROCESSABLE)
    return _done(
        request,
        door,
        found,
        _("Thank you. We ask them now and tell you what they say."),
        lambda: referral.agree(
            referral_id=found.pk, by_id=door.actor_id, fields=form.cleaned_data["shown"]
        ),
    )


@require_POST
def refuse(request: HttpRequest, door: Door, referral_id: int) -> HttpResponse:
    """Say no: nothing was shown, and the officer looks for another way."""
    found = _of_case(door, referral_id)
    return _done(
        request,
        door,
        found,
        _("We do not ask them. Your officer looks for another way."),
        lambda: referral.refuse(referral_id=found.pk, by_id=door.actor_id),
    )


@require_POST
def stop(request: HttpRequest, door: Door, referral_id: int) -> HttpResponse:
    """Take the agreement back; they see nothing any more from this moment."""
    found = _of_case(door, referral_id)
    return _done(
        request,
        door,
        found,
        _("They no longer see anything of yours."),
        lambda: referral.stop(referral_id=found.pk, by_id=door.actor_id),
    )


def _of_case(door: Door, referral_id: int) -> Referral:
    rows = Referral.objects.with_names()
    found = get_object_or_404(rows, pk=referral_id, case_id=door.case.pk)
    found.case = door.case
    return found


def _done(
    request: HttpRequest, door: Door, found: Referral, done: str, act: Callable[[], object]
) -> HttpResponse:
    try:
        act()
    except DomainError as refusal:
        again = _of_case(door, found.pk)
        form = AgreeForm(asked=again.fields_asked)
        return _show(request, door, again, form, status=CONFLICT, problem=str(refusal))
    messages.success(request, done)
    return redirect(request, door.url("detail"))


def _who(found: Referral) -> str:
    if found.organisation is not None:
        return pick(found.organisation, "description")
    return found.volunteer.title if found.volunteer is not None else ""


def _show(
    request: HttpRequest,
    door: Door,
    found: Referral,
    form: AgreeForm,
    *,
    status: int = 200,
    problem: str = "",
) -> HttpResponse:
    at = [door.case.reference, found.pk]
    context = {
        "case": door.case,
        "referral": found,
        "system": system_name(found.system_id),
        "fields": [SharedField(name).label for name in found.fields_given],
        "form": form,
        "problem": problem,
        "is_asking": found.state == ReferralState.ASKING,
        "back_url": door.url("detail"),
        "look": LOOKS[found.state],
        "who": _who(found),
        "refuse_url": reverse(f"{door.namespace}:referral_refuse", args=at),
        "stop_url": reverse(f"{door.namespace}:referral_stop", args=at),
    }
    return render(request, "assistance/cases/referral.html", context, status=status)
