"""The public pages of the directory: nearest first, stale last, nothing that is closed."""

import csv
import datetime as dt
import io
import json
import re
from typing import Any

import openpyxl
import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from network.models import Location, OfferingAtLocation, Organisation
from network.places import centre_of
from tests.factories import network as make

pytestmark = pytest.mark.django_db


def desk(
    county: str = "taichung",
    district: str = "大里區",
    *,
    serves: tuple[str, str, str] | None = None,
    terms: tuple[str, ...] = ("financing",),
    **organisation: Any,
) -> Location:
    """A desk in the middle of a district that serves its county unless said otherwise."""
    home = make.OrganisationFactory(**organisation)
    centre = centre_of(county, district)
    location = make.LocationFactory(
        organisation=home,
        county=county,
        district=district,
        latitude=centre.latitude,
        longitude=centre.longitude,
    )
    offering = make.OfferingFactory(organisation=home, terms=terms)
    extent, where, part = serves or ("county", county, "")
    make.ServiceAreaFactory(offering=offering, extent=extent, county=where, district=part)
    make.OfferingAtLocationFactory(offering=offering, location=location)
    return location


def names(cards: list[Any]) -> list[str]:
    return [card.organisation for card in cards]


def test_the_nearest_desk_that_serves_the_place_comes_first(client: Client) -> None:
    far = desk(district="和平區", name_zh="遠")
    near = desk(district="太平區", name_zh="近")
    here = desk(district="大里區", name_zh="就在這裡")
    desk(county="hualien", district="花蓮市", name_zh="只服務花蓮")
    nation = desk(
        county="taipei", district="中正區", serves=("nation", "", ""), name_zh="全國都服務"
    )

    page = client.get(reverse("network:map"), {"place": "臺中市大里區"})

    wanted = [row.organisation.name_zh for row in (here, near, far, nation)]
    assert names(page.context["nearest"]) == wanted
    shown = [card.distance for card in page.context["nearest"]]
    assert shown[0] == "就在您的鄉鎮市區"
    assert re.fullmatch(r"約 [\d.]+ 公里", shown[1])


def test_a_topic_leaves_only_desks_that_offer_it(client: Client) -> None:
    desk(name_zh="融資", terms=("financing",))
    desk(name_zh="行銷", terms=("marketing",))

    page = client.get(reverse("network:map"), {"place": "412", "topic": "marketing"})

    assert names(page.context["nearest"]) == ["行銷"]
    assert page.context["total"] == 1


def test_stale_entries_sink_and_say_so(client: Client) -> None:
    desk(name_zh="久未確認", stale=True)
    desk(district="和平區", name_zh="剛確認")

    page = client.get(reverse("network:map"), {"place": "412"})

    assert names(page.context["nearest"]) == ["剛確認", "久未確認"]
    assert [card.is_stale for card in page.context["nearest"]] == [False, True]
    assert "前往前請先打電話" in page.content.decode()


def test_what_is_closed_or_no_longer_offered_is_gone(client: Client) -> None:
    closed = desk(closed=True)
    shut = desk()
    shut.closed_at = shut.created_at
    shut.save()
    paused = desk()
    paused.organisation.offerings.update(state="temporarily closed")

    page = client.get(reverse("network:map"), {"place": "412"})
    gone = client.get(reverse("network:organisation", args=[closed.organisation.uuid]))

    assert page.context["nearest"] == []
    assert "這個主題目前沒有據點服務這裡" in page.content.decode()
    assert gone.status_code == 404


@pytest.mark.parametrize("typed", ["火星", "中正區", "\x00", "a\u202e", "9" * 500])
def test_a_place_that_is_none_is_said_beside_the_field_and_kept(
    client: Client, typed: str
) -> None:
    page = client.get(reverse("network:map"), {"place": typed})

    assert page.status_code in {400, 422}
    if page.status_code == 422:
        assert page.context["form"]["place"].errors
        assert page.context["form"]["place"].value() == typed


def test_a_topic_that_is_none_is_said_beside_the_field(client: Client) -> None:
    page = client.get(reverse("network:map"), {"topic": "astrology"})

    assert page.status_code == 422
    assert page.context["form"]["topic"].errors


def test_a_county_lists_its_points_and_who_serves_it_from_elsewhere(client: Client) -> None:
    desk(name_zh="在地")
    desk(county="taipei", district="中正區", serves=("county", "taichung", ""), name_zh="外地")
    desk(county="hualien", district="花蓮市", name_zh="花蓮")

    page = client.get(reverse("network:county", args=["taichung"]))

    assert names(page.context["cards"]) == ["在地"]
    assert names(page.context["others"]) == ["外地"]
    data = json.loads(str(page.context["structured_data"]))
    assert data["@type"] == "ItemList"
    assert [one["name"] for one in data["itemListElement"]] == ["在地"]


def test_a_county_is_paged_to_its_end(client: Client) -> None:
    for _n in range(23):
        desk()

    first = client.get(reverse("network:county", args=["taichung"]))
    second = client.get(reverse("network:county", args=["taichung"]) + first.context["more_url"])

    assert len(first.context["cards"]) == 20
    assert len(second.context["cards"]) == 3
    assert second.context["more_url"] == ""
    assert not set(names(first.context["cards"])) & set(names(second.context["cards"]))


def test_a_county_that_is_none_is_not_found(client: Client) -> None:
    assert client.get("/network/atlantis/").status_code == 404
    assert client.get("/network/atlantis/print/").status_code == 404


@time_machine.travel("2026-08-07 10:00+08:00", tick=False)
def test_an_organisation_says_where_when_for_whom(client: Client) -> None:
    location = desk(name_zh="示範中心", name_en="Demo centre", phone="0800-000-000")
    at = OfferingAtLocation.objects.get()
    for day in range(1, 6):
        make.ScheduleFactory(at=at, weekday=day)
    address = reverse("network:organisation", args=[location.organisation.uuid])

    page = client.get(address).content.decode()
    with translation.override("en"):
        english = client.get(f"/en{address}").content.decode()

    for words in (
        "示範中心",
        "臺中市 大里區 412 示範路 1 號",
        "星期一至星期五",
        "服務中，到 17:00",
    ):
        assert words in page
    assert "Monday to Friday" in english
    assert "Demo centre" in english
    data = json.loads(re.findall(r'ld\+json"[^>]*>(.*?)</script>', page)[0])
    (place,) = data["location"]
    assert place["address"]["postalCode"] == "412"
    assert place["openingHoursSpecification"][0]["opens"] == "09:00"
    assert data["telephone"] == "0800-000-000"


def test_names_cannot_break_out_of_the_data_for_machines(client: Client) -> None:
    location = desk(name_zh="</script><script>alert(1)</script>")

    page = client.get(reverse("network:organisation", args=[location.organisation.uuid]))

    assert "<script>alert" not in page.content.decode()


def test_the_list_leaves_as_csv_and_xlsx_with_the_same_filters(client: Client) -> None:
    desk(name_zh="=危險")
    desk(county="hualien", district="花蓮市", name_zh="花蓮")

    as_csv = client.get(reverse("network:export", args=["csv"]), {"county": "taichung"})
    as_xlsx = client.get(reverse("network:export", args=["xlsx"]), {"county": "taichung"})

    lines = list(csv.reader(io.StringIO(as_csv.content.decode().removeprefix("\ufeff"))))
    sheet = openpyxl.load_workbook(io.BytesIO(as_xlsx.content)).worksheets[0]
    assert [line[0] for line in lines] == ["單位", "'=危險"]
    assert [row[0] for row in sheet.iter_rows(values_only=True)] == ["單位", "=危險"]
    assert lines[1][4] == "大里區 412"
    assert client.get("/network/list.pdf").status_code == 404


def test_pages_ask_as_often_for_a_hundred_points_as_for_ten(client: Client) -> None:
    def asked(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(path).status_code == 200
        return len(seen)

    paths = [
        reverse("network:map") + "?place=412",
        reverse("network:county", args=["taichung"]),
        reverse("network:county_print", args=["taichung"]),
        reverse("network:export", args=["csv"]),
    ]
    for _n in range(10):
        desk()
    few = [asked(path) for path in paths]
    for _n in range(90):
        desk()
    many = [asked(path) for path in paths]

    assert Organisation.objects.count() == 100
    assert many == few
    assert max(many) <= 14


def test_confirmed_until_is_half_a_year_after_it_was_confirmed() -> None:
    organisation = make.OrganisationFactory()

    assert organisation.confirmed_until - organisation.confirmed_at == dt.timedelta(days=182)
    assert not organisation.is_stale
