import uuid
from dataclasses import replace
from datetime import date

import pytest

from accounts.errors import BusinessNumberNotValidError, TooManyClaimsError
from accounts.events import EnterpriseEvent, MembershipEvent
from accounts.models import Enterprise, EnterpriseMembership
from accounts.roles import Role
from accounts.services import registration
from accounts.services.registration import CLAIMS_AT_ONCE, Particulars
from accounts.states import MembershipState
from ledger.models import Entry
from tests.accounts.racing import race
from tests.factories.accounts import EnterpriseMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db
NUMBER = "99990004"
PARTICULARS = Particulars(
    name_zh="示範甲木業有限公司",
    industry="C",
    registration_kind="company",
    founded_on=date(2009, 3, 18),
    county="nantou",
    paid_in_capital=6_200_000,
)


def register(person, **changes):
    arguments = {
        "key": uuid.uuid4(),
        "user_id": person.pk,
        "business_number": NUMBER,
        "particulars": PARTICULARS,
        **changes,
    }
    return registration.register_or_claim(**arguments)


def test_the_first_person_becomes_owner_and_it_is_recorded():
    person = UserFactory()

    membership = register(person, registry_source="fixture")

    enterprise = membership.enterprise
    assert (membership.role, membership.state) == (Role.OWNER, MembershipState.ACTIVE)
    assert enterprise.name_zh == "示範甲木業有限公司"
    assert enterprise.registered_by == person
    assert enterprise.registry_checked_at is not None
    entry = Entry.objects.get(event=EnterpriseEvent.REGISTERED)
    assert (entry.subject_id, entry.actor_id) == (str(enterprise.pk), person.pk)


def test_the_second_person_waits_for_the_owner_and_changes_nothing():
    owner, second = UserFactory(), UserFactory()
    register(owner)

    claim = register(second, particulars=replace(PARTICULARS, name_zh="別的名字"))

    assert (claim.role, claim.state) == (Role.MEMBER, MembershipState.PENDING)
    assert Enterprise.objects.get().name_zh == "示範甲木業有限公司"
    assert not Enterprise.objects.visible_to(second).exists()
    entry = Entry.objects.get(event=MembershipEvent.CLAIMED)
    assert entry.facts == {"enterprise_id": claim.enterprise_id}
    assert entry.actor_id == second.pk


def test_a_second_claim_of_the_same_person_is_the_first():
    register(UserFactory())
    second = UserFactory()

    assert register(second) == register(second)
    assert Entry.objects.filter(event=MembershipEvent.CLAIMED).count() == 1


def test_the_same_key_registers_once():
    person, key = UserFactory(), uuid.uuid4()

    first = register(person, key=key)
    again = register(person, key=key)

    assert first == again
    assert Entry.objects.filter(event=EnterpriseEvent.REGISTERED).count() == 1


def test_a_number_that_fails_the_check_registers_nothing():
    with pytest.raises(BusinessNumberNotValidError):
        register(UserFactory(), business_number="12345678")

    assert not Enterprise.objects.exists()


def test_nobody_waits_for_too_many_enterprises_at_once():
    person = UserFactory()
    EnterpriseMembershipFactory.create_batch(CLAIMS_AT_ONCE, user=person, pending=True)
    register(UserFactory())

    with pytest.raises(TooManyClaimsError):
        register(person)


def test_whoever_was_refused_may_ask_again():
    owner, person = UserFactory(), UserFactory()
    enterprise = register(owner).enterprise
    EnterpriseMembershipFactory(user=person, enterprise=enterprise, refused=True)

    assert register(person).state == MembershipState.PENDING


def test_changing_particulars_records_the_fields_and_not_what_was_typed():
    owner = UserFactory()
    enterprise = register(owner).enterprise

    registration.change_particulars(
        enterprise_id=enterprise.pk,
        actor_id=owner.pk,
        particulars=replace(PARTICULARS, representative="王示範", regular_staff=18),
    )

    enterprise.refresh_from_db()
    assert enterprise.regular_staff == 18
    entry = Entry.objects.get(event=EnterpriseEvent.DETAILS_CHANGED)
    assert sorted(entry.facts["fields"]) == ["regular_staff", "representative"]
    assert "王示範" not in str(entry.facts)


def test_changing_nothing_records_nothing():
    owner = UserFactory()
    enterprise = register(owner).enterprise

    registration.change_particulars(
        enterprise_id=enterprise.pk, actor_id=owner.pk, particulars=PARTICULARS
    )

    assert not Entry.objects.filter(event=EnterpriseEvent.DETAILS_CHANGED).exists()


@pytest.mark.django_db(transaction=True)
def test_of_two_who_register_at_once_one_owns_and_one_waits():
    people = [UserFactory(), UserFactory()]

    race(lambda person=people[0]: register(person), lambda person=people[1]: register(person))

    states = EnterpriseMembership.objects.values_list("state", flat=True)
    assert sorted(states) == ["active", "pending"]
    assert Enterprise.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_register_once():
    person, key = UserFactory(), uuid.uuid4()

    results = race(lambda: register(person, key=key), lambda: register(person, key=key))

    assert len({membership.pk for membership in results}) == 1
    assert EnterpriseMembership.objects.count() == 1
