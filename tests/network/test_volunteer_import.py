"""A list of volunteers is taken over whole, or not at all."""

import io
import re
import uuid
import zipfile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from foundation.spreadsheets import csv_text, xlsx_bytes
from ledger.models import Entry
from network.forms.volunteer_import import COLUMNS
from network.models import Volunteer
from network.volunteer_events import VolunteerEvent
from tests.assistance.desk import officer, signed_in
from tests.factories.network import TermFactory

pytestmark = pytest.mark.django_db
GOOD = {
    "email": "li@tests.example", "name": "李示範", "county": "臺南市", "districts": "永康區",
    "specialties": "financing", "languages": "zh;en", "places": "3",
    "term_starts_on": "2026-07-01", "term_ends_on": "2027-06-30",
    "basic_certificate": "基訓-1", "basic_trained_on": "115/01/10",
    "special_certificate": "特訓-1", "special_trained_on": "115/03/10",
}  # fmt: skip


def send(*lines, kind="csv", heads=COLUMNS):
    TermFactory(code="financing")
    rows = [[line.get(name, "") for name in heads] for line in lines]
    content = csv_text(heads, rows).encode() if kind == "csv" else xlsx_bytes(heads, rows)
    file = SimpleUploadedFile(f"list.{kind}", content)
    client = signed_in(officer(Role.ADMINISTRATOR))
    sent = {"file": file, "idempotency_key": str(uuid.uuid4())}
    answer = client.post(reverse("manage_volunteers:import"), sent)
    return answer, re.sub(r"\s+", " ", answer.content.decode())


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_everyone_on_the_list_serves_afterwards(kind):
    answer, _page = send(GOOD, GOOD | {"email": "wang@tests.example"}, kind=kind)

    assert answer.status_code == 303
    assert Volunteer.objects.count() == 2
    volunteer = Volunteer.objects.get(user__email="li@tests.example")
    assert (volunteer.county, volunteer.districts) == ("tainan", ["永康區"])
    assert volunteer.trainings.count() == 2
    assert Entry.objects.get(event=VolunteerEvent.IMPORTED).facts == {"count": 2}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"email": "nobody"}, "email"),
        ({"districts": "月球區"}, "月球區"),
        ({"places": "many"}, "places"),
        ({"term_ends_on": "2020-01-01"}, "term_ends_on"),
    ],
)
def test_one_wrong_line_keeps_the_others_out_too(wrong, said):
    answer, page = send(GOOD, GOOD | {"email": "wang@tests.example"} | wrong)

    assert answer.status_code == 422
    assert said in page
    assert not Volunteer.objects.exists()


def test_somebody_twice_on_the_list_is_refused_by_line_and_nothing_stays():
    answer, _page = send(GOOD, GOOD)

    assert answer.status_code == 409
    assert not Volunteer.objects.exists()
    assert not User.objects.filter(email="li@tests.example").exists()


def test_a_file_without_the_columns_is_refused():
    answer, page = send(GOOD, heads=("name", "county"))

    assert answer.status_code == 422
    assert "email" in page


def test_what_cannot_be_read_as_a_list_is_said_beside_the_field():
    book = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(xlsx_bytes(COLUMNS, []))) as made,
        zipfile.ZipFile(book, "w") as package,
    ):
        for name in made.namelist():
            content = made.read(name).replace(b'<row r="1"', b'<row r="x"')
            package.writestr(name, content)
    file = SimpleUploadedFile("list.xlsx", book.getvalue())
    client = signed_in(officer(Role.ADMINISTRATOR))

    sent = {"file": file, "idempotency_key": str(uuid.uuid4())}
    answer = client.post(reverse("manage_volunteers:import"), sent)

    assert answer.status_code == 422
    assert answer.context["form"]["file"].errors
