"""Roles of staff and their absences, through the pages."""

import pytest

from accounts.models import (
    Absence,
    StaffMembership,
    User,
)
from accounts.roles import Role
from tests.accounts.pages import key, url
from tests.factories.accounts import (
    AbsenceFactory,
    AgencyFactory,
    StaffMembershipFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def test_staff_roles_are_for_administrators(client):
    for role in (Role.DUTY, Role.OFFICER, Role.LEAD, Role.MANAGER, Role.AUDITOR):
        client.force_login(UserFactory(staff_role=role))

        assert client.get(url("staff")).status_code == 403
        assert client.post(url("staff_add")).status_code == 403


def test_an_administrator_gives_and_ends_a_role(client):
    client.force_login(UserFactory(staff_role=Role.ADMINISTRATOR))
    agency = AgencyFactory()
    typed = {
        "email": "new@agency.example",
        "name": "林示範",
        "agency": agency.pk,
        "role": "officer",
        "valid_from": "115/08/07",
        "idempotency_key": key(),
    }

    assert client.get(url("staff_add")).status_code == 200
    assert client.post(url("staff_add"), typed).status_code == 303
    assert client.post(url("staff_add"), typed).status_code == 303
    held = StaffMembership.objects.get(agency=agency)
    assert "new@agency.example" in client.get(url("staff")).content.decode()
    again = client.post(url("staff_add"), {**typed, "idempotency_key": key()})
    assert again.status_code == 409
    assert client.post(url("staff_end", held.pk)).status_code == 303
    assert client.post(url("staff_end", held.pk)).status_code == 409


@pytest.mark.parametrize(
    "wrong",
    [
        {"agency": "999999"},
        {"agency": "x"},
        {"role": "owner"},
        {"email": "nobody"},
        {"valid_from": "soon"},
        {"valid_to": "114/01/01"},
        {"idempotency_key": "x"},
    ],
)
def test_a_role_that_makes_no_sense_is_explained(client, wrong):
    client.force_login(UserFactory(staff_role=Role.ADMINISTRATOR))
    typed = {
        "email": "new@agency.example",
        "name": "林示範",
        "agency": AgencyFactory().pk,
        "role": "officer",
        "valid_from": "115/08/07",
        "idempotency_key": key(),
    }

    assert client.post(url("staff_add"), {**typed, **wrong}).status_code == 422
    assert not User.objects.with_email("new@agency.example").exists()


def test_the_staff_list_takes_the_same_queries_however_long(client, django_assert_max_num_queries):
    client.force_login(UserFactory(staff_role=Role.ADMINISTRATOR))
    StaffMembershipFactory.create_batch(40)

    with django_assert_max_num_queries(10):
        page = client.get(url("staff"))

    assert "after=" in page.content.decode()
    assert client.get(url("staff") + "?after=nonsense").status_code == 200


def test_staff_name_a_deputy_of_their_agency(client):
    agency = AgencyFactory()
    person = StaffMembershipFactory(agency=agency).user
    deputy = StaffMembershipFactory(agency=agency).user
    stranger = StaffMembershipFactory().user
    client.force_login(person)
    typed = {
        "starts_on": "2099-08-03",
        "ends_on": "2099-08-07",
        "deputy": deputy.pk,
        "idempotency_key": key(),
    }

    assert client.post(url("absence"), {**typed, "deputy": stranger.pk}).status_code == 422
    assert client.post(url("absence"), {**typed, "ends_on": "2099-08-01"}).status_code == 422
    assert client.post(url("absence"), typed).status_code == 303
    assert client.get(url("absence")).status_code == 200
    again = client.post(url("absence"), {**typed, "idempotency_key": key()})
    assert again.status_code == 409
    planned = Absence.objects.get()
    assert client.post(url("absence_cancel", planned.pk)).status_code == 303
    assert client.post(url("absence_cancel", planned.pk)).status_code == 409


def test_nobody_takes_back_the_absence_of_another(client):
    planned = AbsenceFactory()
    StaffMembershipFactory(user=planned.deputy)
    client.force_login(planned.deputy)

    assert client.post(url("absence_cancel", planned.pk)).status_code == 404


def test_owners_have_no_deputies(as_owner):
    assert as_owner.get(url("absence")).status_code == 403
