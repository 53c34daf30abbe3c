"""A role that nobody ended stops counting by itself: it is recorded, and somebody hears, once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.events import StaffEvent
from accounts.models import StaffMembership, User
from accounts.roles import Role
from accounts.services import lapsing
from assistance.services.sweeping import sweep_due
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.accounts.racing import race
from tests.assistance.desk import officer
from tests.factories.accounts import StaffMembershipFactory
from tests.factories.assistance import CaseFactory, CoordinatorFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def smesa():
    return CoordinatorFactory()


@pytest.fixture
def manager(smesa):
    return officer(Role.MANAGER)


@pytest.fixture
def holder(smesa, manager):
    """An officer in post who leads one open case."""
    person = officer(Role.LEAD)
    CaseFactory(in_progress=True, lead_officer=person, lead_agency=smesa)
    return person


def run_out(person):
    yesterday = timezone.localdate() - timedelta(days=1)
    person.staff_memberships.update(valid_from=yesterday, valid_to=yesterday)


def close_account(person):
    User.objects.filter(pk=person.pk).update(is_active=False)


def told(kind):
    sweep_due()
    relay_due(limit=100)
    found = Message.objects.filter(kind=kind, channel="portal")
    return list(found.values_list("user_id", flat=True))


def lapses():
    return list(Entry.objects.filter(event=StaffEvent.ROLE_LAPSED).order_by("pk"))


@pytest.mark.parametrize(("how", "because"), [(run_out, "day"), (close_account, "account")])
def test_a_role_that_stopped_by_itself_is_recorded_once_and_told(
    holder, manager, smesa, how, because
):
    how(holder)

    assert told("assistance.work_left_by_lapse") == [manager.pk]
    assert told("assistance.work_left_by_lapse") == [manager.pk]

    (entry,) = lapses()
    assert entry.actor_id is None
    assert entry.facts == {
        "user_id": holder.pk,
        "agency_id": smesa.pk,
        "role": "lead",
        "because": because,
        "last": True,
    }


def test_who_has_left_no_open_case_makes_nobody_busy(smesa, manager):
    run_out(officer(Role.LEAD))

    assert told("assistance.work_left_by_lapse") == []
    assert len(lapses()) == 1


def test_the_person_hears_of_the_last_day_but_not_of_a_closed_account(smesa):
    over, closed = officer(Role.LEAD), officer(Role.LEAD)
    run_out(over)
    close_account(closed)

    assert told("accounts.role_lapsed") == [over.pk]


def test_several_roles_of_one_person_are_told_of_together(holder, manager, smesa):
    StaffMembershipFactory(user=holder, agency=smesa, role=Role.OFFICER)
    run_out(holder)

    assert told("assistance.work_left_by_lapse") == [manager.pk]
    assert [entry.facts["last"] for entry in lapses()] == [False, True]


def test_roles_in_force_and_those_that_were_ended_are_left_alone(holder, manager):
    gone = officer(Role.OFFICER)
    run_out(gone)
    gone.staff_memberships.update(ended_at=timezone.now(), ended_by=manager)
    soon = officer(Role.OFFICER)
    soon.staff_memberships.update(valid_to=timezone.localdate())

    sweep_due()

    held = StaffMembership.objects.get(user=holder)
    assert not lapsing.note_lapse(staff_membership_id=held.pk, today=timezone.localdate())
    assert lapses() == []


def test_a_role_that_counts_again_is_told_of_again_when_it_lapses(holder, manager):
    close_account(holder)
    sweep_due()
    User.objects.filter(pk=holder.pk).update(is_active=True)
    sweep_due()
    close_account(holder)
    sweep_due()

    assert len(lapses()) == 2


@pytest.mark.django_db(transaction=True)
def test_two_sweeps_at_once_record_each_lapse_once(holder, manager, smesa):
    StaffMembershipFactory(user=holder, agency=smesa, role=Role.OFFICER)
    run_out(holder)

    race(*[sweep_due] * 4)

    assert sorted(entry.facts["last"] for entry in lapses()) == [False, True]
