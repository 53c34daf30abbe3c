"""The pages of somebody who files for enterprises: mandates asked for, held and over."""

from dataclasses import fields
from typing import Any

from django.contrib import messages as flash
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assistance.forms.mandate import MandateForm, RequestForm
from assistance.mandate_permissions import can_ask_again, can_file_for_others, can_file_under
from assistance.models import Mandate, RequestState, SystemEdition
from assistance.services import mandates
from assistance.services.mandates import Stated
from assistance.states import MandateState
from assistance.views.limits import within_limit
from assistance.views.mandates import rows
from foundation.errors import DomainError
from foundation.guards import demand, requires
from foundation.htmx import redirect, render
from foundation.languages import pick
from foundation.listing import Sort, keyset_page

ON_A_PAGE = 25
REQUESTS_ON_A_PAGE = 25
MOST_OPEN = 100
NEWEST_FIRST = Sort("prepared", ("-prepared_at",))
UNPROCESSABLE, CONFLICT, TOO_MANY = 422, 409, 429
_STATED = [one.name for one in fields(Stated)]
_NOW = (MandateState.PREPARED, MandateState.ASKED, MandateState.CONFIRMED)


@require_safe
@requires(can_file_for_others)
def index(request: HttpRequest) -> HttpResponse:
    """List what runs first, then what is over."""
    mine = Mandate.objects.held_by(request.user)
    page = keyset_page(
        mine.exclude(state__in=_NOW), NEWEST_FIRST, after=rows.after(request), size=ON_A_PAGE
    )
    now = mine.filter(state__in=_NOW).order_by("-prepared_at")[:MOST_OPEN]
    context = {
        "now": [rows.row(one) for one in now],
        "past": [rows.row(one) for one in page.rows],
        "page": page,
    }
    return render(request, "assistance/mandates/filer_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_file_for_others)
def new(request: HttpRequest) -> HttpResponse:
    """Write down the mandate; the request comes next."""
    if request.method != "POST":
        return _new(request, MandateForm(systems=_systems()))
    form = MandateForm(request.POST, request.FILES, systems=_systems())
    if not form.is_valid():
        return _new(request, form, UNPROCESSABLE)
    if not within_limit(request, "submit"):
        form.add_error(None, _("Too many at once. Wait an hour, please."))
        return _new(request, form, TOO_MANY)
    said = form.cleaned_data
    try:
        mandate = mandates.prepare(
            key=said["idempotency_key"],
            filer_id=request.user.pk or 0,
            stated=Stated(**{name: said[name] for name in _STATED}),
            systems=said["systems"],
            papers=said["papers"],
        )
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _new(request, form, CONFLICT)
    return redirect(request, "acting:request", mandate_id=mandate.pk)


@require_safe
@requires(can_file_for_others)
def show(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """One mandate, the cases filed under it, and what can be done."""
    return _show(request, _mine(request, mandate_id))


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_file_for_others)
def request_page(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Write a request: it waits for the enterprise, or goes out under a standing mandate."""
    mandate = _mine(request, mandate_id)
    if mandate.state != MandateState.PREPARED:
        demand(can_file_under(mandate))
    form = _request_form(mandate, request.POST if request.method == "POST" else None)
    if request.method != "POST":
        return _request(request, mandate, form)
    if not form.is_valid():
        return _request(request, mandate, form, UNPROCESSABLE)
    if not within_limit(request, "submit"):
        form.add_error(None, _("Too many at once. Wait an hour, please."))
        return _request(request, mandate, form, TOO_MANY)
    try:
        return _send(request, mandate, form)
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return _request(request, mandate, form, CONFLICT)


@require_POST
@requires(can_file_for_others)
def ask(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Ask the enterprise for the mandate alone, or once more."""
    mandate = _mine(request, mandate_id)
    act = mandates.ask_again if mandate.state == MandateState.ASKED else mandates.ask
    try:
        act(mandate_id=mandate.pk, filer_id=request.user.pk or 0)
    except DomainError as refusal:
        flash.error(request, str(refusal))
        return _show(request, _mine(request, mandate_id), CONFLICT)
    flash.success(request, _("We have asked the enterprise. You hear as soon as it decides."))
    return redirect(request, "acting:mandate", mandate_id=mandate.pk)


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_file_for_others)
def lay_down(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Give a mandate up, after a page that says what ends."""
    mandate = _mine(request, mandate_id)
    context: dict[str, Any] = {"mandate": mandate}
    if request.method != "POST":
        return render(request, "assistance/mandates/lay_down.html", context)
    try:
        mandates.lay_down(mandate_id=mandate.pk, filer_id=request.user.pk or 0)
    except DomainError as refusal:
        context["refusal"] = str(refusal)
        return render(request, "assistance/mandates/lay_down.html", context, status=CONFLICT)
    flash.success(
        request, _("You no longer file for %(name)s.") % {"name": mandate.enterprise_name}
    )
    return redirect(request, "acting:list")


def _send(request: HttpRequest, mandate: Mandate, form: RequestForm) -> HttpResponse:
    filer_id = request.user.pk or 0
    if mandate.state == MandateState.PREPARED:
        mandates.ask(mandate_id=mandate.pk, filer_id=filer_id, said=form.said())
        words = _("We have asked the enterprise. Nothing is sent before it confirms.")
    else:
        case = mandates.file_under(
            key=form.cleaned_data["idempotency_key"],
            mandate_id=mandate.pk,
            filer_id=filer_id,
            said=form.said(),
        )
        words = _("The request is filed: %(number)s. The enterprise has been told.") % {
            "number": case.reference
        }
    flash.success(request, words)
    return redirect(request, "acting:mandate", mandate_id=mandate.pk)


def _mine(request: HttpRequest, mandate_id: int) -> Mandate:
    held = Mandate.objects.held_by(request.user).with_names()
    return get_object_or_404(held, pk=mandate_id)


def _systems() -> list[tuple[str, str]]:
    editions = SystemEdition.objects.current_editions()
    return [(one.system.code, pick(one, "short")) for one in editions]


def _request_form(mandate: Mandate, data: Any) -> RequestForm:
    allowed = {one.code for one in mandate.systems.all()}
    offered = [one for one in _systems() if not allowed or one[0] in allowed]
    return RequestForm(data, systems=offered, is_limited=bool(allowed))


def _new(request: HttpRequest, form: MandateForm, status: int = 200) -> HttpResponse:
    return render(request, "assistance/mandates/new.html", {"form": form}, status=status)


def _request(
    request: HttpRequest, mandate: Mandate, form: RequestForm, status: int = 200
) -> HttpResponse:
    context = {"mandate": mandate, "form": form, "waits": mandate.state == MandateState.PREPARED}
    return render(request, "assistance/mandates/request.html", context, status=status)


def _show(request: HttpRequest, mandate: Mandate, status: int = 200) -> HttpResponse:
    filed = mandate.requests.filed().select_related("case")
    page = keyset_page(filed, NEWEST_FIRST, after=rows.after(request), size=REQUESTS_ON_A_PAGE)
    in_force = mandate.is_in_force()
    context = {
        **rows.row(mandate),
        "facts": rows.facts(mandate),
        "papers": rows.papers(mandate),
        "page": page,
        "in_force": in_force,
        "reads": in_force and mandate.may_read,
        "waiting": mandate.requests.filter(state=RequestState.WAITING).first(),
        "may_file": can_file_under(mandate),
        "may_ask_again": can_ask_again(mandate),
        "is_open": mandate.state in _NOW,
    }
    return render(request, "assistance/mandates/filer_page.html", context, status=status)
