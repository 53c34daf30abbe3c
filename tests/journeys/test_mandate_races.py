"""Confirming, refusing, filing and withdrawing at the same moment: one outcome, never two."""

import uuid

import pytest

from accounts.services import memberships
from assistance.models import Case, Mandate, MandatedRequest
from assistance.services import mandate_answers, mandates
from assistance.states import MandateState
from foundation.errors import DomainError
from tests.accounts.racing import behind, race
from tests.assistance.asking import catalogue
from tests.assistance.mandating import HERS, asked, letters, secret_of, terms
from tests.factories.accounts import (
    EnterpriseFactory,
    EnterpriseMembershipFactory,
    UserFactory,
)
from tests.factories.mandates import SAID

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def firm():
    catalogue()
    return EnterpriseFactory(owner=UserFactory(), business_number="04595257")


@pytest.fixture
def members(firm):
    return [firm.memberships.get().user, EnterpriseMembershipFactory(enterprise=firm).user]


def _confirming(mandate, member, **changed):
    return lambda: mandate_answers.confirm(
        mandate_id=mandate.pk, by_id=member.pk, terms=terms(**changed)
    )


def _refusals(results) -> int:
    return sum(isinstance(one, DomainError) for one in results)


def test_two_members_confirm_and_one_case_is_sent(members):
    mandate = asked(UserFactory())

    results = race(*(_confirming(mandate, one) for one in members))

    assert _refusals(results) == 1
    assert Case.objects.count() == 1
    assert MandatedRequest.objects.filed().count() == 1


def test_one_link_opened_twice_confirms_once():
    catalogue()
    asked(UserFactory())
    secret = secret_of(letters(HERS).get())

    results = race(
        *(lambda: mandate_answers.confirm_by_link(secret=secret, terms=terms()) for _ in "ab")
    )

    assert _refusals(results) == 1
    assert Case.objects.count() == 1


def test_a_mandate_is_confirmed_or_refused_and_never_both(members):
    mandate = asked(UserFactory())

    results = race(
        _confirming(mandate, members[0]),
        lambda: mandate_answers.refuse(mandate_id=mandate.pk, by_id=members[1].pk),
    )

    assert _refusals(results) == 1
    is_confirmed = Mandate.objects.get().state == MandateState.CONFIRMED
    assert Case.objects.exists() == is_confirmed


def test_what_is_filed_while_she_withdraws_is_hers_alone_or_not_there(members):
    filer = UserFactory()
    mandate = asked(filer, said=None)
    _confirming(mandate, members[0], is_standing=True)()

    filed, _withdrawn = race(
        lambda: mandates.file_under(
            key=uuid.uuid4(), mandate_id=mandate.pk, filer_id=filer.pk, said=SAID
        ),
        lambda: mandate_answers.withdraw(mandate_id=mandate.pk, by_id=members[0].pk),
    )

    assert Mandate.objects.get().state == MandateState.WITHDRAWN
    assert Case.objects.exists() == isinstance(filed, Case)
    assert not Case.objects.visible_to(filer).exists()


def test_who_leaves_the_enterprise_in_that_moment_confirms_nothing_for_it(firm, members):
    mandate, leaving = asked(UserFactory()), members[1]
    place = firm.memberships.get(user=leaving)

    def try_it():
        try:
            return _confirming(mandate, leaving)()
        except DomainError as refusal:
            return refusal

    result = behind(
        lambda: memberships.end(membership_id=place.pk, actor_id=members[0].pk), try_it
    )

    assert isinstance(result, DomainError)
    assert not Case.objects.exists()
