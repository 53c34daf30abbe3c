"""Why a case is proposed to these agencies: the rule that fired, its version, and who was ruled out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from accounts.models import Agency
from assistance.models import Case, RuleVersion, SystemEdition
from assistance.routing.unit_wording import sentence
from assistance.views.casework.bench import Bench, on_bench
from foundation.htmx import render
from foundation.languages import pick


@require_safe
@on_bench
def why(request: HttpRequest, bench: Bench) -> HttpResponse:
    """For each system of the case: who is proposed, by which rule, and why not another."""
    outcome = getattr(bench.case, "routing_outcome", None)
    units = outcome.units if outcome else []
    agencies = {agency.pk: pick(agency, "name") for agency in Agency.objects.all()}
    rules = _rule_names(units)
    systems = SystemEdition.objects.on(timezone.localdate()).select_related("system")
    names = {one.system.code: pick(one, "short") for one in systems}
    rows = [
        {
            "system": names.get(unit["system"], unit["system"]),
            "agency": agencies.get(unit["agency_id"], ""),
            **_rule(unit, rules),
            "ruled_out": [_ruled_out(out, agencies, rules) for out in unit["ruled_out"]],
        }
        for unit in units
    ]
    context = {"case": bench.case, "rows": rows}
    return render(request, "assistance/casework/placing.html", context)


def rules_that_fired(case: Case) -> list[tuple[int, int]]:
    """Number and version of each rule that fired when the case came in."""
    outcome = getattr(case, "routing_outcome", None)
    fired = [(unit["number"], unit["version"]) for unit in (outcome.units if outcome else [])]
    return [one for one in dict.fromkeys(fired) if one[0] is not None]


def proposed_agencies(case: Case) -> dict[str, int]:
    """The agency the rules name for each system, by the system's code."""
    outcome = getattr(case, "routing_outcome", None)
    units = outcome.units if outcome else []
    return {unit["system"]: unit["agency_id"] for unit in units if unit["agency_id"] is not None}


def _rule_names(units: list[dict[str, Any]]) -> dict[tuple[int, int], str]:
    """The names of all rules that were tried, as that version was called."""
    tried = list(units) + [out for unit in units for out in unit["ruled_out"]]
    numbers = {one["number"] for one in tried if one["number"] is not None}
    versions = RuleVersion.objects.filter(rule_id__in=numbers)
    return {(version.rule_id, version.number): pick(version, "name") for version in versions}


def _rule(named: dict[str, Any], rules: dict[tuple[int, int], str]) -> dict[str, Any]:
    number, version = named["number"], named["version"]
    return {"number": number, "version": version, "name": rules.get((number, version), "")}


def _ruled_out(
    out: dict[str, Any], agencies: dict[int, str], rules: dict[tuple[int, int], str]
) -> dict[str, Any]:
    reason = sentence(out["why"]["code"], out["why"]["params"])
    return {**_rule(out, rules), "agency": agencies.get(out["agency_id"], "—"), "why": reason}
