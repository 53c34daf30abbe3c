"""The lists of volunteers leave as files: the rows of the list, nothing live, and noted."""

import csv
import io

import openpyxl
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from ledger.models import Entry
from network.volunteer_events import VolunteerEvent
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.network import TermFactory
from tests.factories.volunteers import (
    VolunteerApplicationFactory,
    VolunteerFactory,
    VolunteerWindowFactory,
)

pytestmark = pytest.mark.django_db
LISTS = ("people", "applications")


def address(which: str, kind: str = "csv") -> str:
    return reverse(f"manage_volunteers:{which}_export", args=[kind])


def lines(client: Client, which: str, **asked: str) -> list[dict[str, str]]:
    text = client.get(address(which), asked).content.decode()
    return list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))


@pytest.fixture
def manager() -> Client:
    TermFactory(code="financing", name_zh="財務融通", name_en="Financing")
    return signed_in(officer(Role.MANAGER))


def test_everyone_appointed_leaves_with_term_and_specialties(manager: Client) -> None:
    volunteer = VolunteerFactory(
        serving=True, name="王示範", phone="0900-000-321", districts=["永康區"]
    )
    term = volunteer.terms.get()

    (line,) = lines(manager, "people")

    assert line["姓名"] == "王示範"
    assert line["電話"] == "0900-000-321"
    assert line["電子郵件"] == volunteer.user.email
    assert (line["縣市"], line["專長"]) == ("臺南市", "財務融通")
    assert line["鄉鎮市區"].startswith("永康區")
    assert line["狀態"] == "服務中"
    assert line["聘任編號"] == term.number
    assert line["任期結束日"] == term.ends_on.isoformat()


def test_the_file_of_people_follows_the_filter_of_the_list(manager: Client) -> None:
    VolunteerFactory(serving=True, name="臺南的", county="tainan")
    VolunteerFactory(serving=True, name="花蓮的", county="hualien")
    VolunteerFactory(serving=True, name="也到花蓮的", county="taitung", more_counties=["hualien"])

    names = {line["姓名"] for line in lines(manager, "people", county="hualien")}

    assert names == {"花蓮的", "也到花蓮的"}
    assert len(lines(manager, "people", county="月球")) == 3


def test_applications_leave_as_those_that_wait_or_those_decided(manager: Client) -> None:
    window, reviewer = VolunteerWindowFactory(), UserFactory(name="初審者")
    VolunteerApplicationFactory(window=window, name="等初審")
    VolunteerApplicationFactory(
        window=window, name="等複審", reviewed=True, first_reviewer=reviewer
    )
    VolunteerApplicationFactory(
        window=window, name="未獲聘", reviewed=True, state="refused", refusal_reason="證書已過期。"
    )

    waiting, decided = (
        lines(manager, "applications"),
        lines(manager, "applications", show="decided"),
    )

    assert [line["姓名"] for line in waiting] == ["等初審", "等複審"]
    assert [line["初審"] for line in waiting] == ["", "初審者"]
    assert waiting[0]["送出時間"] == timezone.localdate().isoformat()
    assert [line["姓名"] for line in decided] == ["未獲聘"]
    assert decided[0]["原因"] == "證書已過期。"


@pytest.mark.parametrize("which", LISTS)
def test_nothing_in_a_file_is_run_by_a_spreadsheet(manager: Client, which: str) -> None:
    made = {"people": VolunteerFactory, "applications": VolunteerApplicationFactory}[which]
    made(name="=HYPERLINK(1)", title="@SUM(1)", phone="+886-6-000-0000")

    (line,) = lines(manager, which)
    book = openpyxl.load_workbook(io.BytesIO(manager.get(address(which, "xlsx")).content))
    cells = next(iter(book.worksheets[0].iter_rows(min_row=2)))

    assert line["姓名"] == "'=HYPERLINK(1)"
    assert line["電話"] == "'+886-6-000-0000"
    assert cells[0].value == "=HYPERLINK(1)"
    assert "f" not in {cell.data_type for cell in cells}


@pytest.mark.parametrize("which", LISTS)
@pytest.mark.parametrize("role", [Role.OFFICER, Role.LEAD, Role.AUDITOR])
def test_only_those_who_review_take_a_list_out(which: str, role: Role) -> None:
    VolunteerFactory(serving=True)

    assert signed_in(officer(role)).get(address(which)).status_code == 403
    assert signed_in(UserFactory()).get(address(which)).status_code == 403
    assert not Entry.objects.filter(event=VolunteerEvent.LIST_EXPORTED).exists()


def test_that_a_list_was_taken_out_is_noted_without_names(manager: Client) -> None:
    VolunteerFactory(serving=True)

    manager.get(address("people"))
    manager.get(address("applications"), {"show": "decided"})
    missing = manager.get(address("people", "pdf"))

    noted = Entry.objects.filter(event=VolunteerEvent.LIST_EXPORTED).order_by("pk")
    assert [entry.facts for entry in noted] == [
        {"kind": "people", "rows": 1},
        {"kind": "decided", "rows": 0},
    ]
    assert missing.status_code == 404


@pytest.mark.parametrize("which", LISTS)
def test_the_list_leads_to_its_file_with_the_same_filter(manager: Client, which: str) -> None:
    VolunteerFactory(serving=True, county="hualien")
    VolunteerApplicationFactory(reviewed=True, state="refused", refusal_reason="證書已過期。")
    asked = {"people": "county=hualien", "applications": "show=decided"}[which]
    as_csv, as_xlsx = address(which), address(which, "xlsx")

    page = manager.get(reverse(f"manage_volunteers:{which}") + f"?{asked}").content.decode()
    english = manager.get(f"/en{as_csv}?{asked}")

    for there in (as_csv, as_xlsx):
        assert f'href="{there}?{asked}"' in page
    assert english.content.decode().removeprefix("\ufeff").startswith("Name,")


@pytest.mark.parametrize("which", LISTS)
def test_a_file_asks_as_often_for_a_hundred_as_for_ten(manager: Client, which: str) -> None:
    window = VolunteerWindowFactory()

    def asked(count: int) -> int:
        for _n in range(count):
            VolunteerFactory(serving=True)
            VolunteerApplicationFactory(window=window, reviewed=True)
        with CaptureQueriesContext(connection) as seen:
            assert manager.get(address(which)).status_code == 200
        return len(seen)

    asked(1)

    assert asked(9) == asked(90) <= 20
