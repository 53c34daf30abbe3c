"""What became of a quarter's referrals: in all, and by county, topic or unit."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from accounts.reference import counties, county_name
from assistance.figure_permissions import (
    can_compare_units,
    can_read_agency_figures,
    can_read_figures,
)
from assistance.forms.figures import QuarterForm
from assistance.models import Referral
from assistance.models.referral import ReferralQuerySet
from assistance.models.sight import counts_all
from assistance.states import ReferralDecline, ReferralOutcome
from assistance.statistics.referrals import (
    FIGURES,
    GROUPS,
    Key,
    ReferralFigures,
    figures_by,
    referral_figures,
)
from assistance.views.figures.reading import UNSTATED
from assistance.views.figures.topics import topics
from assistance.views.figures.units import unit_code, unit_names
from foundation.downloads import as_file
from foundation.guards import demand, requires
from foundation.htmx import render
from foundation.quarters import Quarter

UNPROCESSABLE = 422
LABELS: dict[str, str | Promise] = {
    "sent": gettext_lazy("Sent"),
    "waiting": gettext_lazy("Waiting for their answer"),
    "accepted": pgettext_lazy("referrals", "Accepted in all"),
    "helping": gettext_lazy("They are helping"),
    "completed": gettext_lazy("Completed"),
    "declined": gettext_lazy("Declined"),
    "lapsed": gettext_lazy("Lapsed without an answer"),
    "recalled": gettext_lazy("Recalled"),
}
HEADS: dict[str, str | Promise] = {
    "county": gettext_lazy("County or city"),
    "topic": gettext_lazy("System"),
    "unit": gettext_lazy("Organisation or volunteer"),
}


@require_safe
@requires(can_read_figures)
def show(request: HttpRequest) -> HttpResponse:
    """All referrals of the quarter, then each county, topic or unit."""
    form = QuarterForm(request.GET)
    is_good = form.is_valid()
    group, rows, quarter = _group(request), _counted(request), form.chosen
    whole = referral_figures(quarter, rows)
    asked = {"quarter": quarter.code}
    context = {
        "form": form,
        "group": group,
        "groups": [
            (name, head, f"?{urlencode(asked | {'by': name})}")
            for name, head in HEADS.items()
            if name != "unit" or can_compare_units(request.user)
        ],
        "head": HEADS[group],
        "labels": LABELS,
        "counts_all": counts_all(request.user),
        "reads_agencies": bool(can_read_agency_figures(request.user)),
        "whole": whole,
        "numbers": _numbers(whole, asked),
        "reasons": _by_code(whole.reasons, ReferralDecline, "declined", "reason", asked),
        "outcomes": _by_code(whole.outcomes, ReferralOutcome, "completed", "outcome", asked),
        "rows": [
            {"name": name, "figures": of, "numbers": _numbers(of, asked | where)}
            for name, where, of in _named(group, figures_by(group, quarter, rows))
        ],
        "export_query": f"?{urlencode(asked | {'by': group})}",
    }
    status = 200 if is_good else UNPROCESSABLE
    return render(request, "assistance/figures/referrals.html", context, status=status)


def _group(request: HttpRequest) -> str:
    group = request.GET.get("by") or "county"
    if group not in GROUPS:
        raise Http404
    if group == "unit":
        demand(can_compare_units(request.user))
    return group


def _counted(request: HttpRequest) -> ReferralQuerySet:
    return Referral.objects.counted_for(request.user)


def _numbers(of: ReferralFigures, asked: Mapping[str, str]) -> list[tuple[Any, int, str]]:
    """Label, number and the address of the list behind it."""
    return [(LABELS[name], getattr(of, name), list_url(asked, figure=name)) for name in FIGURES]


def _by_code(
    found: Mapping[str, int], choices: Any, figure: str, name: str, asked: Mapping[str, str]
) -> list[tuple[Any, int, str]]:
    return [
        (one.label, found[one], list_url(asked, figure=figure, **{name: one.value}))
        for one in choices
        if one in found
    ]


def list_url(asked: Mapping[str, str], **more: str) -> str:
    return f"{reverse('figures:referral_list')}?{urlencode({**asked, **more})}"


def _named(
    group: str, found: Mapping[Key, ReferralFigures]
) -> Iterable[tuple[str, dict[str, str], ReferralFigures]]:
    """Each group with its name and how an address asks for it, in the usual order."""
    if group == "county":
        order = {code: place for place, code in enumerate(counties())}
        for (code,), of in sorted(found.items(), key=lambda row: order.get(row[0][0], len(order))):
            name = county_name(code) or code or _("County not stated")
            yield name, {"county": code or UNSTATED}, of
    elif group == "topic":
        systems = topics(pk for (pk,) in found)
        for pk, system in systems.items():
            if (pk,) in found:
                yield system.name, {"topic": system.code}, found[pk,]
    else:
        names = unit_names(found)
        for key in sorted(found, key=lambda key: names[key]):
            yield names[key], {"unit": unit_code(key)}, found[key]


@require_safe
@requires(can_read_figures)
def csv_file(request: HttpRequest) -> HttpResponse:
    """The table by county, topic or unit; no case is in it."""
    form = QuarterForm(request.GET)
    form.is_valid()
    group, quarter = _group(request), form.chosen
    lines = _lines(request, group, quarter)
    return as_file(_heads(group), lines, name=f"referrals-{quarter.code}-{group}")


def _heads(group: str) -> list[object]:
    last = [_("Days to the answer (median)"), _("Minutes reported")]
    return [_("Quarter"), HEADS[group], *LABELS.values(), *last]


def _lines(request: HttpRequest, group: str, quarter: Quarter) -> Iterable[list[object]]:
    found = figures_by(group, quarter, _counted(request))
    for name, _where, of in _named(group, found):
        wait = "" if of.wait_days is None else f"{of.wait_days:.1f}"
        yield [quarter.code, name, *(getattr(of, one) for one in FIGURES), wait, of.minutes]
