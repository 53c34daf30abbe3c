"""What pages show of a mandate: its facts in order, and who filed a case."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from assistance.models import Case, Mandate, MandatedRequest
from assistance.models.mandate import MandateQuerySet
from assistance.states import MandateState, Source
from assistance.timeline.names import system_name
from foundation.templatetags.formats import day_filter as day

MOST_ASKED = 10
# The colours of chips that mandates share with cases.
LOOKS: dict[str, str] = {
    MandateState.PREPARED: "draft",
    MandateState.ASKED: "waiting",
    MandateState.CONFIRMED: "answered",
    MandateState.REFUSED: "declined",
    MandateState.WITHDRAWN: "withdrawn",
    MandateState.LAID_DOWN: "withdrawn",
    MandateState.LAPSED: "closed",
    MandateState.EXPIRED: "closed",
}


def filing_of(case: Case) -> MandatedRequest | None:
    """Under which mandate a case was filed; asked only of those that were."""
    if case.source != Source.MANDATE:
        return None
    return MandatedRequest.objects.filter(case=case).select_related("mandate__filer").first()


def asked_of(user: Any) -> MandateQuerySet:
    """What a person's enterprises are asked to confirm."""
    asked = Mandate.objects.granted_by(user).filter(state=MandateState.ASKED)
    return asked.select_related("filer").order_by("-asked_at")[:MOST_ASKED]


def facts(mandate: Mandate) -> list[dict[str, Any]]:
    """The mandate in rows for a summary list."""
    filer = f"{mandate.filer}\n{mandate.get_capacity_display()}"
    if mandate.firm:
        filer += f" · {mandate.firm}"
    rows = [
        (_("Who files"), filer),
        (_("Enterprise"), f"{mandate.enterprise_name} {mandate.business_number}"),
        (_("Mandate given"), f"{day(mandate.given_on)} · {mandate.get_given_how_display()}"),
        (_("For which kinds of help"), _systems(mandate)),
        (_("What the filer may do"), _allowed(mandate)),
        (_("Until"), day(mandate.valid_to)),
    ]
    if mandate.confirmed_at:
        by = str(mandate.confirmed_by) if mandate.confirmed_by else _("by e-mail")
        rows.append((_("Confirmed"), f"{day(mandate.confirmed_at)} · {by}"))
    if mandate.ended_at:
        rows.append((mandate.get_state_display(), day(mandate.ended_at)))
    return [{"label": label, "value": value} for label, value in rows]


def papers(mandate: Mandate, url_of: Callable[[UUID], str] | None = None) -> list[dict[str, Any]]:
    """The papers that prove a mandate, for a file list; `url_of` says where one is read."""
    lead = url_of or (lambda pk: reverse("files:download", args=[pk]))
    return [
        {
            "name": one.name,
            "size": one.size,
            "url": lead(one.pk) if one.is_readable else "",
            "state": "ready" if one.is_readable else "pending",
        }
        for one in mandate.papers.filter(removed_at=None)
    ]


def row(mandate: Mandate) -> dict[str, Any]:
    """One line of a list of mandates."""
    return {
        "mandate": mandate,
        "look": LOOKS[mandate.state],
        "label": mandate.get_state_display(),
        "ends": mandate.valid_to if mandate.state == MandateState.CONFIRMED else None,
    }


def after(request: HttpRequest) -> str:
    return request.GET.get("after", "")


def _systems(mandate: Mandate) -> str:
    names = [system_name(one.pk) for one in mandate.systems.all()]
    return "\n".join(names) or _("All kinds of help")


def _allowed(mandate: Mandate) -> str:
    lines = [_("Prepare and file requests")]
    if mandate.is_standing:
        lines = [_("File requests without asking again; you are told of each")]
    if mandate.may_read:
        lines.append(_("Read how these cases go on, with the agencies' messages and answer"))
    if mandate.may_write:
        lines.append(_("Write to the agencies and send papers in these cases"))
    return "\n".join(lines)
