"""A file of entries is taken over whole or not at all, and the report says why line by line."""

import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from foundation.spreadsheets import csv_text, xlsx_bytes
from ledger.models import Entry
from network.directory_columns import HEADS
from network.directory_events import DirectoryEvent
from network.models import Location, Offering, OfferingAtLocation, Organisation
from tests.factories import network as make
from tests.factories.accounts import StaffMembershipFactory

pytestmark = pytest.mark.django_db
CHINESE = [words[0] for words in HEADS.values()]
RIGHT = {
    "name_zh": "示範商會",
    "kind": "chamber",
    "description_zh": "諮詢。",
    "place": "台中市大里區",
    "address_zh": "示範路 1 號",
    "service_zh": "經營諮詢",
    "topics": "management、行銷",
}


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(StaffMembershipFactory(role=Role.ADMINISTRATOR).user)
    make.TermFactory(code="management", name_zh="經營管理")
    make.TermFactory(code="marketing", name_zh="行銷")
    return client


def line(**changed: str) -> list[str]:
    said = RIGHT | changed
    return [said.get(name, "") for name in HEADS]


def send(
    desk: Client, rows: list[list[str]], *, kind: str = "csv", heads: list[str] = CHINESE
) -> Any:
    """The file is looked at; nothing is taken over yet."""
    content = csv_text(heads, rows).encode() if kind == "csv" else xlsx_bytes(heads, rows)
    return send_file(desk, content, kind)


def send_file(desk: Client, content: bytes, kind: str = "csv") -> Any:
    file = SimpleUploadedFile(f"entries.{kind}", content)
    sent = {"file": file, "idempotency_key": str(uuid.uuid4())}
    return desk.post(reverse("manage_network:import"), sent)


def confirm(desk: Client, looked: Any) -> Any:
    """Take over what was shown."""
    assert looked.status_code == 200, looked.context["lines"]
    form = looked.context["confirm_form"]
    sent = {name: form[name].value() for name in ("lines", "plan", "idempotency_key")}
    return desk.post(reverse("manage_network:import"), sent)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_right_line_becomes_an_entry_with_desk_and_service(desk: Client, kind: str) -> None:
    looked = send(desk, [line(), line(name_zh="示範公會", kind="產業同業公會")], kind=kind)

    assert not Organisation.objects.exists()
    assert looked.context["new"] == 2
    assert confirm(desk, looked).status_code == 303
    assert Organisation.objects.count() == 2
    place = Location.objects.first()
    assert place is not None
    assert (place.county, place.district, place.postcode) == ("taichung", "大里區", "412")
    offering = Offering.objects.get(organisation__name_zh="示範公會")
    assert set(offering.terms.values_list("code", flat=True)) == {"management", "marketing"}
    assert offering.areas.get().county == "taichung"


def test_the_example_can_be_taken_over(desk: Client) -> None:
    for kind in ("csv", "xlsx"):
        example = desk.get(reverse("manage_network:import_example", args=[kind])).content
        looked = send_file(desk, example, kind)
        assert looked.context["new"] == (1 if kind == "csv" else 0)
        if kind == "csv":
            confirm(desk, looked)

    assert Organisation.objects.count() == 1


@pytest.mark.parametrize(
    ("changed", "says"),
    [
        ({"name_zh": ""}, "中文名稱"),
        ({"kind": "club"}, "種類"),
        ({"place": "火星"}, "縣市"),
        ({"place": "臺中市"}, "鄉鎮市區"),
        ({"topics": "占星"}, "占星"),
        ({"email": "no"}, "電子郵件"),
        ({"business_number": "12345678"}, "統一編號"),
        ({"areas": "亞特蘭提斯"}, "服務範圍"),
        ({"areas": "臺中市", "excepted": "臺北市"}, "不服務的地區"),
        ({"hours": "週一早上"}, "服務時間"),
        ({"hours": "1 09:00-08:00"}, "服務時間"),
        ({"features": "直升機坪"}, "無障礙設施"),
        ({"languages": "克林貢語"}, "服務語言"),
        ({"key": "7"}, "編號"),
        ({"name_zh": "長" * 121}, "中文名稱"),
    ],
)
def test_one_wrong_line_keeps_all_out_and_is_named(
    desk: Client, changed: dict[str, str], says: str
) -> None:
    answer = send(desk, [line(name_zh="好的一列"), line(**changed)])

    assert answer.status_code == 422
    assert not Organisation.objects.exists()
    first, second = answer.context["lines"]
    assert first.wrong == []
    assert second.number == 3
    assert any(says in words for words in second.wrong)


def test_a_line_that_says_something_else_of_the_same_place_is_named(desk: Client) -> None:
    other = line(service_zh="另一項服務", address_zh="別的路 2 號")

    answer = send(desk, [line(), other])

    assert answer.status_code == 409
    assert [bool(one.wrong) for one in answer.context["lines"]] == [False, True]
    assert not Organisation.objects.exists()


def test_several_lines_make_one_organisation_with_several_places_and_services(
    desk: Client,
) -> None:
    rows = [
        line(location_zh="總會", hours="1-5 09:00-17:00"),
        line(location_zh="總會", service_zh="行銷諮詢", hours="3 09:00-12:00"),
        line(location_zh="分會", place="臺中市太平區", address_zh="示範路 9 號"),
    ]

    confirm(desk, send(desk, rows))

    home = Organisation.objects.get()
    assert home.locations.count() == home.offerings.count() == 2
    found = OfferingAtLocation.objects.order_by("pk")
    weeks = [(at.offering.name_zh, at.location.name_zh, at.schedules.count()) for at in found]
    assert weeks == [("經營諮詢", "總會", 5), ("行銷諮詢", "總會", 1), ("經營諮詢", "分會", 0)]


def test_what_was_confirmed_twice_is_taken_over_once(desk: Client) -> None:
    looked = send(desk, [line()])

    answers = [confirm(desk, looked).status_code for _n in range(2)]

    assert answers == [303, 303]
    assert Organisation.objects.count() == 1
    assert Entry.objects.filter(event=DirectoryEvent.IMPORTED).count() == 1


@pytest.fixture
def entry(desk: Client) -> OfferingAtLocation:
    """An entry with everything a line can say."""
    line_said = line(
        name_en="Demo Chamber", phone="+886-4-0000", email="a@demo.example", location_zh="大里服務臺",
        location_kind="據點", features="無障礙出入口、電梯", service_en="Advice", fees_zh="免費",
        areas="臺中市；彰化縣員林市", excepted="臺中市和平區", languages="國語、越南語",
        hours="1-4 08:30-12:00, 13:30-17:30; 5 08:30-12:00", state="",
    )  # fmt: skip
    looked = send(desk, [[cell if cell != "據點" else "physical" for cell in line_said]])
    assert confirm(desk, looked).status_code == 303
    return OfferingAtLocation.objects.get()


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_directory_sent_back_as_it_is_changes_nothing(
    desk: Client, entry: OfferingAtLocation, kind: str, language: str
) -> None:
    make.OfferingAtLocationFactory(offering__terms=["management"])
    make.ServiceAreaFactory(offering=Offering.objects.latest("pk"), county="taipei")
    before = Organisation.objects.get(pk=entry.offering.organisation_id).updated_at
    exported = desk.get(language + reverse("manage_network:export", args=[kind])).content

    looked = send_file(desk, exported, kind)

    assert looked.status_code == 200, [one.wrong for one in looked.context["lines"]]
    counts = {name: looked.context[name] for name in ("new", "changed", "same")}
    assert counts == {"new": 0, "changed": 0, "same": 2}
    assert Organisation.objects.get(pk=entry.offering.organisation_id).updated_at == before


def test_only_what_differs_is_shown_and_then_changed(
    desk: Client, entry: OfferingAtLocation
) -> None:
    other = make.OfferingAtLocationFactory(offering__terms=["management"])
    make.ServiceAreaFactory(offering=other.offering, county="taichung")
    exported = desk.get(reverse("manage_network:export", args=["csv"])).content.decode()
    changed = exported.replace("示範商會", "示範總商會").replace(
        "5 08:30-12:00", "5 08:30-12:00; 6 09:00-11:00"
    )

    looked = send_file(desk, changed.encode())

    (planned,) = [one for one in looked.context["planned"] if one["changes"]]
    assert [one["head"] for one in planned["changes"]] == ["中文名稱", "服務時間"]
    assert Organisation.objects.filter(name_zh="示範商會").exists()
    confirm(desk, looked)
    entry.refresh_from_db()
    assert entry.offering.organisation.name_zh == "示範總商會"
    assert entry.schedules.filter(weekday=6).exists()
    events = Entry.objects.filter(event__in=["network.organisation.changed"])
    assert set(events.values_list("subject_id", flat=True)) == {
        str(entry.offering.organisation_id)
    }


def test_columns_that_are_missing_leave_what_stands(
    desk: Client, entry: OfferingAtLocation
) -> None:
    names = ("name_zh", "kind", "description_zh", "location_zh", "place", "address_zh")
    heads = [HEADS[name][0] for name in (*names, "service_zh", "topics")]
    said = {**RIGHT, "location_zh": "大里服務臺"}
    row = [said[name] for name in (*names, "service_zh", "topics")]

    looked = send(desk, [row], heads=heads)

    assert looked.context["same"] == 1, looked.context["planned"]
    entry.refresh_from_db()
    assert entry.schedules.exists()
    assert entry.offering.areas.count() == 3


def test_nothing_is_done_that_was_not_shown(desk: Client, entry: OfferingAtLocation) -> None:
    looked = send(desk, [line(location_zh="大里服務臺", phone="02-1")])
    Organisation.objects.update(phone="02-9")

    answer = confirm(desk, looked)

    assert answer.status_code == 409
    assert answer.context["changed"] == 1
    assert Organisation.objects.get().phone == "02-9"


def test_what_was_not_signed_here_is_not_taken_over(desk: Client) -> None:
    sent = {"lines": "made up", "plan": "x", "idempotency_key": str(uuid.uuid4())}

    answer = desk.post(reverse("manage_network:import"), sent)

    assert answer.status_code == 409
    assert not Organisation.objects.exists()


def test_an_unknown_key_is_named(desk: Client) -> None:
    answer = send(desk, [line(key=str(uuid.uuid4()))])

    assert answer.status_code == 409
    assert answer.context["lines"][0].wrong


def test_partners_take_out_their_own_entries_only(client: Client) -> None:
    own = make.OfferingAtLocationFactory()
    make.OfferingAtLocationFactory()
    member = make.OrganisationMembershipFactory(organisation=own.offering.organisation)
    client.force_login(member.user)

    listed = client.get(reverse("manage_network:export", args=["csv"])).content.decode()

    assert str(own.uuid) in listed
    assert len(listed.strip().splitlines()) == 2


def test_a_file_saved_in_the_encoding_of_spreadsheets_in_taiwan_is_taken_over(
    desk: Client,
) -> None:
    content = csv_text(CHINESE, [line()]).removeprefix("\ufeff").encode("cp950")

    assert confirm(desk, send_file(desk, content)).status_code == 303

    assert Organisation.objects.get().name_zh == "示範商會"


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("entries.csv", b""),
        ("entries.csv", b"\xff\xfe\x00nonsense"),
        ("entries.xlsx", b"not a sheet"),
        ("entries.pdf", b"%PDF-1.4"),
        ("entries.csv", "種類,電話\nchamber,1\n".encode()),
        ("entries.csv", ",".join(CHINESE).encode()),
    ],
)
def test_a_file_that_is_none_is_said_beside_the_field(
    desk: Client, name: str, content: bytes
) -> None:
    file = SimpleUploadedFile(name, content)

    answer = desk.post(
        reverse("manage_network:import"), {"file": file, "idempotency_key": str(uuid.uuid4())}
    )

    assert answer.status_code == 422
    assert answer.context["form"]["file"].errors
