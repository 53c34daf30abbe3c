"""Files beside a case that is open already: the same as asking who may see them."""

import pytest

from accounts.roles import Role
from assistance.models import Attachment, CaseMessage
from assistance.states import Side
from tests.factories.accounts import (
    AgencyFactory,
    EnterpriseFactory,
    StaffMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import (
    AttachmentFactory,
    CaseFactory,
    CaseMessageFactory,
    CoordinatorFactory,
    NeedFactory,
)

pytestmark = pytest.mark.django_db


def test_files_beside_a_case_are_those_the_reader_may_see_anyway():
    smesa, ida, ita = CoordinatorFactory(), AgencyFactory(), AgencyFactory()
    owner = UserFactory()
    case = CaseFactory(lead_agency=smesa, enterprise=EnterpriseFactory(owner=owner))
    readers = {
        "owner": owner,
        "lead": StaffMembershipFactory(agency=smesa, role=Role.LEAD).user,
        "ida": StaffMembershipFactory(agency=ida, role=Role.OFFICER).user,
        "ita": StaffMembershipFactory(agency=ita, role=Role.OFFICER).user,
        "auditor": StaffMembershipFactory(agency=smesa, role=Role.AUDITOR).user,
    }
    AttachmentFactory(case=case)
    for agency in (ida, ita):
        need = NeedFactory(case=case, agency=agency, offered=True)
        for kind in ("message", "note"):
            said = CaseMessageFactory(
                case=case, need=need, agency=agency, kind=kind, side=Side.AGENCY
            )
            AttachmentFactory(case=case, message=said)
    AttachmentFactory(case=CaseFactory())

    found = {}
    for name, reader in readers.items():
        said = CaseMessage.objects.visible_to(reader).filter(case=case)
        beside = set(Attachment.objects.beside(case.pk, [one.pk for one in said]))
        assert beside == set(Attachment.objects.visible_to(reader).filter(case=case)), name
        found[name] = len(beside)

    assert found == {"owner": 3, "lead": 5, "ida": 3, "ita": 3, "auditor": 5}
