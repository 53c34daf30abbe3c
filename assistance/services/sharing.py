"""With whom a case may be shared: with other agencies only while the applicant agrees to it."""

from assistance.models import Case, Consent, ConsentPurpose
from assistance.services.errors import SharingTakenBackError


def check(case: Case, agency_id: int) -> None:
    """Refuse another agency than the lead one where the applicant took her consent back."""
    if agency_id == case.lead_agency_id:
        return
    taken_back = Consent.objects.taken_back(ConsentPurpose.SHARE_WITH_AGENCIES)
    if taken_back.filter(case=case).exists():
        raise SharingTakenBackError
