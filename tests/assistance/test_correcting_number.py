"""A business number that was misheard is put right by staff while nobody has confirmed it."""

import pytest

from assistance.events import CaseEvent
from assistance.models import Case, StatedEnterprise, Statement
from assistance.search import holding_words
from assistance.services import calling, intake
from assistance.services.errors import (
    NumberSettledError,
    SameNumberError,
    StatementSettledError,
)
from foundation.transitions import MoveNotAllowedError
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance import asking as ask
from tests.assistance.test_calling import call
from tests.factories.accounts import EnterpriseFactory, StaffMembershipFactory, UserFactory
from tests.factories.assistance import CaseFactory

pytestmark = pytest.mark.django_db
WRONG, RIGHT = "99990010", "99990009"


@pytest.fixture(autouse=True)
def catalogue(db):
    return ask.catalogue()


@pytest.fixture
def duty():
    return UserFactory(staff_role="duty")


@pytest.fixture
def stranger():
    return UserFactory()


@pytest.fixture
def misheard(stranger):
    return EnterpriseFactory(owner=stranger, business_number=WRONG)


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def meant(owner):
    return EnterpriseFactory(owner=owner, business_number=RIGHT)


@pytest.fixture
def case(duty, misheard):
    return call(duty)


def correct(case, by, number=RIGHT, reason="聽錯一碼"):
    return calling.correct_number(case_id=case.pk, number=number, by_id=by.pk, reason=reason)


def test_the_right_enterprise_is_asked_and_the_wrong_one_no_longer(case, duty, meant, misheard):
    correct(case, duty)

    case.refresh_from_db()
    stated = StatedEnterprise.objects.get()
    assert case.business_number == RIGHT
    assert (stated.enterprise, stated.statement) == (meant, Statement.WAITING)
    assert holding_words(Case.objects.all(), RIGHT).exists()
    assert not holding_words(Case.objects.all(), WRONG).exists()


def test_it_is_recorded_without_the_numbers_and_kept_with_them_in_a_note(case, duty, meant):
    was = case.stated_enterprise.enterprise_id

    correct(case, duty)

    entry = Entry.objects.get(event=CaseEvent.NUMBER_CORRECTED)
    note = case.messages.get(pk=entry.facts["note"])
    assert entry.actor_id == duty.pk
    assert entry.facts["asked_before"] == was
    assert WRONG not in str(entry.facts)
    assert note.body == f"{WRONG} → {RIGHT}\n聽錯一碼"
    assert note.kind == "note"


def test_both_enterprises_are_told_and_nothing_of_the_case(case, duty, owner, stranger, meant):
    correct(case, duty)
    relay_due(100)

    mistaken = Message.objects.filter(kind="assistance.called_by_mistake")
    asked = Message.objects.filter(kind="assistance.called_in_your_name", user=owner)
    assert set(mistaken.values_list("user", flat=True)) == {stranger.pk}
    assert asked.exists()
    for message in mistaken:
        for hidden in (case.reference, case.subject, RIGHT):
            assert hidden not in message.subject + message.text + message.html


def test_a_number_nobody_has_here_and_none_at_all_ask_nobody(case, duty):
    correct(case, duty)
    assert not StatedEnterprise.objects.exists()

    correct(case, duty, number="")

    case.refresh_from_db()
    assert case.business_number == ""


def test_the_callers_own_confirmed_address_ties_the_case_at_once(case, duty, meant, owner):
    Case.objects.filter(pk=case.pk).update(contact_email=owner.email)
    owner.emailaddress_set.create(email=owner.email, verified=True, primary=True)

    correct(case, duty)

    case.refresh_from_db()
    assert case.enterprise == meant
    assert not StatedEnterprise.objects.exists()


def test_what_it_seems_to_repeat_is_looked_up_anew(duty, misheard, meant):
    first = call(duty)
    second = call(duty)
    assert second.suspected_duplicate_of == first

    correct(second, duty)

    second.refresh_from_db()
    assert second.suspected_duplicate_of is None


def test_what_an_enterprise_denied_is_corrected_and_it_hears_no_more(case, duty, stranger, meant):
    calling.deny(stated_id=case.stated_enterprise.pk, user_id=stranger.pk)

    correct(case, duty)
    relay_due(100)

    assert StatedEnterprise.objects.get().statement == Statement.WAITING
    assert not Message.objects.filter(kind="assistance.called_by_mistake").exists()


def test_the_old_question_is_answered_by_nobody_any_more(case, duty, stranger, meant):
    old = case.stated_enterprise.pk
    correct(case, duty)

    with pytest.raises(StatementSettledError):
        calling.deny(stated_id=old, user_id=stranger.pk)


def test_a_confirmed_taken_own_or_settled_one_is_not_corrected(case, duty, stranger):
    own = ask.submit()
    with pytest.raises(NumberSettledError):
        correct(own, duty)
    with pytest.raises(SameNumberError):
        correct(case, duty, number=WRONG)
    with pytest.raises(MoveNotAllowedError):
        correct(CaseFactory(closed=True, opened_by=duty), duty)
    taken = call(duty)
    intake.claim_into_account(case_id=taken.pk, user_id=UserFactory().pk, enterprise_id=None)
    with pytest.raises(NumberSettledError):
        correct(taken, duty)

    calling.confirm(
        stated_id=case.stated_enterprise.pk,
        user_id=stranger.pk,
        reference=case.reference,
        contact=case.contact_email,
    )
    with pytest.raises(NumberSettledError):
        correct(case, duty)


class TestPage:
    @pytest.fixture
    def officer(self, catalogue):
        return StaffMembershipFactory(role="duty", agency=catalogue).user

    def url(self, case):
        return f"/desk/{case.reference}/number/"

    def test_it_is_reached_from_the_case_and_done(self, client, officer, case, meant):
        client.force_login(officer)
        assert self.url(case) in client.get(f"/desk/{case.reference}/").content.decode()

        response = client.post(self.url(case), {"business_number": RIGHT, "reason": "聽錯"})

        case.refresh_from_db()
        assert response["Location"] == f"/desk/{case.reference}/"
        assert case.business_number == RIGHT
        page = client.get(f"/en/desk/{case.reference}/").content.decode()
        assert "The stated business number was corrected" in page
        assert f"{WRONG} → {RIGHT}" in page

    def test_what_is_wrong_is_said_beside_the_field(self, client, officer, case):
        client.force_login(officer)

        response = client.post(self.url(case), {"business_number": "12345678", "reason": ""})

        assert response.status_code == 422
        assert "12345678" in response.content.decode()

    def test_who_only_reads_cases_does_not_correct_them(self, client, case):
        client.force_login(UserFactory(staff_role="auditor"))

        assert self.url(case) not in client.get(f"/desk/{case.reference}/").content.decode()
        assert client.post(self.url(case), {}).status_code == 403

    def test_a_confirmed_case_offers_it_no_more(self, client, officer, stranger, case):
        calling.confirm(
            stated_id=case.stated_enterprise.pk,
            user_id=stranger.pk,
            reference=case.reference,
            contact=case.contact_email,
        )
        client.force_login(officer)

        assert self.url(case) not in client.get(f"/desk/{case.reference}/").content.decode()
        assert client.get(self.url(case)).status_code == 403
