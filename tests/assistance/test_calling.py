"""What a caller says of an enterprise shows nothing to it before it confirms the call."""

import uuid

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from assistance.events import CaseEvent
from assistance.models import Case, StatedEnterprise, Statement
from assistance.services import calling, intake
from assistance.services.errors import (
    AlreadyInAnAccountError,
    NotAMemberError,
    NotThatCaseError,
    StatementSettledError,
)
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance import asking as ask
from tests.factories.accounts import EnterpriseFactory, UserFactory
from tests.factories.assistance import StatedEnterpriseFactory

pytestmark = pytest.mark.django_db
NUMBER = "99990010"


@pytest.fixture(autouse=True)
def catalogue(db):
    ask.catalogue()


@pytest.fixture
def duty():
    return UserFactory(staff_role="duty")


@pytest.fixture
def owner():
    return UserFactory(email="owner@firm.example", verified=True)


@pytest.fixture
def firm(owner):
    return EnterpriseFactory(owner=owner, business_number=NUMBER, name_zh="示範木業有限公司")


def call(duty, key=None, **said):
    asked = ask.asking(
        source="phone", business_number=NUMBER, contact_phone="04-2345-6789", **said
    )
    return calling.open_for_caller(
        key=key or uuid.uuid4(), by=str(duty.pk), asking=asked, opened_by_id=duty.pk
    )


def events(case):
    return set(
        Entry.objects.filter(stream=f"assistance.case:{case.pk}").values_list("event", flat=True)
    )


def test_the_stated_enterprise_is_asked_and_sees_nothing(client, duty, owner, firm):
    case = call(duty)

    assert case.enterprise is None
    assert not Case.objects.visible_to(owner).exists()
    assert CaseEvent.ENTERPRISE_STATED in events(case)
    client.force_login(owner)
    page = client.get("/my/cases/").content.decode()
    stated = StatedEnterprise.objects.get()
    page += client.get(f"/my/cases/calls/{stated.pk}/").content.decode()
    assert f"/my/cases/calls/{stated.pk}/" in page
    for hidden in (case.reference, case.subject, case.contact_name, case.contact_email):
        assert hidden not in page


def test_the_owner_is_written_to_without_a_word_of_the_case(duty, owner, firm):
    case = call(duty)

    relay_due(100)

    told = Message.objects.filter(kind="assistance.called_in_your_name", user=owner)
    assert told.exists()
    for message in told:
        for hidden in (case.reference, case.subject, case.contact_name, case.contact_email):
            assert hidden not in message.subject + message.text + message.html


def test_a_members_confirmed_address_ties_the_case(duty, owner, firm):
    case = call(duty, contact_email="Owner@firm.example")

    assert case.enterprise == firm
    assert not StatedEnterprise.objects.exists()
    assert Case.objects.visible_to(owner).get() == case


def test_an_address_that_no_member_has_confirmed_does_not(duty, firm):
    stranger = UserFactory(email="lin@example.test", verified=True)
    unconfirmed = UserFactory(email="ho@firm.example")
    firm.memberships.create(
        user=unconfirmed,
        role="member",
        state="active",
        decided_at=timezone.now(),
        decided_by=unconfirmed,
    )

    assert call(duty, contact_email=stranger.email).enterprise is None
    assert call(duty, contact_email=unconfirmed.email).enterprise is None


def test_the_same_form_sent_twice_asks_once(duty, firm):
    key = uuid.uuid4()

    first, second = call(duty, key), call(duty, key)

    assert first == second
    assert StatedEnterprise.objects.count() == 1
    assert Entry.objects.filter(event=CaseEvent.ENTERPRISE_STATED).count() == 1


@pytest.mark.parametrize("contact", ["lin@example.test", "LIN@example.test", "(04) 2345 6789"])
def test_who_knows_the_number_and_the_caller_confirms(client, duty, owner, firm, contact):
    case = call(duty)
    client.force_login(owner)
    url = f"/my/cases/calls/{case.stated_enterprise.pk}/"

    response = client.post(url, {"reference": case.reference.lower(), "contact": contact})

    case.refresh_from_db()
    assert response["Location"] == f"/my/cases/{case.reference}/"
    assert case.enterprise == firm
    assert case.stated_enterprise.statement == Statement.OURS
    assert CaseEvent.ENTERPRISE_CONFIRMED in events(case)


@pytest.mark.parametrize(
    ("reference", "contact"),
    [("", ""), ("A115-01-99999", "lin@example.test"), (None, "other@example.test"), (None, "1")],
)
def test_who_guesses_learns_nothing(client, duty, owner, firm, reference, contact):
    case = call(duty)
    client.force_login(owner)
    said = {"reference": case.reference if reference is None else reference, "contact": contact}

    response = client.post(f"/my/cases/calls/{case.stated_enterprise.pk}/", said)

    assert response.status_code == 422
    assert case.subject not in response.content.decode()
    assert Case.objects.get(pk=case.pk).enterprise is None


def test_guessing_is_soon_stopped(client, duty, owner, firm):
    case = call(duty)
    client.force_login(owner)
    url = f"/my/cases/calls/{case.stated_enterprise.pk}/"
    wrong = {"reference": "A115-01-99999", "contact": "lin@example.test"}

    statuses = [client.post(url, wrong).status_code for _try in range(21)]

    assert statuses[-1] == 429


def test_a_no_is_told_to_staff_and_shows_nothing(client, duty, owner, firm):
    case = call(duty)
    client.force_login(owner)
    stated = case.stated_enterprise

    response = client.post(f"/my/cases/calls/{stated.pk}/deny/")
    relay_due(100)

    stated.refresh_from_db()
    assert response.status_code == 303
    assert stated.is_denied
    assert Message.objects.filter(kind="assistance.enterprise_denied", user=duty).exists()
    assert client.get(f"/my/cases/calls/{stated.pk}/").status_code == 404
    assert not Case.objects.visible_to(owner).exists()


def test_other_enterprises_do_not_find_the_question(client, duty, firm):
    case = call(duty)
    stranger = UserFactory()
    EnterpriseFactory(owner=stranger)
    client.force_login(stranger)

    url = f"/my/cases/calls/{case.stated_enterprise.pk}/"

    assert client.get(url).status_code == client.post(f"{url}deny/").status_code == 404


def test_it_is_answered_once(duty, owner, firm):
    case = call(duty)
    stated_id = case.stated_enterprise.pk
    calling.deny(stated_id=stated_id, user_id=owner.pk)

    with pytest.raises(StatementSettledError):
        calling.deny(stated_id=stated_id, user_id=owner.pk)
    with pytest.raises(StatementSettledError):
        calling.confirm(
            stated_id=stated_id,
            user_id=owner.pk,
            reference=case.reference,
            contact=case.contact_email,
        )


def test_who_does_not_belong_to_the_enterprise_is_refused_by_the_act_itself(duty, owner, firm):
    case = call(duty)
    stated_id, stranger = case.stated_enterprise.pk, UserFactory()

    with pytest.raises(NotAMemberError):
        calling.deny(stated_id=stated_id, user_id=stranger.pk)
    with pytest.raises(NotAMemberError):
        calling.confirm(
            stated_id=stated_id,
            user_id=stranger.pk,
            reference=case.reference,
            contact=case.contact_email,
        )
    with pytest.raises(NotAMemberError):
        intake.claim_into_account(case_id=case.pk, user_id=stranger.pk, enterprise_id=firm.pk)


def test_a_wrong_number_is_refused_by_name(duty, owner, firm):
    case = call(duty)

    with pytest.raises(NotThatCaseError):
        calling.confirm(
            stated_id=case.stated_enterprise.pk,
            user_id=owner.pk,
            reference="A115-01-99999",
            contact=case.contact_email,
        )


def test_what_the_caller_took_into_an_account_is_not_given_away(duty, owner, firm):
    case = call(duty)
    intake.claim_into_account(case_id=case.pk, user_id=UserFactory().pk, enterprise_id=None)

    with pytest.raises(AlreadyInAnAccountError):
        calling.confirm(
            stated_id=case.stated_enterprise.pk,
            user_id=owner.pk,
            reference=case.reference,
            contact=case.contact_email,
        )


def test_taking_it_home_with_the_code_corrects_a_misheard_number(duty, firm):
    caller = UserFactory()
    right = EnterpriseFactory(owner=caller, business_number="99990009")
    case = call(duty)

    claimed = intake.claim_into_account(case_id=case.pk, user_id=caller.pk, enterprise_id=right.pk)

    assert claimed.business_number == "99990009"
    assert StatedEnterprise.objects.get().is_denied


def test_taking_it_to_the_stated_enterprise_answers_the_question(duty, owner, firm):
    case = call(duty)

    intake.claim_into_account(case_id=case.pk, user_id=owner.pk, enterprise_id=firm.pk)

    assert StatedEnterprise.objects.get().statement == Statement.OURS


def test_staff_read_that_it_is_only_stated(client, duty, owner, firm):
    case = call(duty)
    case.lead_agency.staff_memberships.create(user=duty, role="officer", valid_from="2020-01-01")
    client.force_login(duty)
    url = f"/en/desk/{case.reference}/"

    before = client.get(url).content.decode()
    calling.deny(stated_id=case.stated_enterprise.pk, user_id=owner.pk)
    after = client.get(url).content.decode()

    assert "Stated, not confirmed" in before
    assert "the enterprise says it was not theirs" in after


@pytest.mark.parametrize(
    "wrong", [{"statement": "maybe"}, {"statement": "ours"}, {"decided_at": timezone.now()}]
)
def test_the_database_refuses_an_answer_that_nobody_gave(wrong):
    stated = StatedEnterpriseFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        StatedEnterprise.objects.filter(pk=stated.pk).update(**wrong)
