"""Mandates in force: further requests, who sees what, and every way they end."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from assistance.events import CaseEvent
from assistance.models import Attachment, Case, CaseMessage, Mandate, MandatedRequest
from assistance.services import mandate_answers, mandate_links, mandates
from assistance.services.errors import (
    MandateNotInForceError,
    NobodyThereError,
    OutsideMandateError,
)
from assistance.states import MandateState
from foundation.transitions import MoveNotAllowedError
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance.desk import officer
from tests.assistance.mandating import (
    asked,
    file_under,
    letters,
    prepared,
    secret_of,
    standing,
)
from tests.factories.accounts import (
    EnterpriseFactory,
    EnterpriseMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import AttachmentFactory, CaseMessageFactory, today
from tests.factories.mandates import MandatedRequestFactory, MandateFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _catalogue(two_systems):
    """A catalogue to ask in."""


@pytest.fixture
def filer():
    return UserFactory(name="王會計", verified=True)


@pytest.fixture
def owner():
    return UserFactory(name="林雅雯", verified=True)


@pytest.fixture
def firm(owner):
    return EnterpriseFactory(owner=owner, business_number="04595257", name_zh="真正的木業")


def test_under_a_standing_mandate_a_request_is_filed_once_and_she_is_told(filer, firm, owner):
    mandate, key = standing(filer, owner), uuid.uuid4()

    first, again = file_under(mandate, key), file_under(mandate, key)
    relay_due(100)

    assert first == again
    assert (first.enterprise, first.applicant, first.opened_by) == (firm, owner, filer)
    assert MandatedRequest.objects.filed().get().case == first
    receipt = Message.objects.get(user=owner, kind="assistance.case.submitted", channel="email")
    assert "王會計" in receipt.text


def test_who_confirmed_has_left_so_an_owner_is_told_in_her_stead(filer, firm, owner):
    member = EnterpriseMembershipFactory(enterprise=firm, role="member")
    mandate = standing(filer, member.user)
    firm.memberships.filter(pk=member.pk).update(state="ended", ended_at=timezone.now())

    assert file_under(mandate).applicant == owner


def test_an_enterprise_nobody_belongs_to_any_more_is_filed_for_no_more(filer, firm, owner):
    mandate = standing(filer, owner)
    firm.memberships.update(state="ended", ended_at=timezone.now())

    with pytest.raises(NobodyThereError):
        file_under(mandate)


def test_a_mandate_for_one_request_files_no_other(filer, firm, owner):
    mandate = standing(filer, owner, is_standing=False)

    with pytest.raises(MandateNotInForceError):
        file_under(mandate)


def test_a_mandate_for_some_systems_files_only_those(filer, firm, owner):
    mandate = standing(filer, owner, systems=["financing"])

    for codes in ([], ["marketing"], ["financing", "marketing"]):
        with pytest.raises(OutsideMandateError):
            file_under(mandate, systems=codes)

    assert file_under(mandate, systems=["financing"]).main_system.code == "financing"


@pytest.mark.parametrize(
    "ended", [{"valid_to": dt.date(2020, 1, 2), "given_on": dt.date(2020, 1, 1)}, {}]
)
def test_after_its_end_nothing_is_filed_and_nothing_seen(filer, firm, owner, ended):
    mandate = standing(filer, owner)
    case = file_under(mandate)
    assert Case.objects.visible_to(filer).get() == case
    if ended:
        Mandate.objects.update(**ended)
    else:
        mandate_answers.withdraw(mandate_id=mandate.pk, by_id=owner.pk)

    with pytest.raises(MandateNotInForceError):
        file_under(mandate)
    assert not Case.objects.visible_to(filer).exists()


def test_withdrawn_the_case_keeps_the_fact_and_both_are_told(filer, firm, owner):
    mandate = standing(filer, owner)
    case = file_under(mandate)

    mandate_answers.withdraw(mandate_id=mandate.pk, by_id=owner.pk)
    relay_due(100)

    ended = Entry.objects.get(event=CaseEvent.MANDATE_ENDED)
    assert ended.stream == f"assistance.case:{case.pk}"
    assert Message.objects.filter(user=filer, kind="assistance.mandate_withdrawn").exists()
    assert Case.objects.get().opened_by == filer
    with pytest.raises(MoveNotAllowedError):
        mandate_answers.withdraw(mandate_id=mandate.pk, by_id=owner.pk)


def test_the_filer_reads_what_the_sme_reads_and_nothing_more(filer, firm, owner):
    mandate = standing(filer, owner)
    case = file_under(mandate)
    said = CaseMessageFactory(case=case, from_agency=True)
    note = CaseMessageFactory(case=case, note=True)
    paper = AttachmentFactory(case=case)
    hidden = AttachmentFactory(case=case, message=note)

    assert set(CaseMessage.objects.visible_to(filer)) == {said}
    assert set(Attachment.objects.visible_to(filer)) == {paper}
    assert hidden not in Attachment.objects.visible_to(filer)
    assert not CaseMessage.objects.visible_to(UserFactory()).exists()


def test_without_leave_to_read_the_filer_sees_no_case(filer, firm, owner):
    mandate = standing(filer, owner, may_read=False)
    case = file_under(mandate)

    assert not Case.objects.visible_to(filer).exists()
    assert not Attachment.objects.visible_to(filer).exists()
    assert Case.objects.of_applicant(owner).get() == case


def test_who_goes_to_work_for_an_agency_sees_no_case_as_a_filer(filer, firm, owner):
    file_under(standing(filer, owner))
    member_of_staff = officer("officer")
    Mandate.objects.update(filer=member_of_staff)

    assert not Case.objects.filed_by(member_of_staff).exists()


def test_laid_down_it_is_over_and_one_nobody_heard_of_is_gone(filer, firm, owner):
    mandate = standing(filer, owner)
    never_asked = prepared(filer, business_number="99990009")

    for one in (mandate, never_asked):
        mandates.lay_down(mandate_id=one.pk, filer_id=filer.pk)

    mandate.refresh_from_db()
    assert mandate.state == MandateState.LAID_DOWN
    assert not Mandate.objects.filter(pk=never_asked.pk).exists()


def test_nobody_lays_down_anothers_mandate(filer):
    made = asked(filer)

    with pytest.raises(Mandate.DoesNotExist):
        mandates.lay_down(mandate_id=made.pk, filer_id=UserFactory().pk)


def test_the_calendar_lapses_expires_and_forgets(filer):
    now = timezone.now()
    old = now - dt.timedelta(days=31)
    unanswered = asked(filer)
    over = MandateFactory(
        confirmed=True, given_on=today() - dt.timedelta(days=9), valid_to=today() - dt.timedelta(1)
    )
    begun = MandateFactory(prepared=True, prepared_at=old)
    Mandate.objects.filter(pk=unanswered.pk).update(asked_at=old)

    assert mandate_answers.end_due(now) == 3
    assert mandate_answers.end_due(now) == 0

    states = dict(Mandate.objects.values_list("pk", "state"))
    assert states == {unanswered.pk: MandateState.LAPSED, over.pk: MandateState.EXPIRED}
    assert begun.pk not in states
    assert mandate_links.find(secret_of(letters().get())) is None


@pytest.mark.parametrize(
    ("confirmed_before", "ends_in", "is_told"),
    [(366, 300, True), (100, 20, True), (100, 200, False), (20, 20, False)],
)
def test_once_a_year_and_before_the_end_she_is_reminded(confirmed_before, ends_in, is_told):
    now = timezone.now()
    made = MandateFactory(confirmed=True, valid_to=today() + dt.timedelta(days=ends_in))
    Mandate.objects.update(confirmed_at=now - dt.timedelta(days=confirmed_before))

    assert mandate_answers.end_due(now) == int(is_told)
    assert mandate_answers.end_due(now) == 0

    assert letters(made.principal_email).count() == int(is_told)


def test_members_are_reminded_in_the_portal(firm, owner):
    made = MandateFactory(confirmed=True, enterprise=firm)
    Mandate.objects.update(confirmed_at=timezone.now() - dt.timedelta(days=400))

    mandate_answers.end_due(timezone.now())
    relay_due(100)

    assert Message.objects.filter(user=owner, kind="assistance.mandate_reminded").exists()
    assert not letters(made.principal_email).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "flying"},
        {"asked_at": None},
        {"state": MandateState.CONFIRMED},
        {"state": MandateState.WITHDRAWN, "ended_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
        {"state": MandateState.LAPSED},
        {"may_read": False, "may_write": True},
        {"valid_to": dt.date(2000, 1, 1)},
    ],
)
def test_the_database_keeps_a_mandate_whole(wrong):
    made = MandateFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        Mandate.objects.filter(pk=made.pk).update(**wrong)


@pytest.mark.parametrize("wrong", [{"state": "filed"}, {"state": "dropped"}, {"state": "x"}])
def test_the_database_keeps_a_request_whole(wrong):
    made = MandatedRequestFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        MandatedRequest.objects.filter(pk=made.pk).update(**wrong)


def test_one_request_waits_and_one_question_is_open_at_a_time(filer):
    made = asked(filer)

    for again in (
        lambda: MandatedRequestFactory(mandate=made),
        lambda: MandateFactory(filer=filer, business_number=made.business_number),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            again()


def test_the_letter_reads_as_a_letter_in_her_language(filer):
    asked(filer, language="en")

    letter = letters().get()
    assert letter.subject == "王會計 wants to file for 示範木業有限公司"
    assert "Dear 林雅雯," in letter.text
    assert "/en" + reverse("mandates:link", args=["x"])[:-2].removeprefix("/en") in letter.text
