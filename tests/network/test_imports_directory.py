"""A file of entries is taken over whole or not at all, and the report says why line by line."""

import io
import uuid
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from accounts.roles import Role
from foundation.spreadsheets import csv_text, xlsx_bytes
from network.forms.importing import HEADS
from network.models import Location, Offering, Organisation
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


def send(desk: Client, rows: list[list[str]], *, kind: str = "csv", **changed: Any) -> Any:
    heads = changed.pop("heads", CHINESE)
    content = csv_text(heads, rows).encode() if kind == "csv" else xlsx_bytes(heads, rows)
    file = SimpleUploadedFile(f"entries.{kind}", content)
    sent = {"file": file, "idempotency_key": str(uuid.uuid4())} | changed
    return desk.post(reverse("manage_network:import"), sent)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_every_right_line_becomes_an_entry_with_desk_and_service(desk: Client, kind: str) -> None:
    answer = send(desk, [line(), line(name_zh="示範公會", kind="產業同業公會")], kind=kind)

    assert answer.status_code == 303
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
        file = SimpleUploadedFile(f"example.{kind}", io.BytesIO(example).read())
        sent = {"file": file, "idempotency_key": str(uuid.uuid4())}
        answer = desk.post(reverse("manage_network:import"), sent)
        assert answer.status_code == (303 if kind == "csv" else 409)

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


def test_a_line_that_stands_twice_or_is_there_already_is_named(desk: Client) -> None:
    make.OrganisationFactory(name_zh="早就有了")

    answer = send(desk, [line(), line(), line(name_zh="早就有了")])

    assert answer.status_code == 409
    assert [bool(one.wrong) for one in answer.context["lines"]] == [False, True, True]
    assert Organisation.objects.count() == 1


def test_a_file_sent_twice_is_taken_over_once(desk: Client) -> None:
    key = str(uuid.uuid4())

    first = send(desk, [line()], idempotency_key=key)
    second = send(desk, [line()], idempotency_key=key)

    assert (first.status_code, second.status_code) == (303, 303)
    assert Organisation.objects.count() == 1


def test_a_file_saved_in_the_encoding_of_spreadsheets_in_taiwan_is_taken_over(
    desk: Client,
) -> None:
    content = csv_text(CHINESE, [line()]).removeprefix("\ufeff").encode("cp950")

    answer = desk.post(
        reverse("manage_network:import"),
        {
            "file": SimpleUploadedFile("entries.csv", content),
            "idempotency_key": str(uuid.uuid4()),
        },
    )

    assert answer.status_code == 303
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
