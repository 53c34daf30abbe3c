"""What an agency, or the officer who offered, does with one need."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from assistance.forms.casework import (
    DeclineNeedForm,
    NeedAnswerForm,
    OfferForm,
    ReasonForm,
    TransferForm,
)
from assistance.models import Need
from assistance.permissions import (
    can_answer_offer,
    can_compose,
    can_drop_need,
    can_offer,
    can_work,
)
from assistance.services import needs, resolution
from assistance.views.casework.acting import Page, do, run
from assistance.views.casework.bench import (
    Bench,
    agencies_of_systems,
    need_on,
    on_bench,
)
from assistance.views.casework.replies import chosen, is_picking, replies_for, typed
from assistance.views.casework.replies import offer as offer_replies
from foundation.guards import demand
from foundation.languages import pick
from foundation.verdicts import Verdict

form_page = require_http_methods(["GET", "HEAD", "POST"])


def _need_for(bench: Bench, need_id: int, may: Callable[[User, Need], Verdict]) -> Need:
    """The need, where this person may do this with it."""
    need = need_on(bench, need_id)
    demand(may(bench.user, need))
    return need


def _title(words: str, need: Need) -> str:
    return f"{words}: {pick(need, 'system_name')}"


@form_page
@on_bench
def offer(request: HttpRequest, bench: Bench, need_id: int) -> HttpResponse:
    """Offer a proposed, declined or lapsed need to an agency."""
    need = _need_for(bench, need_id, can_offer)
    page = Page(
        heading=_title(_("Offer to an agency"), need),
        button=_("Offer need"),
        done=_("The agency has been asked."),
        extra={"offers": need.offers.select_related("agency", "settled_by")},
    )
    form = OfferForm(request.POST or None, agencies=agencies_of_systems().get(need.system_id, []))
    return run(
        request,
        bench,
        page,
        form,
        lambda said: needs.offer(need_id=need.pk, agency_id=said["agency"], by_id=request.user.pk),
    )


@require_POST
@on_bench
def accept(request: HttpRequest, bench: Bench, need_id: int) -> HttpResponse:
    """Take an offered need on."""
    need = _need_for(bench, need_id, can_answer_offer)
    return do(
        request,
        bench,
        _("You have taken this need on."),
        lambda: needs.accept(need_id=need.pk, officer_id=request.user.pk),
    )


@form_page
@on_bench
def decline(request: HttpRequest, bench: Bench, need_id: int) -> HttpResponse:
    """Send an offered need back with a reason."""
    need = _need_for(bench, need_id, can_answer_offer)
    page = Page(
        heading=_title(_("Decline this need"), need),
        button=_("Decline need"),
        done=_("The need goes back to the officer who offered it."),
        intro=_("The officer reads the reason and looks for another agency."),
    )
    return run(
        request,
        bench,
        page,
        DeclineNeedForm(request.POST or None),
        lambda said: needs.decline(
            need_id=need.pk, by_id=request.user.pk, reason=said["reason"], text=said["text"]
        ),
    )


@require_POST
@on_bench
def start(request: HttpRequest, bench: Bench, need_id: int) -> HttpResponse:
    """Say that work has begun."""
    need = _need_for(bench, need_id, can_work)
    return do(
        request,
        bench,
        _("The SME sees that you are working on it."),
        lambda: needs.start(need_id=need.pk, by_id=request.user.pk),
    )


@form_page
@on_bench
def transfer(request: HttpRequest, bench: Bench, need_id: int) -> HttpResponse:
    """Pass a need to another agency; number, history and clock stay."""
    need = _need_for(bench, need_id, can_work)
    others = [
        choice
        for choice in agencies_of_systems().get(need.system_id, [])
        if choice[0] != need.agency_id
    ]
    page = Page(
        heading=_title(_("Pass on to another agency"), need),
        button=_("Pass on need"),
        done=_("The other agency has been asked. The clock runs on."),
        intro=_("The number, the history and the clock stay as they are."),
    )
    return run(
        request,
        bench,
        page,
        TransferForm(request.POST or None, agencies=others),
        lambda said: needs.transfer(
            need_id=need.pk,
            agency_id=said["agency"],
            by_id=request.user.pk,
            reason=said["reason"],
        ),
    )


@form_page
@on_bench
def answer(request: HttpRequest, bench: Bench, need_id: int) -> HttpResponse:
    """Give the need's part of the one answer."""
    need = _need_for(bench, need_id, can_work)
    replies = replies_for(bench, need.agency)
    page = Page(
        heading=_title(_("Answer this need"), need),
        button=_("Send to the lead officer"),
        done=_("Your answer is with the lead officer."),
        intro=need.summary,
        extra={**offer_replies(replies), "replies_into": "id_text"},
    )
    form = NeedAnswerForm(request.POST or None, initial={"text": need.answer})
    if is_picking(request):
        form = NeedAnswerForm(initial=typed(form, "text", chosen(request, replies)))
    return run(
        request,
        bench,
        page,
        form,
        lambda said: needs.answer(need_id=need.pk, by_id=request.user.pk, text=said["text"]),
    )


@form_page
@on_bench
def drop(request: HttpRequest, bench: Bench, need_id: int) -> HttpResponse:
    """Drop a need that is no longer wanted."""
    need = _need_for(bench, need_id, can_drop_need)
    page = Page(
        heading=_title(_("Drop this need"), need),
        button=_("Drop need"),
        done=_("The need has been dropped."),
        intro=_("The agency stops working on it. The SME sees that it is no longer needed."),
        is_grave=True,
    )
    return run(
        request,
        bench,
        page,
        ReasonForm(request.POST or None),
        lambda said: needs.withdraw(need_id=need.pk, by_id=request.user.pk, reason=said["reason"]),
    )


@require_POST
@on_bench
def reopen(request: HttpRequest, bench: Bench, need_id: int) -> HttpResponse:
    """Give an answered need back to its agency."""
    need = need_on(bench, need_id)
    demand(can_compose(request.user, bench.case))
    return do(
        request,
        bench,
        _("The agency has this need again."),
        lambda: resolution.reopen_need(need_id=need.pk, by_id=request.user.pk),
    )
