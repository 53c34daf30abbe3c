import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.errors import AbsenceOverError, AbsenceOverlapsError, DeputyOfAnotherAgencyError
from accounts.events import StaffEvent
from accounts.models import Absence
from accounts.services import absence
from ledger.models import Entry
from tests.accounts.racing import race
from tests.factories.accounts import (
    AbsenceFactory,
    AgencyFactory,
    StaffMembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def colleagues(count=2):
    agency = AgencyFactory()
    return [StaffMembershipFactory(agency=agency).user for _ in range(count)]


def in_days(days):
    return timezone.localdate() + timedelta(days=days)


def plan(person, deputy, first=1, last=3, key=None):
    return absence.plan(
        key=key or uuid.uuid4(),
        user_id=person.pk,
        deputy_id=deputy.pk,
        starts_on=in_days(first),
        ends_on=in_days(last),
    )


def test_a_deputy_stands_in_on_these_days_and_it_is_recorded():
    person, deputy = colleagues()

    plan(person, deputy)

    assert [Absence.objects.deputy_for(person.pk, in_days(d)) for d in (0, 1, 3, 4)] == [
        None,
        deputy.pk,
        deputy.pk,
        None,
    ]
    entry = Entry.objects.get(event=StaffEvent.ABSENCE_PLANNED)
    assert entry.facts["deputy_id"] == deputy.pk


def test_a_deputy_comes_from_the_same_agency():
    person, _ = colleagues()
    stranger, _ = colleagues()

    with pytest.raises(DeputyOfAnotherAgencyError):
        plan(person, stranger)
    with pytest.raises(DeputyOfAnotherAgencyError):
        plan(person, UserFactory())
    with pytest.raises(DeputyOfAnotherAgencyError):
        plan(person, person)


def test_days_are_covered_once():
    person, deputy = colleagues()
    plan(person, deputy)

    with pytest.raises(AbsenceOverlapsError):
        plan(person, deputy, 3, 5)


def test_days_that_are_over_need_no_deputy():
    person, deputy = colleagues()

    with pytest.raises(AbsenceOverError):
        plan(person, deputy, -3, -1)


def test_the_same_key_plans_once():
    person, deputy = colleagues()
    key = uuid.uuid4()

    assert plan(person, deputy, key=key) == plan(person, deputy, key=key)


def test_an_absence_taken_back_no_longer_counts():
    person, deputy = colleagues()
    planned = plan(person, deputy)

    absence.cancel(absence_id=planned.pk, actor_id=person.pk)

    assert Absence.objects.deputy_for(person.pk, in_days(1)) is None
    assert Entry.objects.filter(event=StaffEvent.ABSENCE_CANCELLED).exists()
    with pytest.raises(AbsenceOverError):
        absence.cancel(absence_id=planned.pk, actor_id=person.pk)


def test_an_absent_deputy_is_followed_to_theirs():
    person, deputy, third = colleagues(3)
    plan(person, deputy)
    plan(deputy, third)

    assert Absence.objects.deputy_for(person.pk, in_days(1)) == third.pk


def test_deputies_who_name_each_other_lead_to_nobody():
    person, deputy = colleagues()
    plan(person, deputy)
    plan(deputy, person)

    assert Absence.objects.deputy_for(person.pk, in_days(1)) is None


def test_a_deputy_whose_account_is_closed_does_not_stand_in():
    planned = AbsenceFactory(deputy__is_active=False)

    assert Absence.objects.deputy_for(planned.user_id, timezone.localdate()) is None


@pytest.mark.django_db(transaction=True)
def test_two_plans_at_once_do_not_overlap():
    person, deputy = colleagues()

    race(lambda: plan(person, deputy), lambda: plan(person, deputy))

    assert Absence.objects.count() == 1
