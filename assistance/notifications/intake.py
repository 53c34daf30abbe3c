"""Who hears that a request has come in: the person who asked, and the officers on duty."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.models import StaffMembership
from accounts.roles import Permission
from assistance.events import CaseEvent
from assistance.models import Case, MandatedRequest
from assistance.next_steps import next_steps
from assistance.states import Source
from ledger.models import Entry
from notifications.registry import (
    About,
    Concerns,
    NotificationType,
    Recipient,
    notification,
)


def _case(entry: Entry) -> Case:
    return Case.objects.select_related("applicant", "lead_agency").get(pk=entry.subject_id)


def _filing(case: Case) -> MandatedRequest | None:
    """Under whose mandate it was filed, where it was."""
    if case.source != Source.MANDATE:
        return None
    return MandatedRequest.objects.filter(case=case).select_related("mandate__filer").first()


def applicant_of(case: Case) -> Recipient:
    """The person who asked, at the address of the case."""
    return Recipient(
        user_id=case.applicant_id,
        email=case.contact_email,
        language=case.language,
        reason=_("You asked for help at this portal."),
    )


@notification
class RequestReceived(NotificationType):
    """The receipt: number, next steps with dates, who will see it."""

    kind = "assistance.case.submitted"
    event = CaseEvent.SUBMITTED
    label = _("Receipt for your request")
    template = "assistance/messages/assistance.case.submitted"
    may_switch_off = False

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        yield applicant_of(_case(entry))

    def context(self, entry: Entry, recipient: Recipient) -> Mapping[str, Any]:
        case = _case(entry)
        return {
            "case": case,
            "steps": next_steps(case),
            "papers": entry.facts.get("files", 0),
            "is_guest": case.applicant_id is None,
            "filing": _filing(case),
        }

    def path(self, entry: Entry, recipient: Recipient) -> str:
        case = _case(entry)
        if recipient.user_id is None:
            return f"{reverse('track:lookup')}?number={case.reference}"
        return reverse("cases:detail", args=[case.reference])


@notification
class RequestArrived(NotificationType):
    """The duty officers hear that a case waits to be taken."""

    kind = "assistance.case.arrived"
    event = CaseEvent.SUBMITTED
    about = About.WORK
    label = _("A new request came in")
    template = "assistance/messages/assistance.case.arrived"
    concerns = Concerns.STAFF

    def audience(self, entry: Entry) -> Iterable[Recipient]:
        on_duty = StaffMembership.objects.in_force().giving(Permission.CASE_TRIAGE)
        ids = on_duty.values_list("user_id", flat=True).distinct()
        for user_id in ids.exclude(user_id=entry.actor_id):
            yield Recipient(user_id=user_id, reason=_("You are on duty for new requests."))

    def context(self, entry: Entry, recipient: Recipient) -> Mapping[str, Any]:
        return {"case": _case(entry)}

    def path(self, entry: Entry, recipient: Recipient) -> str:
        return reverse("desk:case", args=[_case(entry).reference])
