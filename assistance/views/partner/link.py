"""Answering a referral without an account. Looking uses nothing up: mail scanners open links too."""

from collections.abc import Callable

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from assistance.forms.referral import DeclineReferralForm, OutcomeForm
from assistance.models import LinkPurpose, Referral, ReferralLink
from assistance.services import referral_answers, referral_links
from assistance.views.limits import within_limit
from assistance.views.partner.cards import card, shown
from foundation.errors import DomainError
from foundation.htmx import render

UNPROCESSABLE, CONFLICT, NOT_FOUND, TOO_MANY = 422, 409, 404, 429
_GONE = "assistance/partner/link_gone.html"


@never_cache
@require_safe
@login_not_required
def show(request: HttpRequest, secret: str) -> HttpResponse:
    """Show what is asked, or once accepted how to reach the SME; a dead link says only that."""
    if not within_limit(request, "referral_link"):
        return render(request, _GONE, {"is_limited": True}, status=TOO_MANY)
    link = referral_links.find(secret)
    return _page(request, secret, link) if link else render(request, _GONE, {}, status=NOT_FOUND)


@never_cache
@require_POST
@login_not_required
def accept(request: HttpRequest, secret: str) -> HttpResponse:
    """Accept; a second letter brings the way to reach the SME."""
    return _act(
        request,
        lambda: referral_answers.answer_by_link(secret=secret, accepts=True),
        _("Thank you. Another e-mail is on its way; it tells how to reach the SME."),
    )


@never_cache
@require_POST
@login_not_required
def decline(request: HttpRequest, secret: str) -> HttpResponse:
    """Decline with a reason."""
    form = DeclineReferralForm(request.POST)
    link = referral_links.find(secret)
    if link is not None and not form.is_valid():
        return _page(request, secret, link, status=UNPROCESSABLE, decline_form=form)
    said = form.cleaned_data if link else {}
    return _act(
        request,
        lambda: referral_answers.answer_by_link(
            secret=secret,
            accepts=False,
            reason=said.get("reason", ""),
            text=said.get("text", ""),
        ),
        _("Thank you for telling us at once. We ask somebody else."),
    )


@never_cache
@require_POST
@login_not_required
def complete(request: HttpRequest, secret: str) -> HttpResponse:
    """Say how it ended."""
    form = OutcomeForm(request.POST)
    link = referral_links.find(secret)
    if link is not None and not form.is_valid():
        return _page(request, secret, link, status=UNPROCESSABLE, outcome_form=form)
    said = form.cleaned_data if link else {}
    return _act(
        request,
        lambda: referral_answers.complete_by_link(
            secret=secret,
            outcome=said.get("outcome", ""),
            text=said.get("text", ""),
            minutes=said.get("minutes", 0),
        ),
        _("Thank you. The officer reads how it ended."),
    )


def _act(request: HttpRequest, act: Callable[[], object], done: str) -> HttpResponse:
    if not within_limit(request, "referral_link"):
        return render(request, _GONE, {"is_limited": True}, status=TOO_MANY)
    try:
        act()
    except DomainError:
        return render(request, _GONE, {}, status=CONFLICT)
    return render(request, "assistance/partner/link_done.html", {"done": done})


def _page(
    request: HttpRequest, secret: str, link: ReferralLink, *, status: int = 200, **bound: object
) -> HttpResponse:
    found = (
        Referral.objects.with_names().select_related("case__enterprise").get(pk=link.referral_id)
    )
    context = {
        "secret": secret,
        "card": card(found),
        "is_answer": link.purpose == LinkPurpose.ANSWER,
        "shown": shown(found) if link.purpose == LinkPurpose.REPORT else [],
        "decline_form": DeclineReferralForm(),
        "outcome_form": OutcomeForm(),
        **bound,
    }
    return render(request, "assistance/partner/link.html", context, status=status)
