"""The open API speaks HSDS 3.1: pages, filters that add up, nothing that is not public."""

import json
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from network.hsds.documents import TAXONOMY_ID
from tests.factories import network as make

pytestmark = pytest.mark.django_db
LISTS = ("services", "organizations", "service_at_locations", "taxonomies", "taxonomy_terms")
PAGE = {
    "total_items": int,
    "total_pages": int,
    "page_number": int,
    "size": int,
    "first_page": bool,
    "last_page": bool,
    "empty": bool,
}


def got(client: Client, path: str, **query: Any) -> Any:
    answer = client.get(f"/hsds/{path}", query)
    assert answer.status_code == 200, answer.content
    assert answer["Access-Control-Allow-Origin"] == "*"
    return answer.json()


def service(*terms: str, county: str = "taichung", **organisation: Any) -> Any:
    """A service at a desk of an organisation."""
    home = make.OrganisationFactory(**organisation)
    at = make.OfferingAtLocationFactory(
        offering=make.OfferingFactory(
            organisation=home, terms=list(terms) or ["financing"], languages=["zh", "en"]
        ),
        location=make.LocationFactory(organisation=home),
    )
    make.ServiceAreaFactory(offering=at.offering, county=county)
    for day in (1, 2, 3):
        make.ScheduleFactory(at=at, weekday=day)
    return at


def ids(page: dict[str, Any]) -> list[str]:
    return [one["id"] for one in page["contents"]]


def test_the_root_names_version_profile_and_description(client: Client) -> None:
    root = got(client, "")

    assert root["version"] == "3.1"
    for name in ("profile", "openapi_url"):
        assert root[name].startswith("http")
        path = root[name].split("/hsds/", 1)[1]
        assert got(client, path)


@pytest.mark.parametrize("name", LISTS)
def test_every_list_is_a_page_and_every_row_has_its_document(client: Client, name: str) -> None:
    service()

    page = got(client, name)

    assert {key: type(page[key]) for key in PAGE} == PAGE
    assert page["size"] == len(page["contents"]) == page["total_items"] > 0
    assert page["empty"] is False
    for one in page["contents"]:
        assert got(client, f"{name}/{one['id']}")["id"] == one["id"]
    answer = client.get(f"/hsds/{name}/00000000-0000-4000-8000-000000000000")
    assert answer.status_code == 404


@pytest.mark.parametrize("name", LISTS)
def test_every_list_streams_all_of_it_or_pages_past_its_end(client: Client, name: str) -> None:
    for _n in range(3):
        service()
    total = got(client, name)["total_items"]

    past = got(client, name, page=999)

    assert past["contents"] == []
    assert past["empty"] is True
    if name == "taxonomies":
        return
    answer = client.get(f"/hsds/{name}", {"format": "ndjson", "per_page": 1})
    lines = [json.loads(line) for line in b"".join(answer.streaming_content).splitlines()]
    assert answer["Content-Type"] == "application/x-ndjson"
    assert len(lines) == total


def test_a_full_service_holds_its_organization_places_and_hours(client: Client) -> None:
    at = service(business_number="99991001", phone="0800-000-000")
    row = at.offering

    full = got(client, f"services/{row.uuid}")
    (listed,) = got(client, "services", full="true")["contents"]

    assert full == listed
    assert full["status"] == "active"
    assert full["organization"]["organization_identifiers"][0]["identifier"] == "99991001"
    assert [one["code"] for one in full["languages"]] == ["zh", "en"]
    assert full["service_areas"][0]["county_code"] == "66000"
    assert full["attributes"][0]["taxonomy_term"]["code"] == "financing"
    (where,) = full["service_at_locations"]
    assert where["schedules"][0]["byday"] == "MO,TU,WE"
    assert where["schedules"][0]["freq"] == "WEEKLY"
    (address,) = where["location"]["addresses"]
    assert address["country"] == "TW"
    assert (address["state_province"], address["city"]) == ("臺中市", "大里區")
    assert "organization" not in got(client, "services")["contents"][0]


def test_an_exception_is_never_an_area_served(client: Client) -> None:
    at = service()
    make.ServiceAreaFactory(
        offering=at.offering, extent="district", district="和平區", is_excepted=True
    )

    (area,) = got(client, f"services/{at.offering.uuid}")["service_areas"]

    assert area["name"] == "臺中市"
    assert area["description"] == "不含臺中市和平區"


def test_filters_add_up(client: Client) -> None:
    first, second = service("financing"), service("marketing", county="hualien")
    home = str(first.offering.organisation.uuid)
    term = str(second.offering.terms.get().uuid)
    one, two = str(first.offering.uuid), str(second.offering.uuid)

    assert ids(got(client, "services", organization_id=home)) == [one]
    assert ids(got(client, "services", taxonomy_term_id=term)) == [two]
    assert ids(got(client, "services", taxonomy_term_id=term, organization_id=home)) == []
    assert len(ids(got(client, "services", taxonomy_id=str(TAXONOMY_ID)))) == 2
    assert ids(got(client, "services", taxonomy_id=home)) == []
    assert ids(got(client, "services", modified_after="2999-01-01T00:00:00Z")) == []
    assert len(ids(got(client, "services", modified_after="2020-01-01T00:00:00Z"))) == 2
    assert ids(got(client, "services", search=first.offering.name_zh)) == [one]
    assert ids(got(client, "service_at_locations", postcode="412")) == [str(first.uuid)]
    near = got(client, "service_at_locations", postcode="412", proximity=1000)
    assert len(ids(near)) == 2
    assert ids(got(client, "service_at_locations", postcode="970", proximity=1000)) == []
    assert ids(got(client, "taxonomy_terms", parent_id=term)) == []


def test_minimal_is_every_id_with_its_day_of_change(client: Client) -> None:
    for _n in range(30):
        service()

    page = got(client, "services", minimal="true")

    assert page["size"] == 30
    assert {frozenset(one) for one in page["contents"]} == {frozenset({"id", "modified_date"})}


@pytest.mark.parametrize(
    "query",
    [
        {"page": "x"},
        {"page": "0"},
        {"page": "9" * 30},
        {"per_page": "101"},
        {"format": "xml"},
        {"organization_id": "1"},
        {"taxonomy_term_id": "'; --"},
        {"modified_after": "soon"},
        {"postcode": "999"},
        {"proximity": "10"},
        {"proximity": "nan", "postcode": "412"},
    ],
)
def test_a_parameter_that_is_none_is_named(client: Client, query: dict[str, str]) -> None:
    answer = client.get("/hsds/service_at_locations", query)

    assert answer.status_code == 400
    assert answer.json()["error"]


def test_what_is_closed_is_nowhere(client: Client) -> None:
    at = service(closed=True)
    gone = service()
    gone.offering.state = "defunct"
    gone.offering.save()

    for name in ("services", "service_at_locations"):
        assert got(client, name)["contents"] == []
    assert ids(got(client, "organizations")) == [str(gone.offering.organisation.uuid)]
    for path in (
        f"services/{at.offering.uuid}",
        f"organizations/{at.offering.organisation.uuid}",
        f"service_at_locations/{at.uuid}",
        f"services/{gone.offering.uuid}",
    ):
        assert client.get(f"/hsds/{path}").status_code == 404


def test_a_closed_parent_is_not_named(client: Client) -> None:
    closed = make.OrganisationFactory(closed_at=timezone.now())
    branch = make.OrganisationFactory(parent=closed)

    assert "parent_organization_id" not in got(client, f"organizations/{branch.uuid}")


def test_stale_services_say_so(client: Client) -> None:
    at = service(stale=True)

    assert "六個月" in got(client, f"services/{at.offering.uuid}")["alert"]


def test_lists_ask_as_often_for_a_hundred_rows_as_for_ten(client: Client) -> None:
    paths = [
        "services?full=true&per_page=100",
        "organizations?full_service=true&per_page=100",
        "service_at_locations?per_page=100",
        "taxonomy_terms",
    ]

    def asked(path: str) -> int:
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/hsds/{path}").status_code == 200
        return len(seen)

    for _n in range(10):
        service()
    few = [asked(path) for path in paths]
    for _n in range(90):
        service()

    assert [asked(path) for path in paths] == few
    assert max(few) <= 14


def test_the_sitemap_names_public_pages_in_both_languages(client: Client) -> None:
    open_one, closed = make.OrganisationFactory(), make.OrganisationFactory(closed=True)

    said = client.get("/sitemap.xml").content.decode()

    assert f"/network/organisations/{open_one.uuid}/" in said
    assert f"/en/network/organisations/{open_one.uuid}/" in said
    assert str(closed.uuid) not in said
    assert "/network/taichung/" in said
    assert 'hreflang="zh-hant"' in said
    assert "/sitemap.xml" in client.get("/robots.txt").content.decode()
