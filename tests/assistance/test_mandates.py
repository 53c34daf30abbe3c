"""Mandates: asked, confirmed, used, withdrawn; nothing reaches an agency before she has confirmed."""

import uuid

import pytest
from django.utils import timezone

from assistance.events import MandateEvent
from assistance.models import Case, Mandate, MandatedRequest, MandateLink
from assistance.services import mandate_answers, mandate_links, mandates
from assistance.services.errors import (
    AlreadyAskedError,
    LinkSpentError,
    NotAMemberError,
    OwnAddressError,
    OwnEnterpriseError,
    TooManyLettersError,
    TooManyMandatesError,
)
from assistance.states import MandateState, Source
from foundation.transitions import MoveNotAllowedError
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance.mandating import (
    HERS,
    asked,
    letters,
    prepared,
    secret_of,
    stated,
    terms,
)
from tests.factories.accounts import (
    EnterpriseFactory,
    UserFactory,
)
from tests.factories.mandates import MandateFactory

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


def test_an_enterprise_without_an_account_is_asked_by_one_letter(filer):
    made = asked(filer)

    letter = letters().get()
    assert made.state == MandateState.ASKED
    assert "王會計" in letter.subject
    assert not Case.objects.exists()
    assert MandateLink.objects.get().secret_hash not in letter.text


def test_confirmed_by_link_the_case_is_hers_and_says_who_filed_it(filer):
    asked(filer)
    secret = secret_of(letters().get())

    mandate, case = mandate_answers.confirm_by_link(secret=secret, terms=terms())

    assert case.source == Source.MANDATE
    assert case.opened_by == filer
    assert (case.applicant, case.enterprise) == (None, None)
    assert case.contact_email == HERS
    assert case.description == "她改過的說明。"
    assert case.business_number == "04595257"
    assert case.consents.count() == 2
    assert Case.objects.followed_by_code().filter(pk=case.pk).exists()
    assert mandate.requests.get().said == {}
    assert Entry.objects.filter(event=MandateEvent.CONFIRMED, actor_id=None).count() == 1
    assert Case.objects.visible_to(filer).get() == case


def test_a_link_confirms_once_and_a_second_letter_keeps_the_way_to_withdraw(filer):
    asked(filer)
    secret = secret_of(letters().get())
    mandate_answers.confirm_by_link(secret=secret, terms=terms())

    with pytest.raises(LinkSpentError):
        mandate_answers.confirm_by_link(secret=secret, terms=terms())

    second = secret_of(letters().latest("pk"))
    assert second != secret
    mandate_answers.withdraw_by_link(secret=second)
    assert not Case.objects.visible_to(filer).exists()
    with pytest.raises(LinkSpentError):
        mandate_answers.withdraw_by_link(secret=second)


def test_a_link_to_withdraw_does_not_confirm_and_the_other_way_round(filer):
    asked(filer)
    secret = secret_of(letters().get())

    with pytest.raises(LinkSpentError):
        mandate_answers.withdraw_by_link(secret=secret)
    with pytest.raises(LinkSpentError):
        mandate_answers.refuse_by_link(secret="never-was")

    assert Mandate.objects.get().state == MandateState.ASKED


def test_an_expired_link_confirms_nothing(filer):
    asked(filer)
    MandateLink.objects.update(expires_at=timezone.now())

    with pytest.raises(LinkSpentError):
        mandate_answers.confirm_by_link(secret=secret_of(letters().get()), terms=terms())

    assert not Case.objects.exists()


def test_a_registered_enterprise_is_asked_in_its_account_and_nobody_else(filer, firm, owner):
    made = asked(filer)
    relay_due(100)

    assert made.enterprise == firm
    assert not letters().exists()
    assert Message.objects.filter(user=owner, kind="assistance.mandate_asked").exists()
    assert Mandate.objects.granted_by(owner).get() == made


def test_members_confirm_and_the_case_is_the_enterprises_with_her_own_address(filer, firm, owner):
    made = asked(filer)

    _mandate, case = mandate_answers.confirm(mandate_id=made.pk, by_id=owner.pk, terms=terms())

    assert (case.enterprise, case.applicant, case.contact_email) == (firm, owner, owner.email)
    assert case.enterprise_name == "真正的木業"
    assert Case.objects.of_applicant(owner).get() == case
    assert not Case.objects.of_applicant(filer).exists()


def test_whoever_does_not_belong_to_the_enterprise_confirms_nothing(filer, firm):
    made = asked(filer)

    with pytest.raises(NotAMemberError):
        mandate_answers.confirm(mandate_id=made.pk, by_id=filer.pk, terms=terms())

    made.refresh_from_db()
    assert made.state == MandateState.ASKED


def test_who_only_claims_the_address_confirms_nothing(filer):
    made = asked(filer)
    claims = UserFactory(email=HERS)
    claims.emailaddress_set.create(email=HERS, verified=False, primary=True)

    assert not Mandate.objects.granted_by(claims).exists()
    with pytest.raises(NotAMemberError):
        mandate_answers.confirm(mandate_id=made.pk, by_id=claims.pk, terms=terms())


def test_who_reads_the_address_confirms_in_her_account(filer):
    made = asked(filer)
    hers = UserFactory(email=HERS, verified=True)

    assert Mandate.objects.granted_by(hers).get() == made
    _mandate, case = mandate_answers.confirm(mandate_id=made.pk, by_id=hers.pk, terms=terms())

    assert case.applicant == hers


def test_refused_nothing_is_sent_and_the_words_are_forgotten(filer, firm, owner):
    made = asked(filer)

    mandate_answers.refuse(mandate_id=made.pk, by_id=owner.pk)

    request = MandatedRequest.objects.get()
    assert (request.state, request.said) == ("dropped", {})
    assert not Case.objects.exists()
    with pytest.raises(MoveNotAllowedError):
        mandate_answers.confirm(mandate_id=made.pk, by_id=owner.pk, terms=terms())


def test_confirmed_twice_is_refused_the_second_time(filer, firm, owner):
    made = asked(filer)
    mandate_answers.confirm(mandate_id=made.pk, by_id=owner.pk, terms=terms())

    with pytest.raises(MoveNotAllowedError):
        mandate_answers.confirm(mandate_id=made.pk, by_id=owner.pk, terms=terms())

    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"principal_email": "MINE@tests.example"}, OwnAddressError),
        ({"business_number": "04595257"}, OwnEnterpriseError),
    ],
)
def test_nobody_is_asked_by_herself(changed, refusal):
    mine = UserFactory(email="mine@tests.example", verified=True)
    EnterpriseFactory(owner=mine, business_number="04595257")

    with pytest.raises(refusal):
        prepared(mine, **{"business_number": "99990009"} | changed)

    assert not Mandate.objects.exists()


def test_one_filer_asks_only_so_many_at_once(filer):
    MandateFactory.create_batch(mandates.OPEN_AT_ONCE, filer=filer, prepared=True)

    with pytest.raises(TooManyMandatesError):
        prepared(filer)


def test_the_same_enterprise_is_asked_once_at_a_time(filer):
    asked(filer)

    with pytest.raises(AlreadyAskedError):
        asked(filer)


def test_an_address_gets_only_so_many_letters_a_day_from_whomever(filer):
    for _ in range(mandate_links.MOST_LETTERS):
        asked(UserFactory())

    with pytest.raises(TooManyLettersError):
        asked(filer)

    assert not Mandate.objects.filter(filer=filer, state=MandateState.ASKED).exists()


def test_asked_again_the_older_link_is_dead(filer):
    made = asked(filer)
    first = secret_of(letters().get())

    mandates.ask_again(mandate_id=made.pk, filer_id=filer.pk)

    assert mandate_links.find(first) is None
    assert mandate_links.find(secret_of(letters().latest("pk"))) is not None


def test_sent_twice_under_one_key_a_mandate_is_prepared_once(filer):
    key = uuid.uuid4()
    made = {
        mandates.prepare(key=key, filer_id=filer.pk, stated=stated(), systems=()).pk
        for _ in range(2)
    }
    assert len(made) == 1
