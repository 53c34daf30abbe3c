"""Whoever has left an agency or an enterprise hears nothing more; somebody still hears."""

import pytest
from django.utils import timezone

from accounts.roles import Role
from assistance.services import messages, resolution
from ledger.relay import relay_due
from notifications.models import Message
from tests.factories.accounts import (
    EnterpriseFactory,
    EnterpriseMembershipFactory,
    StaffMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import CaseFactory, CoordinatorFactory, NeedFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def smesa():
    return CoordinatorFactory()


@pytest.fixture
def duty(smesa):
    return StaffMembershipFactory(agency=smesa, role=Role.DUTY).user


def leave(post):
    post.ended_at, post.ended_by = timezone.now(), UserFactory()
    post.save()


def told():
    relay_due(limit=100)
    portal = Message.objects.filter(channel="portal").values_list("user_id", flat=True)
    mails = Message.objects.filter(channel="email").values_list("email", flat=True)
    return set(portal), set(mails)


def test_what_an_sme_writes_goes_to_the_duty_officers_once_the_officer_has_left(smesa, duty):
    post = StaffMembershipFactory(agency=smesa, role=Role.LEAD)
    case = CaseFactory(in_progress=True, lead_agency=smesa, lead_officer=post.user)
    leave(post)

    messages.send_from_sme(case_id=case.pk, author_id=None, body="請問進度？")

    people, mails = told()
    assert people == {duty.pk}
    assert post.user.email not in mails


def test_a_need_given_back_goes_to_the_agency_once_its_officer_has_left(smesa, duty):
    need = NeedFactory(answered=True, case=CaseFactory(reopened=True, lead_agency=smesa))
    left = StaffMembershipFactory(agency=need.agency, role=Role.OFFICER, user=need.officer)
    colleague = StaffMembershipFactory(agency=need.agency, role=Role.OFFICER).user
    leave(left)

    resolution.reopen_need(need_id=need.pk, by_id=duty.pk)

    people, _mails = told()
    assert people == {colleague.pk}


def test_nobody_writes_to_the_address_of_one_who_left_the_enterprise(smesa, duty):
    left = EnterpriseMembershipFactory(role=Role.OWNER, ended=True)
    case = CaseFactory(
        in_progress=True,
        lead_agency=smesa,
        enterprise=left.enterprise,
        applicant=left.user,
        contact_email=left.user.email,
    )

    messages.send_from_agency(
        case_id=case.pk, need_id=None, by_id=duty.pk, agency_id=smesa.pk, body="您好"
    )

    assert told() == (set(), set())


def test_a_caller_without_an_account_is_still_written_to(smesa, duty):
    case = CaseFactory(
        in_progress=True,
        lead_agency=smesa,
        enterprise=EnterpriseFactory(),
        contact_email="caller@example.test",
    )

    messages.send_from_agency(
        case_id=case.pk, need_id=None, by_id=duty.pk, agency_id=smesa.pk, body="您好"
    )

    assert told() == (set(), {"caller@example.test"})
