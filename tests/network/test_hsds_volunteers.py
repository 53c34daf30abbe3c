"""Volunteers in the open API: only with consent, only what it covers, gone at once."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.models import PublicConsent
from network.services import volunteer_own
from network.volunteer_states import ShownField
from tests.factories import network as make
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db
ALL = list(ShownField)


@pytest.fixture
def centre() -> Any:
    """The centre of Tainan with one service."""
    make.TermFactory(code="financing")
    offering = make.OfferingFactory(terms=["financing"])
    make.ServiceAreaFactory(offering=offering, county="tainan")
    return offering


def service(client: Client, offering: Any) -> dict[str, Any]:
    found: dict[str, Any] = client.get(f"/hsds/services/{offering.uuid}").json()
    return found


def test_who_agreed_is_a_contact_with_what_she_agreed_to(client: Client, centre: Any) -> None:
    shown = VolunteerFactory(
        serving=True, name="王志工", title="退休會計師", phone="0912000000", shows=ALL
    )

    (contact,) = service(client, centre)["contacts"]

    assert (contact["name"], contact["title"]) == ("王志工", "退休會計師")
    assert [one["taxonomy_term"]["code"] for one in contact["attributes"]] == ["financing"]
    whole = json.dumps(service(client, centre), ensure_ascii=False)
    assert shown.phone not in whole
    assert shown.user.email not in whole


@pytest.mark.parametrize("missing", [ShownField.NAME, ShownField.COUNTY], ids=["name", "county"])
def test_without_her_name_or_her_county_she_is_no_contact(
    client: Client, centre: Any, missing: ShownField
) -> None:
    VolunteerFactory(serving=True, shows=[one for one in ALL if one != missing])

    assert "contacts" not in service(client, centre)


def test_title_topics_and_places_need_a_consent_of_their_own(client: Client, centre: Any) -> None:
    VolunteerFactory(serving=True, title="廠長", shows=[ShownField.NAME, ShownField.COUNTY])

    found = service(client, centre)

    assert set(found["contacts"][0]) == {"id", "service_id", "name", "department"}
    assert "capacities" not in found


def test_free_places_are_those_of_all_who_show_them(client: Client, centre: Any) -> None:
    VolunteerFactory(serving=True, shows=[ShownField.COUNTY, ShownField.CAPACITY])
    VolunteerFactory(serving=True, shows=ALL)
    VolunteerFactory(serving=True, shows=[ShownField.NAME, ShownField.COUNTY])

    (capacity,) = service(client, centre)["capacities"]

    assert (capacity["available"], capacity["maximum"]) == (6, 6)


def test_what_is_withdrawn_is_gone_at_once(client: Client, centre: Any) -> None:
    volunteer = VolunteerFactory(serving=True, shows=ALL)
    assert service(client, centre)["contacts"]

    volunteer_own.set_consents(volunteer_id=volunteer.pk, fields=set(), actor_id=volunteer.user_id)

    found = service(client, centre)
    assert not {"contacts", "capacities"} & set(found)


def test_nobody_is_shown_whose_term_or_training_is_missing(client: Client, centre: Any) -> None:
    untrained = VolunteerFactory(shows=ALL)

    assert PublicConsent.objects.standing().filter(volunteer=untrained).exists()
    assert "contacts" not in service(client, centre)


def test_she_appears_in_each_county_she_serves_and_in_no_other(client: Client) -> None:
    VolunteerFactory(serving=True, county="tainan", more_counties=["chiayi-city"], shows=ALL)
    shown = []
    for county in ("tainan", "chiayi-city", "taipei"):
        offering = make.OfferingFactory(terms=["financing"])
        make.ServiceAreaFactory(offering=offering, county=county)
        shown.append("contacts" in service(client, offering))

    assert shown == [True, True, False]


def test_only_centres_of_counties_carry_them(client: Client) -> None:
    VolunteerFactory(serving=True, shows=ALL)
    chamber = make.OfferingFactory(organisation__kind="chamber", terms=["financing"])
    make.ServiceAreaFactory(offering=chamber, county="tainan")

    assert "contacts" not in service(client, chamber)


def test_the_list_asks_as_much_for_many_volunteers_as_for_one(client: Client, centre: Any) -> None:
    VolunteerFactory(serving=True, shows=ALL)
    client.get("/hsds/services")
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get("/hsds/services")
    for _n in range(10):
        VolunteerFactory(serving=True, shows=ALL)

    with CaptureQueriesContext(connection) as many:
        page = client.get("/hsds/services").json()

    assert len(page["contents"][0]["contacts"]) == 11
    assert len(one) == len(many)


def test_the_day_of_the_figures_is_said(client: Client, centre: Any) -> None:
    VolunteerFactory(serving=True, shows=ALL)

    (capacity,) = service(client, centre)["capacities"]

    assert capacity["updated"].startswith(timezone.localdate().isoformat())
