"""Who may act for an enterprise: asked, decided and ended in its account, or on the page of a case."""

from django.contrib import messages as flash
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.permissions import can_use_account
from assistance.models import Case, Mandate
from assistance.services import mandate_answers
from assistance.services.mandate_answers import Terms
from assistance.states import MandateState
from assistance.views.cases.door import Door
from assistance.views.mandates import deciding, rows
from foundation.errors import DomainError
from foundation.guards import requires
from foundation.htmx import redirect, render
from foundation.listing import Sort, keyset_page

ON_A_PAGE = 25
NEWEST_FIRST = Sort("asked", ("-asked_at",))
UNPROCESSABLE, CONFLICT = 422, 409


@require_safe
@requires(can_use_account)
def index(request: HttpRequest) -> HttpResponse:
    """List who asks to file for one's enterprises, who may, and who once did."""
    given = Mandate.objects.granted_by(request.user).select_related("filer")
    page = keyset_page(given, NEWEST_FIRST, after=rows.after(request), size=ON_A_PAGE)
    context = {"mandates": [rows.row(one) for one in page.rows], "page": page}
    return render(request, "assistance/mandates/principal_list.html", context)


@require_safe
@requires(can_use_account)
def show(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """One mandate: to decide on while it is asked for, to look at and withdraw afterwards."""
    mandate = _given(request, mandate_id)
    if mandate.state == MandateState.ASKED:
        return deciding.page(request, _way(request, mandate))
    return _details(
        request,
        mandate,
        back=reverse("mandates:list"),
        withdraw=reverse("mandates:withdraw", args=[mandate.pk]),
    )


@require_POST
@requires(can_use_account)
def confirm(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Let the filer act, on one's own terms, and send what was prepared."""
    mandate = _given(request, mandate_id)
    way = _way(request, mandate)
    form = deciding.form_of(way, request.POST)
    if not form.is_valid():
        return deciding.page(request, way, form, UNPROCESSABLE)
    try:
        _mandate, case = way.confirm(deciding.terms_of(form))
    except DomainError as refusal:
        flash.error(request, str(refusal))
        return _settled(request, mandate_id)
    flash.success(request, _said(case))
    if case is None:
        return redirect(request, "mandates:show", mandate_id=mandate.pk)
    return redirect(request, "cases:detail", reference=case.reference)


@require_POST
@requires(can_use_account)
def refuse(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Not let the filer act; what was prepared is forgotten."""
    _given(request, mandate_id)
    try:
        mandate_answers.refuse(mandate_id=mandate_id, by_id=request.user.pk)
    except DomainError as refusal:
        flash.error(request, str(refusal))
        return _settled(request, mandate_id)
    flash.success(request, _("Refused. Nothing was sent, and the filer has been told."))
    return redirect(request, "mandates:list")


@require_POST
@requires(can_use_account)
def withdraw(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """End it at once."""
    _given(request, mandate_id)
    try:
        mandate_answers.withdraw(mandate_id=mandate_id, by_id=request.user.pk)
    except DomainError as refusal:
        flash.error(request, str(refusal))
        return _settled(request, mandate_id)
    flash.success(request, _("The mandate has ended. The filer no longer sees your cases."))
    return redirect(request, "mandates:show", mandate_id=mandate_id)


@require_http_methods(["GET", "HEAD", "POST"])
def filed_by(request: HttpRequest, door: Door) -> HttpResponse:
    """Who filed this case for her; whoever follows the case withdraws the mandate here."""
    filing = rows.filing_of(door.case)
    if filing is None:
        raise Http404
    mandate = filing.mandate
    urls = {"back": door.url("detail"), "withdraw": door.url("filed_by")}
    if request.method != "POST":
        return _details(request, mandate, **urls)
    try:
        mandate_answers.withdraw(mandate_id=mandate.pk, by_id=door.actor_id)
    except DomainError as refusal:
        flash.error(request, str(refusal))
        mandate.refresh_from_db()
        return _details(request, mandate, **urls, status=CONFLICT)
    flash.success(request, _("The mandate has ended. The filer no longer sees your cases."))
    return redirect(request, door.url("detail"))


def _given(request: HttpRequest, mandate_id: int) -> Mandate:
    given = Mandate.objects.granted_by(request.user).with_names()
    return get_object_or_404(given.select_related("confirmed_by"), pk=mandate_id)


def _way(request: HttpRequest, mandate: Mandate) -> deciding.Way:
    def act(terms: Terms) -> tuple[Mandate, Case | None]:
        return mandate_answers.confirm(mandate_id=mandate.pk, by_id=request.user.pk, terms=terms)

    return deciding.Way(
        mandate,
        None,
        reverse("mandates:confirm", args=[mandate.pk]),
        reverse("mandates:refuse", args=[mandate.pk]),
        act,
    )


def _said(case: Case | None) -> str:
    if case is None:
        return _("Confirmed. You can withdraw this at any time.")
    return _("Confirmed and sent. The case is yours: %(number)s.") % {"number": case.reference}


def _settled(request: HttpRequest, mandate_id: int) -> HttpResponse:
    """Show how it stands now to whoever was too late."""
    mandate = _given(request, mandate_id)
    if mandate.state == MandateState.ASKED:
        return deciding.page(request, _way(request, mandate), status=CONFLICT)
    return _details(
        request,
        mandate,
        back=reverse("mandates:list"),
        withdraw=reverse("mandates:withdraw", args=[mandate.pk]),
        status=CONFLICT,
    )


def _details(
    request: HttpRequest, mandate: Mandate, *, back: str, withdraw: str, status: int = 200
) -> HttpResponse:
    context = {
        **rows.row(mandate),
        "facts": rows.facts(mandate),
        "papers": rows.papers(mandate),
        "back": back,
        "withdraw_url": withdraw if mandate.state == MandateState.CONFIRMED else "",
    }
    return render(request, "assistance/mandates/details.html", context, status=status)
