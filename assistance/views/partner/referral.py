"""One referral for who received it: accept or decline, report, say how it ended."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from assistance.forms.referral import DeclineReferralForm, OutcomeForm, ReportForm
from assistance.models import Referral
from assistance.referral_permissions import can_receive
from assistance.services import referral_answers
from assistance.states import ReferralDecline
from assistance.views.partner.cards import card, shown
from foundation.acting import done_or_told
from foundation.guards import requires
from foundation.htmx import redirect, render
from foundation.idempotency import once

UNPROCESSABLE = 422
form_page = require_http_methods(["GET", "HEAD", "POST"])


def _put_to(request: HttpRequest, referral_id: int) -> Referral:
    """The referral, while it is with this person; before and after it is a 404."""
    mine = Referral.objects.put_to(request.user).received().with_names()
    found = mine.select_related("case__enterprise").filter(pk=referral_id).first()
    if found is None:
        raise Http404
    return found


@require_safe
@requires(can_receive)
def page(request: HttpRequest, referral_id: int) -> HttpResponse:
    """The card, and once accepted what she agreed to show."""
    return _show(request, _put_to(request, referral_id))


@require_POST
@requires(can_receive)
def accept(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Take it with one tap."""
    found = _put_to(request, referral_id)
    return _do(
        request,
        found,
        _("Thank you. Please get in touch with the SME."),
        lambda: referral_answers.accept(referral_id=found.pk, by_id=request.user.pk),
    )


@form_page
@requires(can_receive)
def decline(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Not take it: one tap on a reason, or a few words."""
    found = _put_to(request, referral_id)
    form = DeclineReferralForm(request.POST or None)
    if request.method != "POST":
        return _decline_page(request, found, form)
    if not form.is_valid():
        return _decline_page(request, found, form, status=UNPROCESSABLE)
    said = form.cleaned_data
    return _do(
        request,
        found,
        _("Thank you for telling us at once. We ask somebody else."),
        lambda: referral_answers.decline(
            referral_id=found.pk,
            by_id=request.user.pk,
            reason=said["reason"],
            text=said["text"],
        ),
        to_inbox=True,
    )


def _decline_page(
    request: HttpRequest, found: Referral, form: DeclineReferralForm, status: int = 200
) -> HttpResponse:
    context = {"card": card(found), "form": form}
    return render(request, "assistance/partner/decline.html", context, status=status)


@require_POST
@requires(can_receive)
def report(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Say what was done and how long it took."""
    found = _put_to(request, referral_id)
    form = ReportForm(request.POST)
    if not form.is_valid():
        return _show(request, found, status=UNPROCESSABLE, report_form=form)
    said = form.cleaned_data
    return _do(
        request,
        found,
        _("Saved. The officer can read it."),
        lambda: once(
            key=said["idempotency_key"],
            act="assistance.referral_report",
            by=str(request.user.pk),
            do=lambda: referral_answers.report(
                referral_id=found.pk,
                by_id=request.user.pk,
                body=said["body"],
                minutes=said["minutes"],
                worked_on=said["worked_on"],
            ),
        ),
    )


@form_page
@requires(can_receive)
def complete(request: HttpRequest, referral_id: int) -> HttpResponse:
    """Say how it ended; from then on nothing of the SME is shown any more."""
    found = _put_to(request, referral_id)
    if not found.is_taken:
        raise Http404
    form = OutcomeForm(request.POST or None)
    context = {"card": card(found), "form": form}
    template = "assistance/partner/complete.html"
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context, status=UNPROCESSABLE)
    said = form.cleaned_data
    return _do(
        request,
        found,
        _("Thank you. The officer reads how it ended."),
        lambda: referral_answers.complete(
            referral_id=found.pk,
            by_id=request.user.pk,
            outcome=said["outcome"],
            text=said["text"],
            minutes=said["minutes"],
        ),
        to_inbox=True,
    )


def _do(
    request: HttpRequest,
    found: Referral,
    done: str,
    act: Callable[[], object],
    *,
    to_inbox: bool = False,
) -> HttpResponse:
    """Where it is refused, the referral may be nothing of hers any more: the inbox says why."""
    inbox = redirect(request, "partner:inbox")
    to = inbox if to_inbox else redirect(request, "partner:referral", found.pk)
    return done_or_told(request, act, done, to, lambda: inbox)


def _show(
    request: HttpRequest, found: Referral, *, status: int = 200, **bound: Any
) -> HttpResponse:
    notes = list(found.notes.select_related("author"))
    context = {
        "card": card(found),
        "shown": shown(found),
        "notes": notes,
        "minutes": sum(note.minutes for note in notes),
        "reasons": [c for c in ReferralDecline.choices if c[0] != ReferralDecline.OTHER],
        "report_form": ReportForm(initial={"worked_on": timezone.localdate()}),
        **bound,
    }
    return render(request, "assistance/partner/referral.html", context, status=status)
