"""Where administrators keep the routing rules: draft, rehearse, turn on, end."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import Agency
from accounts.reference import county_name
from assistance.forms.routing_rules import AddRuleForm, RuleForm, first_values
from assistance.models import RuleVersion, SystemEdition
from assistance.routing_permissions import can_edit_routing
from assistance.services import routing_rules
from assistance.services.routing_rules import RuleTerms
from assistance.states import RuleState
from assistance.statistics.rehearsal import rehearse as rehearse_change
from assistance.views.rule_words import RuleRow, row_of
from foundation.acting import done_or_told
from foundation.errors import DomainError
from foundation.guards import requires
from foundation.htmx import redirect, render
from foundation.languages import pick

LIST_PAGE = "assistance/routing/list.html"
FORM_PAGE = "assistance/routing/edit.html"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
@requires(can_edit_routing)
def index(request: HttpRequest) -> HttpResponse:
    """Rules in the order in which they are tried; drafts beside them, ended ones below."""
    return _show_all(request)


def _show_all(request: HttpRequest, *, status: int = 200) -> HttpResponse:
    rows: dict[str, list[RuleRow]] = defaultdict(list)
    names = _system_names()
    for version in RuleVersion.objects.visible_to(request.user).with_names().in_order():
        rows[version.state].append(row_of(version, names))
    context = {
        "in_force": rows[RuleState.IN_FORCE],
        "drafts": rows[RuleState.DRAFT],
        "ended": rows[RuleState.ENDED],
    }
    return render(request, LIST_PAGE, context, status=status)


@form_page
@requires(can_edit_routing)
def add(request: HttpRequest) -> HttpResponse:
    """Draft a new rule."""
    form = AddRuleForm(request.POST or None, **_choices())

    def act() -> RuleVersion:
        key = form.cleaned_data["idempotency_key"]
        terms = RuleTerms(**form.terms)
        return routing_rules.add(terms=terms, by_id=request.user.pk, key=key)[0]

    return _run(request, form, act, None)


@form_page
@requires(can_edit_routing)
def draft(request: HttpRequest, version_id: int) -> HttpResponse:
    """Change a draft, or begin one from the version in force, which stays as it is until then."""
    version = _version(request, version_id)
    form = RuleForm(request.POST or None, initial=first_values(version), **_choices())

    def act() -> RuleVersion:
        terms = RuleTerms(**form.terms)
        return routing_rules.draft(rule_id=version.rule_id, terms=terms, by_id=request.user.pk)

    return _run(request, form, act, version)


def _run(
    request: HttpRequest,
    form: RuleForm,
    act: Callable[[], RuleVersion],
    version: RuleVersion | None,
) -> HttpResponse:
    context = {"form": form, "version": version}
    if request.method != "POST":
        return render(request, FORM_PAGE, context)
    if not form.is_valid():
        return render(request, FORM_PAGE, context, status=422)
    try:
        kept = act()
    except DomainError as refusal:
        form.add_error(None, str(refusal))
        return render(request, FORM_PAGE, context, status=409)
    messages.success(
        request, _("The draft is kept. See what it would change before turning it on.")
    )
    return redirect(request, "manage:routing_rehearse", kept.pk)


@require_safe
@requires(can_edit_routing)
def rehearse(request: HttpRequest, version_id: int) -> HttpResponse:
    """Which of last quarter's cases would have gone elsewhere; nothing is written.

    A draft is rehearsed as turned on, a version in force as ended.
    """
    seen = RuleVersion.objects.visible_to(request.user).with_names()
    version = get_object_or_404(seen.exclude(state=RuleState.ENDED), pk=version_id)
    found = rehearse_change(version, timezone.localdate())
    names = _system_names()
    agencies = {agency.pk: pick(agency, "name") for agency in Agency.objects.all()}
    moves = [
        {
            "move": move,
            "county": county_name(move.county),
            "system": names.get(move.system, move.system),
            "before": agencies.get(move.from_agency_id, "—"),
            "after": agencies.get(move.to_agency_id, "—"),
        }
        for move in found.moves
    ]
    context = {
        "row": row_of(version, names),
        "found": found,
        "moves": moves,
        "is_draft": version.state == RuleState.DRAFT,
    }
    return render(request, "assistance/routing/rehearse.html", context)


@require_POST
@requires(can_edit_routing)
def turn_on(request: HttpRequest, version_id: int) -> HttpResponse:
    """Put a draft in force."""
    done = _("The rule is in force for cases from now on.")
    return _do(request, version_id, routing_rules.turn_on, done)


@require_POST
@requires(can_edit_routing)
def end(request: HttpRequest, version_id: int) -> HttpResponse:
    """Take a rule out of force."""
    done = _("The rule is no longer in force.")
    return _do(request, version_id, routing_rules.end, done)


@require_POST
@requires(can_edit_routing)
def discard(request: HttpRequest, version_id: int) -> HttpResponse:
    """Drop a draft."""
    done = _("The draft is discarded.")
    return _do(request, version_id, routing_rules.discard, done)


def _do(
    request: HttpRequest, version_id: int, act: Callable[..., object], done: str
) -> HttpResponse:
    version = _version(request, version_id)
    return done_or_told(
        request,
        lambda: act(version_id=version.pk, by_id=request.user.pk),
        done,
        redirect(request, "manage:routing"),
        lambda: _show_all(request, status=409),
    )


def _version(request: HttpRequest, version_id: int) -> RuleVersion:
    seen = RuleVersion.objects.visible_to(request.user).with_names()
    return get_object_or_404(seen, pk=version_id)


def _choices() -> dict[str, Any]:
    systems = SystemEdition.objects.on(timezone.localdate()).select_related("system").in_order()
    agencies = Agency.objects.current().order_by("name_zh")
    return {
        "agencies": [(str(agency.pk), pick(agency, "name")) for agency in agencies],
        "systems": [
            (str(one.system_id), f"{one.system.number} {pick(one, 'short')}") for one in systems
        ],
    }


def _system_names() -> dict[str, str]:
    """The short names of the systems today, by code."""
    editions = SystemEdition.objects.on(timezone.localdate()).select_related("system")
    return {one.system.code: pick(one, "short") for one in editions}
