"""What an applicant agreed to, purpose by purpose, and taking it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from assistance.events import CaseEvent
from assistance.models import Case, Consent, ConsentPurpose
from assistance.services import needs
from assistance.services.errors import ConsentNeededError, SharingSettledError
from ledger.recording import record

# Without it nobody could work on the case: taking it back is withdrawing the request.
NEEDED = (ConsentPurpose.HANDLE,)


@transaction.atomic
def withdraw(*, case_id: int, purpose: ConsentPurpose, by_id: int | None) -> bool:
    """Take a consent back from now on; False when it was not in force.

    Without the consent to share, other agencies than the lead one lose the needs they still
    hold, and no further agency can be asked. Raises ConsentNeededError for the consent without
    which nobody can work, SharingSettledError where nothing is left to end.
    """
    case = Case.objects.locked().get(pk=case_id)
    if purpose in NEEDED:
        raise ConsentNeededError
    is_sharing = purpose == ConsentPurpose.SHARE_WITH_AGENCIES
    if is_sharing and not case.is_open:
        raise SharingSettledError
    now = timezone.now()
    given = Consent.objects.in_force(purpose).filter(case=case)
    if not given.update(withdrawn_at=now):
        return False
    facts: dict[str, Any] = {"purpose": purpose.value}
    if is_sharing:
        facts["needs"] = needs.drop_elsewhere(case, by_id=by_id, at=now)
        case.updated_at = now
        case.save()
    record(CaseEvent.CONSENT_WITHDRAWN, subject=case, actor_id=by_id, facts=facts)
    return True
