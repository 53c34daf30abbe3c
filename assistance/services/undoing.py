"""Taking back an assignment one has just made, as long as nothing else has happened."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from assistance.events import CaseEvent
from assistance.models import Case
from assistance.services.triage import check_works_for
from assistance.states import CaseState
from foundation.errors import DomainError
from ledger.models import Entry
from ledger.recording import record

UNDO_WITHIN = timedelta(minutes=2)


class ChangedSinceError(DomainError):
    message = _("Something has happened in this case since. Assign it anew instead.")


class UndoTooLateError(DomainError):
    message = _("The two minutes for undoing have passed. Assign it anew instead.")


@transaction.atomic
def undo_assign(*, case_id: int, by_id: int, up_to: int) -> Case:
    """Give a case back to whoever had it before one's own assignment, within two minutes.

    `up_to` is the last entry the person knew of when the undoing was offered. Raises
    ChangedSinceError where the assignment is not the last thing that happened, or somebody
    else's; UndoTooLateError after two minutes; NotAnOfficerOfTheAgencyError where the officer
    before is no longer in post.
    """
    case = Case.objects.locked().get(pk=case_id)
    now = timezone.now()
    last = Entry.objects.about(case).last()
    if last is None or not _is_own_assignment(last, by_id) or last.pk > up_to:
        raise ChangedSinceError
    if now - last.at > UNDO_WITHIN:
        raise UndoTooLateError
    before_id, after_id = last.facts["from"], case.lead_officer_id
    if before_id is not None:
        check_works_for(before_id, case.lead_agency_id)
    if last.facts["was"] == CaseState.SUBMITTED:
        case.move_to(CaseState.SUBMITTED)
    case.lead_officer_id = before_id
    case.updated_at = now
    case.save(update_fields=["state", "lead_officer", "updated_at"])
    facts = {"from": after_id, "to": before_id}
    record(CaseEvent.ASSIGNMENT_UNDONE, subject=case, actor_id=by_id, facts=facts)
    return case


def _is_own_assignment(entry: Entry, by_id: int) -> bool:
    is_assignment = entry.event == CaseEvent.ASSIGNED and "was" in entry.facts
    return is_assignment and entry.actor_id == by_id
