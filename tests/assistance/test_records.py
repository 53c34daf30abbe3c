"""The record as auditors search it: readings and acts, by case, person, event and day."""

import csv
import datetime as dt
import io

import pytest
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance import record_search
from assistance.event_names import event_choices, name_of_event
from assistance.events import CaseEvent, DeskEvent
from assistance.models import CaseReading
from assistance.record_search import Wanted
from foundation.listing import BATCH_SIZE
from ledger.models import ChainCheck, Entry
from ledger.models.entry import stream_name
from ledger.sealing import seal_due, verify_latest
from ledger.services.checking import check_chain
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import UserFactory
from tests.factories.assistance import CaseFactory
from tests.factories.ledger import EntryFactory

pytestmark = pytest.mark.django_db

RECORDS = "/desk/records/"


@pytest.fixture
def auditor():
    return officer(Role.AUDITOR, name="稽核員")


@pytest.fixture
def client(auditor):
    return signed_in(auditor)


def reading(case, reader, days_ago: float = 0, what: str = "case") -> CaseReading:
    at = timezone.now() - dt.timedelta(days=days_ago)
    return CaseReading.objects.create(case=case, reader=reader, what=what, at=at)


def act(case, actor, event: str = CaseEvent.CLAIMED, days_ago: float = 0) -> Entry:
    at = timezone.now() - dt.timedelta(days=days_ago)
    return EntryFactory(
        event=event,
        subject_label=case._meta.label_lower,
        subject_id=str(case.pk),
        stream=stream_name(case),
        actor_id=actor.pk,
        at=at,
    )


def tamper(entry: Entry) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_entry DISABLE TRIGGER entry_is_never_changed")
        cursor.execute("UPDATE ledger_entry SET actor_id = 1 WHERE id = %s", [entry.pk])
        cursor.execute("ALTER TABLE ledger_entry ENABLE TRIGGER entry_is_never_changed")


class TestReading:
    def test_who_read_a_case_between_two_days(self, client):
        case, other, reader = CaseFactory(), CaseFactory(), UserFactory(name="讀案人")
        within = reading(case, reader, days_ago=2)
        reading(case, reader, days_ago=20)
        reading(other, reader, days_ago=2)
        first = timezone.localdate() - dt.timedelta(days=5)

        page = client.get(
            RECORDS, {"kind": "readings", "case": case.reference.lower(), "first": str(first)}
        )

        assert [row["number"] for row in page.context["rows"]] == [within.pk]
        assert "讀案人" in page.content.decode()

    def test_what_a_person_read_found_by_address_or_name(self, client):
        reader = UserFactory(name="周欣怡")
        mine = reading(CaseFactory(), reader)
        reading(CaseFactory(), UserFactory(name="別人"))

        for person in (reader.email.upper(), "周欣怡", "欣怡"):
            page = client.get(RECORDS, {"kind": "readings", "person": person})
            assert [row["number"] for row in page.context["rows"]] == [mine.pk]

    def test_days_are_whole_days_here_and_may_be_written_as_people_write_them(self, client):
        reader = UserFactory()
        day = dt.date(2026, 8, 7)
        at = timezone.make_aware(dt.datetime.combine(day, dt.time(23, 59)))
        row = CaseReading.objects.create(case=CaseFactory(), reader=reader, at=at)

        for written in ("115/08/07", "2026-08-07", "１１５．８．７"):
            page = client.get(RECORDS, {"kind": "readings", "first": written, "last": written})
            assert [line["number"] for line in page.context["rows"]] == [row.pk]

    def test_the_history_of_a_case_leads_auditors_to_its_readings(self, client):
        case = CaseFactory()
        url = reverse("desk:audit", args=[case.reference])
        link = f"{RECORDS}?kind=readings&amp;case={case.reference}"

        assert link in client.get(url).content.decode()
        assert link not in signed_in(officer(Role.DUTY)).get(url).content.decode()


class TestActs:
    def test_what_a_person_did_by_event(self, client):
        case, person = CaseFactory(), UserFactory()
        wanted = act(case, person, CaseEvent.CLAIMED)
        act(case, person, CaseEvent.MERGED)
        act(case, UserFactory(), CaseEvent.CLAIMED)

        page = client.get(
            RECORDS, {"kind": "acts", "person": person.email, "event": CaseEvent.CLAIMED}
        )

        assert [row["number"] for row in page.context["rows"]] == [wanted.pk]
        assert case.reference in page.content.decode()

    def test_pages_follow_one_another_without_loss(self, client, monkeypatch):
        monkeypatch.setattr("assistance.views.desk.records.ON_A_PAGE", 2)
        case, person = CaseFactory(), UserFactory()
        all_of_them = [act(case, person, days_ago=n).pk for n in range(5)]

        seen, asked = [], {"kind": "acts", "case": case.reference}
        while True:
            page = client.get(RECORDS, asked)
            seen += [row["number"] for row in page.context["rows"]]
            if not page.context["cursor"]:
                break
            asked = asked | {"after": page.context["cursor"]}

        assert seen == all_of_them

    def test_every_event_has_a_name_in_words(self):
        unnamed = [event for event, name in event_choices() if name == event]

        assert unnamed == []
        assert name_of_event("no.such.event") == "no.such.event"

    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_the_page_takes_a_fixed_number_of_queries(
        self, client, prefix, django_assert_max_num_queries
    ):
        case = CaseFactory()
        for _ in range(10):
            act(case, UserFactory())
        client.get(prefix + RECORDS, {"kind": "acts", "case": case.reference})

        with django_assert_max_num_queries(12):
            client.get(prefix + RECORDS, {"kind": "acts", "case": case.reference})


class TestAsking:
    @pytest.mark.parametrize("role", [Role.DUTY, Role.LEAD, Role.ADMINISTRATOR])
    def test_only_auditors_search_the_record(self, role):
        client = signed_in(officer(role))

        assert client.get(RECORDS).status_code == 403
        assert client.get(RECORDS + "export.csv").status_code == 403

    def test_below_the_page_too_others_find_nothing(self):
        case = CaseFactory()
        reading(case, UserFactory())
        act(case, UserFactory())
        duty = officer(Role.DUTY)

        assert not record_search.readings(duty, Wanted(case=case)).exists()
        assert not record_search.acts(duty, Wanted(case=case)).exists()

    @pytest.mark.parametrize(
        "asked",
        [
            {"kind": "readings"},
            {"kind": "readings", "case": "A115-08-99999"},
            {"kind": "acts", "person": "沒有這個人"},
            {"kind": "acts", "first": "115/02/30"},
            {"kind": "acts", "first": "9999-12-31", "last": "9999-12-31"},
            {"kind": "acts", "first": "115/08/08", "last": "115/08/07"},
            {"kind": "acts", "event": "no.such.event"},
            {"kind": "elsewhere", "case": "x"},
        ],
    )
    def test_what_cannot_be_searched_is_said_and_kept(self, client, asked):
        page = client.get(RECORDS, asked)

        assert page.status_code == 422
        assert page.context["form"].errors
        assert "rows" not in page.context

    def test_a_name_many_share_is_refused(self, client):
        for _ in range(21):
            UserFactory(name="陳小明")

        page = client.get(RECORDS, {"kind": "acts", "person": "小明"})

        assert page.status_code == 422


class TestFile:
    def test_the_file_holds_the_lines_and_is_safe_to_open(self, client, auditor):
        case, reader = CaseFactory(), UserFactory(name="=1+1")
        reading(case, reader)

        file = client.get(RECORDS + "export.csv", {"kind": "readings", "case": case.reference})

        text = file.getvalue().decode()
        assert text.startswith("\ufeff")
        assert "'=1+1" in text
        assert case.reference in text
        entry = Entry.objects.get(event=DeskEvent.RECORDS_EXPORTED)
        assert entry.actor_id == auditor.pk
        assert entry.facts == {"rows": 1, "kind": "readings", "asked": ["case"]}

    def test_the_file_is_whole_however_long(self, client, auditor):
        case, at = CaseFactory(), timezone.now() - dt.timedelta(days=1)
        Entry.objects.bulk_create(
            EntryFactory.build(
                event=CaseEvent.CLAIMED,
                stream=stream_name(case),
                actor_id=auditor.pk,
                at=at - dt.timedelta(seconds=number // 7),
            )
            for number in range(2 * BATCH_SIZE + 3)
        )

        file = client.get(RECORDS + "export.csv", {"kind": "acts", "case": case.reference})

        lines = list(csv.reader(io.StringIO(file.getvalue().decode("utf-8-sig"))))
        numbers = [line[6] for line in lines[1:]]
        entries = Entry.objects.filter(event=CaseEvent.CLAIMED).order_by("-at", "-pk")
        assert numbers == [str(pk) for pk in entries.values_list("pk", flat=True)]
        taken = Entry.objects.get(event=DeskEvent.RECORDS_EXPORTED)
        assert taken.facts["rows"] == len(numbers) == 2 * BATCH_SIZE + 3

    def test_the_file_speaks_the_language_of_the_page(self, client):
        case = CaseFactory()
        reading(case, UserFactory())
        asked = {"kind": "readings", "case": case.reference}

        assert (
            "Case number" in client.get("/en/desk/records/export.csv", asked).getvalue().decode()
        )
        assert "案號" in client.get(RECORDS + "export.csv", asked).getvalue().decode()

    def test_taking_the_file_out_is_not_part_of_it(self, client, auditor):
        act(CaseFactory(), auditor)

        file = client.get(RECORDS + "export.csv", {"kind": "acts", "person": auditor.email})

        assert len(file.getvalue().decode().splitlines()) == 2

    def test_without_a_search_there_is_no_file(self, client):
        assert client.get(RECORDS + "export.csv").status_code == 422
        assert not Entry.objects.filter(event=DeskEvent.RECORDS_EXPORTED).exists()


class TestChain:
    def test_a_whole_chain_is_said_to_be_whole(self, client):
        act(CaseFactory(), UserFactory())
        seal_due()

        page = client.get(RECORDS, {"check": "1"})

        found = page.context["chain"]["found"]
        assert (found.bad_entry_id, found.checked) == (None, 1)
        assert found.first_entry_id == found.last_entry_id == Entry.objects.get().pk

    def test_the_first_bad_entry_is_named(self, client):
        good, bad, _later = (act(CaseFactory(), UserFactory()) for _ in range(3))
        seal_due()
        tamper(bad)

        page = client.get("/en" + RECORDS, {"check": "1"})

        assert page.context["chain"]["found"].bad_entry_id == bad.pk
        assert f"Entry {bad.pk} is the first" in page.content.decode()
        assert good.pk < bad.pk

    def test_only_the_latest_links_are_walked(self):
        first, *_rest = [act(CaseFactory(), UserFactory()) for _ in range(4)]
        seal_due()
        tamper(first)

        assert verify_latest(3).bad_entry_id is None
        assert verify_latest(3).checked == 3
        assert verify_latest(4).bad_entry_id == first.pk

    def test_the_page_says_which_stretch_was_looked_at(self, client):
        entries = [act(CaseFactory(), UserFactory()) for _ in range(3)]
        seal_due()

        page = client.get("/en/desk/records/", {"check": "1"}).content.decode()

        assert f"latest 3 entries, numbers {entries[0].pk} to {entries[-1].pk}," in page
        assert "this has not happened yet" in page
        assert verify_latest(2).first_entry_id == entries[1].pk

    def test_the_page_says_what_the_nightly_check_found(self, client):
        act(CaseFactory(), UserFactory())
        check_chain()
        page = client.get("/en/desk/records/").content.decode()
        assert "all 1 entries are as they were written" in page

        ChainCheck.objects.create(checked=0, head="x", reason="the entry was changed")
        page = client.get("/en/desk/records/").content.decode()
        assert "it is not as it was written" in page

    def test_nothing_sealed_is_no_fault(self):
        assert verify_latest(10).bad_entry_id is None

    def test_without_asking_nothing_is_checked(self, client):
        assert reverse("desk:records") == RECORDS
        assert client.get(RECORDS).context["chain"]["found"] is None
