"""What an applicant agreed to, purpose by purpose, and taking it back."""

from django.db import transaction
from django.utils import timezone

from assistance.events import CaseEvent
from assistance.models import Case, Consent, ConsentPurpose
from assistance.services.errors import ConsentNeededError
from ledger.recording import record

# Without these nobody could work on the case: taking them back is withdrawing the request.
NEEDED = (ConsentPurpose.HANDLE, ConsentPurpose.SHARE_WITH_AGENCIES)


@transaction.atomic
def withdraw(*, case_id: int, purpose: ConsentPurpose, by_id: int | None) -> bool:
    """Take a consent back from now on; False when it was not in force.

    Raises ConsentNeededError for those without which the case cannot be handled.
    """
    case = Case.objects.locked().get(pk=case_id)
    if purpose in NEEDED:
        raise ConsentNeededError
    given = Consent.objects.filter(case=case, purpose=purpose, withdrawn_at=None)
    if not given.update(withdrawn_at=timezone.now()):
        return False
    facts = {"purpose": purpose.value}
    record(CaseEvent.CONSENT_WITHDRAWN, subject=case, actor_id=by_id, facts=facts)
    return True
