"""Referring a case or a need to the service network: who fits and why, and what became of it."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.reference.districts import place_words
from assistance.forms.referral import ReferForm
from assistance.models import GuidanceSystem, Need, Referral, SystemEdition
from assistance.referral_permissions import (
    can_recall,
    can_refer,
    can_refer_need,
    can_take_up,
)
from assistance.services import referral, referral_links, referral_search
from assistance.services.referral import Request
from assistance.views.casework.acting import Page, do, run
from assistance.views.casework.bench import Bench, need_on, on_bench
from foundation.guards import demand
from foundation.htmx import render
from foundation.idempotency import once
from foundation.languages import pick
from foundation.templatetags.formats import gap
from network.matching import Candidate, Kind, Ranking
from network.matching.wording import sentence

form_page = require_http_methods(["GET", "HEAD", "POST"])
MOST_SHOWN = 12


@form_page
@on_bench
def refer(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Choose the topic where it is not clear yet, then who is asked and what for."""
    system, need = _subject(bench, request.GET.get("about", ""))
    if system is None:
        demand(can_refer(request.user, bench.case))
        context = {"case": bench.case, "subjects": _subjects(bench)}
        return render(request, "assistance/casework/refer_topic.html", context)
    demand(can_refer_need(request.user, need) if need else can_refer(request.user, bench.case))
    ranking = referral_search.search(case=bench.case, system=system)
    form = _form(request, ranking, need)
    page = Page(
        heading=_("Refer to the service network"),
        button=_("Refer"),
        done=_("Done. You hear how it goes."),
        template="assistance/casework/refer.html",
        extra=_shown(bench, system, ranking),
    )
    return run(
        request,
        bench,
        page,
        form,
        lambda _said: once(
            key=form.cleaned_data["idempotency_key"],
            act="assistance.refer",
            by=str(request.user.pk),
            do=lambda: referral.propose(
                case_id=bench.case.pk,
                system_id=system.pk,
                need_id=need.pk if need else None,
                by_id=request.user.pk,
                request=_request(form),
            ),
        ),
    )


def _subject(bench: Bench, about: str) -> tuple[GuidanceSystem | None, Need | None]:
    """What is referred: "need-7" or "financing"; nothing where it is not said."""
    kind, _dash, pk = about.partition("-")
    if kind == "need" and pk.isascii() and pk.isdigit() and len(pk) < 19:
        need = need_on(bench, int(pk))
        return need.system, need
    if not about:
        return None, None
    return get_object_or_404(GuidanceSystem, code=about), None


def _subjects(bench: Bench) -> list[dict[str, str]]:
    """The open needs one may read, then every system."""
    own = [
        {"about": f"need-{need.pk}", "name": pick(need, "system_name"), "why": need.summary}
        for need in bench.needs
        if need.is_open and getattr(need, "is_readable", False)
    ]
    taken = {need.system_id for need in bench.needs if need.is_open}
    editions = sorted(
        SystemEdition.objects.current_editions(), key=lambda edition: edition.system.number
    )
    return own + [
        {"about": edition.system.code, "name": pick(edition, "short"), "why": ""}
        for edition in editions
        if edition.system_id not in taken
    ]


def _form(request: HttpRequest, ranking: Ranking, need: Need | None) -> ReferForm:
    fitting = ranking.fitting[:MOST_SHOWN]
    receivers = [(_value(one.candidate), _name(one.candidate)) for one in fitting]
    chosen = _value(fitting[0].candidate) if fitting else ""
    form = ReferForm(
        request.POST or None,
        receivers=receivers,
        initial={"receiver": chosen, "asked": need.summary if need else ""},
    )
    form.fields["receiver"].choice_hints = {
        _value(one.candidate): gap().join(sentence(said) for said in one.reasons)
        for one in fitting
    }
    return form


def _value(one: Candidate) -> str:
    return f"{one.kind}-{one.pk}"


def _name(one: Candidate) -> str:
    if one.kind == Kind.VOLUNTEER:
        return _("%(name)s (volunteer)") % {"name": one.name}
    return one.name


def _shown(bench: Bench, system: GuidanceSystem, ranking: Ranking) -> dict[str, Any]:
    edition = SystemEdition.objects.current().filter(system=system).first()
    return {
        "system": pick(edition, "short") if edition else system.code,
        "place": place_words(bench.case.county, bench.case.district),
        "has_fitting": bool(ranking.fitting),
        "more": max(len(ranking.fitting) - MOST_SHOWN, 0),
        "ruled_out": [
            {
                "name": _name(out.candidate),
                "why": gap().join(sentence(said) for said in out.reasons),
            }
            for out in ranking.ruled_out
        ],
    }


def _request(form: ReferForm) -> Request:
    kind, pk = form.receiver_chosen()
    said = form.cleaned_data
    return Request(
        kind=kind,
        receiver_id=pk,
        asked=said["asked"],
        fields=tuple(said["shown"]),
        effort=said["effort"],
        wanted_by=said["wanted_by"],
        consent_on=form.agreed_on(),
    )


def _referral_on(bench: Bench, referral_id: int) -> Referral:
    rows = Referral.objects.with_names().select_related("need__case")
    found = rows.filter(pk=referral_id, case=bench.case).first()
    if found is None:
        raise Http404
    found.case = bench.case
    return found


@require_POST
@on_bench
def recall(request: HttpRequest, bench: Bench, referral_id: int) -> HttpResponse:
    """Take a referral back; the receiver sees nothing of the SME from now on."""
    found = _referral_on(bench, referral_id)
    demand(can_recall(request.user, found))
    return do(
        request,
        bench,
        _("The referral is recalled."),
        lambda: referral.recall(referral_id=found.pk, by_id=request.user.pk),
    )


@require_POST
@on_bench
def send_link(request: HttpRequest, bench: Bench, referral_id: int) -> HttpResponse:
    """Send the link of a receiver without an account again; the old one stops working."""
    found = _referral_on(bench, referral_id)
    demand(can_recall(request.user, found))
    return do(
        request,
        bench,
        _("A new link is on its way; the old one no longer works."),
        lambda: referral_links.send_again(referral_id=found.pk, by_id=request.user.pk),
    )


@require_POST
@on_bench
def take_up(request: HttpRequest, bench: Bench, referral_id: int) -> HttpResponse:
    """See to it otherwise, after nobody took it."""
    found = _referral_on(bench, referral_id)
    demand(can_take_up(request.user, found))
    return do(
        request,
        bench,
        _("It has left the list of what nobody took."),
        lambda: referral.take_up(referral_id=found.pk, by_id=request.user.pk),
    )
