"""Deciding about the case as a whole: split, change the lead, decline, merge."""

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from assistance.forms.casework import DeclineCaseForm, LeadForm, MergeForm, SplitForm
from assistance.models import Case, GuidanceSystem, SystemEdition
from assistance.models.case import CaseQuerySet
from assistance.permissions import (
    can_assign,
    can_decline_case,
    can_merge,
    can_merge_into,
    can_split,
)
from assistance.services import merging, triage
from assistance.services.triage import NeedPlan
from assistance.views.casework.acting import Page, do, run
from assistance.views.casework.bench import (
    Bench,
    agencies_of_systems,
    lead_choices,
    on_bench,
    suggested_codes,
)
from assistance.views.casework.placing import proposed_agencies
from foundation.errors import DomainError
from foundation.guards import demand
from foundation.idempotency import once
from foundation.languages import pick

form_page = require_http_methods(["GET", "HEAD", "POST"])
MOST_CANDIDATES = 20


@form_page
@on_bench
def split(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Split a case into needs and offer each to an agency; suggestions are ticked already."""
    demand(can_split(request.user, bench.case))
    agencies = agencies_of_systems()
    editions = list(SystemEdition.objects.current_editions())
    editions.sort(key=lambda edition: edition.system.number)
    systems = [
        (
            edition.system_id,
            f"{edition.system.number} {pick(edition, 'short')}",
            agencies.get(edition.system_id, []),
        )
        for edition in editions
        if edition.system_id not in _taken(bench)
    ]
    form = SplitForm(
        request.POST or None,
        systems=systems,
        leads=lead_choices(),
        initial=_proposal(bench, agencies),
    )
    page = Page(
        heading=_("Split into needs"),
        button=_("Split and offer"),
        done=_("The agencies have been asked."),
        template="assistance/casework/split.html",
        extra={
            "rows": [
                (form[f"take-{pk}"], form[f"agency-{pk}"], form[f"summary-{pk}"])
                for pk in form.system_ids
            ]
        },
    )
    return run(request, bench, page, form, lambda said: _split(bench, form, said))


def _taken(bench: Bench) -> set[int]:
    return {need.system_id for need in bench.needs if need.is_open}


def _proposal(bench: Bench, agencies: dict[int, list[tuple[int, str]]]) -> dict[str, object]:
    """Tick what the SME wants and what is suggested, each with the agency the routing rules name."""
    wanted = set(bench.case.wanted_systems.values_list("pk", flat=True))
    outcome = getattr(bench.case, "routing_outcome", None)
    codes = suggested_codes(outcome.suggested) if outcome else []
    named = proposed_agencies(bench.case)
    ids = dict(
        GuidanceSystem.objects.filter(code__in=[*codes[:1], *named]).values_list("code", "pk")
    )
    wanted |= {ids[code] for code in codes[:1] if code in ids}
    proposal: dict[str, object] = {f"take-{pk}": True for pk in wanted}
    by_rule = {ids[code]: agency_id for code, agency_id in named.items() if code in ids}
    for system_id, choices in agencies.items():
        if choices:
            offered = [pk for pk, _name in choices]
            first = by_rule.get(system_id)
            proposal[f"agency-{system_id}"] = first if first in offered else offered[0]
    return proposal


def _split(bench: Bench, form: SplitForm, said: dict[str, object]) -> None:
    agency_id, officer_id = form.lead_ids()
    plans = [NeedPlan(pk, agency, summary) for pk, agency, summary in form.chosen()]

    def act() -> Case:
        triage.split(
            case_id=bench.case.pk,
            by_id=bench.user.pk,
            plans=plans,
            lead_agency_id=agency_id,
            lead_officer_id=officer_id,
        )
        return bench.case

    once(
        key=form.cleaned_data["idempotency_key"],
        act="assistance.split",
        by=str(bench.user.pk),
        do=act,
    )


@form_page
@on_bench
def lead(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Give the lead of the case to an agency and one of its officers."""
    demand(can_assign(request.user, bench.case))
    page = Page(
        heading=_("Change who leads"),
        button=_("Change lead"),
        done=_("The lead has changed."),
        intro=_("The lead officer composes the one answer."),
    )
    form = LeadForm(request.POST or None, officers=lead_choices())
    return run(
        request,
        bench,
        page,
        form,
        lambda said: triage.change_lead(
            case_id=bench.case.pk,
            agency_id=form.agency_and_officer()[0],
            officer_id=form.agency_and_officer()[1],
            by_id=request.user.pk,
        ),
    )


@form_page
@on_bench
def decline(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Refuse a case with a reason and where to go instead."""
    demand(can_decline_case(request.user, bench.case))
    page = Page(
        heading=_("Do not accept this case"),
        button=_("Decline case"),
        done=_("The SME has been told why and where to go."),
        intro=_("The case ends here. The SME reads the reason and where to go instead."),
        is_grave=True,
    )
    return run(
        request,
        bench,
        page,
        DeclineCaseForm(request.POST or None),
        lambda said: triage.decline(
            case_id=bench.case.pk,
            by_id=request.user.pk,
            reason=said["reason"],
            text=said["text"],
            where_instead=said["where_instead"],
        ),
    )


@form_page
@on_bench
def compare(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Lay two cases of one enterprise side by side, and merge this one into the other."""
    demand(can_merge(request.user, bench.case))
    hers = same_enterprise(request, bench.case)
    others = hers.open()
    chosen = request.POST.get("into") or request.GET.get("with", "")
    # One that was settled since the page was opened is refused in words, by the service.
    known = hers if request.method == "POST" else others
    other = get_object_or_404(known, reference=chosen) if chosen else None
    page = Page(
        heading=_("Compare and merge"),
        button=_("Merge into the other case"),
        done=_("The two cases are one now."),
        template="assistance/casework/compare.html",
        is_grave=True,
        extra={"other": other, "others": others[:MOST_CANDIDATES]},
    )
    form = MergeForm(request.POST or None, initial={"into": chosen})

    def merge(said: dict[str, Any]) -> Case:
        target = hers.get(reference=said["into"])
        verdict = can_merge_into(request.user, target)
        if not verdict:
            raise DomainError(verdict.reason)
        return merging.merge(
            case_id=bench.case.pk,
            into_id=target.pk,
            by_id=request.user.pk,
            reason=said["reason"],
        )

    return run(request, bench, page, form, merge)


@require_POST
@on_bench
def keep_apart(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Say that this case is no duplicate of the one it looked like."""
    demand(can_merge(request.user, bench.case))
    return do(
        request,
        bench,
        _("This case no longer counts as a suspected duplicate."),
        lambda: merging.keep_apart(case_id=bench.case.pk, by_id=request.user.pk),
    )


def same_enterprise(request: HttpRequest, case: Case) -> CaseQuerySet:
    """Other cases of the same enterprise that this person may see."""
    mine = Q(contact_email__iexact=case.contact_email, enterprise=None, business_number="")
    if case.enterprise_id:
        mine = Q(enterprise_id=case.enterprise_id)
    elif case.business_number:
        mine = Q(business_number=case.business_number)
    return Case.objects.on_desk_of(request.user).filter(mine).exclude(pk=case.pk)
