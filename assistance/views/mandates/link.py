"""Deciding by a link, without an account. Looking uses nothing up: mail scanners open links too."""

from collections.abc import Callable
from uuid import UUID

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assistance.models import Attachment, Case, Mandate, MandateLink, MandatePurpose
from assistance.services import mandate_answers, mandate_links
from assistance.services.mandate_answers import Terms
from assistance.views.files import send_paper
from assistance.views.limits import within_limit
from assistance.views.mandates import deciding, rows
from foundation.errors import DomainError
from foundation.htmx import render

UNPROCESSABLE, CONFLICT, NOT_FOUND, TOO_MANY = 422, 409, 404, 429
_GONE = "assistance/mandates/link_gone.html"


@never_cache
@require_safe
@login_not_required
def show(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what is asked, or what was confirmed; a dead link says only that."""
    if not within_limit(request, "referral_link"):
        return render(request, _GONE, {"is_limited": True}, status=TOO_MANY)
    link = mandate_links.find(secret)
    if link is None:
        return render(request, _GONE, {}, status=NOT_FOUND)
    if link.purpose == MandatePurpose.CONFIRM:
        return deciding.page(request, _way(secret, link))
    return _details(request, secret, link)


@never_cache
@require_POST
@login_not_required
def confirm(request: HttpRequest, secret: str) -> HttpResponse:
    """Confirm; the link is used up with it."""
    link = mandate_links.find(secret)
    if link is None or link.purpose != MandatePurpose.CONFIRM:
        return render(request, _GONE, {}, status=CONFLICT)
    way = _way(secret, link)
    form = deciding.form_of(way, request.POST)
    if not form.is_valid():
        return deciding.page(request, way, form, UNPROCESSABLE)

    def act() -> dict[str, object]:
        _mandate, case = way.confirm(deciding.terms_of(form))
        return {"done": _("Confirmed"), "case": case}

    return _act(request, act)


@never_cache
@require_POST
@login_not_required
def refuse(request: HttpRequest, secret: str) -> HttpResponse:
    """Not let the filer act."""

    def act() -> dict[str, object]:
        mandate_answers.refuse_by_link(secret=secret)
        words = _("Nothing was sent, and the filer has been told.")
        return {"done": _("Refused"), "words": words}

    return _act(request, act)


@never_cache
@require_POST
@login_not_required
def withdraw(request: HttpRequest, secret: str) -> HttpResponse:
    """End it at once."""

    def act() -> dict[str, object]:
        mandate_answers.withdraw_by_link(secret=secret)
        words = _("The filer no longer sees your cases. They stay yours and go on.")
        return {"done": _("The mandate has ended"), "words": words}

    return _act(request, act)


@never_cache
@require_safe
@login_not_required
def paper(request: HttpRequest, secret: str, pk: UUID) -> HttpResponseBase:
    """A paper of the mandate, for whoever holds the link."""
    link = mandate_links.find(secret)
    if link is None or not within_limit(request, "referral_link"):
        raise Http404
    rows_of = Attachment.objects.readable().filter(mandate_id=link.mandate_id)
    return send_paper(get_object_or_404(rows_of, pk=pk))


def _paper_url(secret: str) -> Callable[[UUID], str]:
    return lambda pk: reverse("mandates:link_paper", args=[secret, pk])


def _act(request: HttpRequest, act: Callable[[], dict[str, object]]) -> HttpResponse:
    if not within_limit(request, "referral_link"):
        return render(request, _GONE, {"is_limited": True}, status=TOO_MANY)
    try:
        context = act()
    except DomainError:
        return render(request, _GONE, {}, status=CONFLICT)
    return render(request, "assistance/mandates/link_done.html", context)


def _way(secret: str, link: MandateLink) -> deciding.Way:
    def act(terms: Terms) -> tuple[Mandate, Case | None]:
        return mandate_answers.confirm_by_link(secret=secret, terms=terms)

    return deciding.Way(
        _whole(link),
        _paper_url(secret),
        reverse("mandates:link_confirm", args=[secret]),
        reverse("mandates:link_refuse", args=[secret]),
        act,
    )


def _details(request: HttpRequest, secret: str, link: MandateLink) -> HttpResponse:
    mandate = _whole(link)
    context = {
        **rows.row(mandate),
        "facts": rows.facts(mandate),
        "papers": rows.papers(mandate, _paper_url(secret)),
        "withdraw_url": reverse("mandates:link_withdraw", args=[secret]),
        "by_link": True,
    }
    return render(request, "assistance/mandates/details.html", context)


def _whole(link: MandateLink) -> Mandate:
    return Mandate.objects.with_names().select_related("confirmed_by").get(pk=link.mandate_id)
