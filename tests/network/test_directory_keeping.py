"""Entries are kept by administrators and, each its own, by partners; owners are asked twice a year."""

import datetime as dt
import uuid
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from ledger.models import Entry
from network.directory_events import DirectoryEvent
from network.errors import EntryClosedError, NameTakenError, PartnerAlreadyError
from network.models import Location, Offering, Organisation, Schedule
from network.services import entries, freshness, points
from tests.factories import network as make
from tests.factories.accounts import StaffMembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def keeper() -> User:
    return StaffMembershipFactory(role=Role.ADMINISTRATOR).user


@pytest.fixture
def desk(client: Client, keeper: User) -> Client:
    client.force_login(keeper)
    return client


def at(name: str, *args: Any) -> str:
    return reverse(f"manage_network:{name}", args=args)


def words(**changed: Any) -> entries.OrganisationWords:
    said = {"kind": "chamber", "name_zh": "示範商會", "description_zh": "諮詢。"}
    return entries.OrganisationWords(**said | changed)


def recorded(event: DirectoryEvent) -> int:
    return Entry.objects.filter(event=event).count()


def test_an_entry_is_added_once_however_often_the_form_is_sent(desk: Client) -> None:
    sent = {
        "idempotency_key": str(uuid.uuid4()),
        "kind": "chamber",
        "name_zh": "示範商會",
        "description_zh": "諮詢。",
        "email": "chamber@demo.example",
    }

    first = desk.post(at("add"), sent)
    second = desk.post(at("add"), sent)

    assert (first.status_code, second.status_code) == (303, 303)
    made = Organisation.objects.get()
    assert made.name_zh == "示範商會"
    assert made.confirmed_by is not None
    assert recorded(DirectoryEvent.ADDED) == 1


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("name_zh", ""),
        ("name_zh", "\u3164"),
        ("name_zh", "長" * 121),
        ("kind", "club"),
        ("business_number", "12345678"),
        ("email", "no"),
        ("url", "javascript:alert(1)"),
    ],
)
def test_what_is_wrong_stands_beside_its_field_and_stays_typed(
    desk: Client, field: str, typed: str
) -> None:
    sent = {"kind": "chamber", "name_zh": "示範商會", "description_zh": "諮詢。"}

    page = desk.post(at("add"), sent | {"idempotency_key": uuid.uuid4(), field: typed})

    assert page.status_code == 422
    assert page.context["form"][field].errors
    assert page.context["form"][field].value() == typed
    assert not Organisation.objects.exists()


def test_a_name_stands_once_among_open_entries(desk: Client, keeper: User) -> None:
    entries.add(words=words(), by_id=keeper.pk, key=uuid.uuid4())

    with pytest.raises(NameTakenError):
        entries.add(words=words(), by_id=keeper.pk, key=uuid.uuid4())


def test_changing_an_entry_confirms_it(keeper: User) -> None:
    old = make.OrganisationFactory(stale=True, reminded_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC))

    changed = entries.change(organisation_id=old.pk, words=words(phone="02"), by_id=keeper.pk)

    assert not changed.is_stale
    assert changed.reminded_at is None
    assert changed.confirmed_by == keeper
    entry = Entry.objects.get(event=DirectoryEvent.CHANGED)
    assert "phone" in entry.facts["changed"]


def test_a_closed_entry_stays_as_it_is(keeper: User) -> None:
    closed = make.OrganisationFactory(closed=True)

    with pytest.raises(EntryClosedError):
        entries.confirm(organisation_id=closed.pk, by_id=keeper.pk)
    with pytest.raises(EntryClosedError):
        entries.change(organisation_id=closed.pk, words=words(), by_id=keeper.pk)
    with pytest.raises(EntryClosedError):
        points.add_location(
            organisation_id=closed.pk,
            words=points.LocationWords(name_zh="新地點", kind="virtual"),
            by_id=keeper.pk,
            key=uuid.uuid4(),
        )


def test_a_place_gets_postcode_and_middle_from_its_district(desk: Client) -> None:
    home = make.OrganisationFactory()
    sent = {
        "idempotency_key": str(uuid.uuid4()),
        "kind": "physical",
        "name_zh": "大里服務臺",
        "county": "taichung",
        "district": "taichung/大里區",
        "address_zh": "示範路 1 號",
    }

    done = desk.post(at("location_add", home.uuid), sent)

    assert done.status_code == 303
    place = Location.objects.get()
    assert (place.county, place.district, place.postcode) == ("taichung", "大里區", "412")
    assert place.latitude == pytest.approx(24.1, abs=0.05)
    missing = desk.post(at("location_add", home.uuid), sent | {"address_zh": ""})
    assert missing.status_code == 422


def test_a_service_is_given_at_places_on_days_for_areas(desk: Client) -> None:
    home = make.OrganisationFactory()
    place = make.LocationFactory(organisation=home)
    make.TermFactory(code="financing")
    sent = {
        "idempotency_key": str(uuid.uuid4()),
        "name_zh": "貸款諮詢",
        "state": "active",
        "topics": ["financing"],
        "areas": ["taichung", "changhua"],
        "languages": ["zh"],
        "locations": [str(place.pk)],
        "days": ["1", "2"],
        "opens_at": "09:00",
        "closes_at": "12:00",
        "opens_again_at": "13:30",
        "closes_again_at": "17:00",
    }

    done = desk.post(at("offering_add", home.uuid), sent)

    assert done.status_code == 303
    made = Offering.objects.get()
    assert set(made.areas.values_list("county", flat=True)) == {"taichung", "changhua"}
    assert Schedule.objects.count() == 4
    again = desk.post(at("offering_change", home.uuid, made.pk), sent | {"areas": ["nation"]})
    assert again.status_code == 303
    assert made.areas.get().extent == "nation"
    assert Schedule.objects.count() == 4


def offered(desk: Client, **changed: Any) -> Any:
    """A service sent from the form of an entry with one place."""
    home = make.OrganisationFactory()
    make.TermFactory(code="financing")
    sent = {
        "idempotency_key": str(uuid.uuid4()),
        "name_zh": "貸款諮詢",
        "state": "active",
        "topics": ["financing"],
    }
    return desk.post(at("offering_add", home.uuid), sent | changed)


def test_districts_and_exceptions_are_typed_and_kept(desk: Client) -> None:
    typed = {
        "areas": ["taichung"],
        "districts": "彰化縣員林市、Douliu City, Yunlin County",
        "excepted": "台中市和平區",
    }

    assert offered(desk, **typed).status_code == 303

    made = Offering.objects.get()
    rows = {(o.extent, o.county, o.district, o.is_excepted): o.uuid for o in made.areas.all()}
    assert set(rows) == {
        ("county", "taichung", "", False),
        ("district", "changhua", "員林市", False),
        ("district", "yunlin", "斗六市", False),
        ("district", "taichung", "和平區", True),
    }
    shown = desk.get(at("offering_change", made.organisation.uuid, made.pk)).context["form"]
    assert shown["districts"].value() == "彰化縣員林市；雲林縣斗六市"
    assert shown["excepted"].value() == "臺中市和平區"
    sent = shown.initial | {"languages": []}
    desk.post(at("offering_change", made.organisation.uuid, made.pk), sent)
    again = {(o.extent, o.county, o.district, o.is_excepted): o.uuid for o in made.areas.all()}
    assert again == rows


@pytest.mark.parametrize(
    ("typed", "field"),
    [
        ({}, "areas"),
        ({"districts": "火星區"}, "districts"),
        ({"districts": "臺中市"}, "districts"),
        ({"areas": ["taichung"], "excepted": "臺北市中正區"}, "excepted"),
        ({"areas": ["taichung"], "excepted": "臺中市"}, "excepted"),
        ({"areas": ["nation"], "excepted": "全國"}, "excepted"),
    ],
)
def test_areas_that_cannot_be_are_named(desk: Client, typed: dict[str, Any], field: str) -> None:
    page = offered(desk, **typed)

    assert page.status_code == 422
    assert page.context["form"][field].errors
    assert page.context["form"][field].value() == typed.get(field, [])


def test_hours_differ_by_place_and_by_day(desk: Client) -> None:
    here = make.OfferingAtLocationFactory()
    there = make.OfferingAtLocationFactory(offering=here.offering)
    make.ScheduleFactory(at=there, weekday=2)
    home = here.offering.organisation
    path = at("week", home.uuid, here.offering_id, here.pk)

    done = desk.post(path, {"d1": "08:30–12:00、13:30~17:30", "d6": "０９：００-12:00"})

    assert done.status_code == 303
    spans = here.schedules.in_order().values_list("weekday", "opens_at", "closes_at")
    assert [(day, f"{a:%H:%M}", f"{b:%H:%M}") for day, a, b in spans] == [
        (1, "08:30", "12:00"),
        (1, "13:30", "17:30"),
        (6, "09:00", "12:00"),
    ]
    assert there.schedules.get().weekday == 2
    assert desk.get(path).context["form"]["d1"].value() == "08:30-12:00, 13:30-17:30"
    assert recorded(DirectoryEvent.HOURS_CHANGED) == 1


@pytest.mark.parametrize(
    "typed", ["morning", "9-12", "12:00-09:00", "25:00-26:00", "09:00-12:00, 11:00-13:00"]
)
def test_hours_that_cannot_be_read_are_said_beside_the_day(desk: Client, typed: str) -> None:
    row = make.OfferingAtLocationFactory()

    page = desk.post(
        at("week", row.offering.organisation.uuid, row.offering_id, row.pk), {"d3": typed}
    )

    assert page.status_code == 422
    assert page.context["form"]["d3"].errors
    assert page.context["form"]["d3"].value() == typed


def test_days_that_differ_are_named_once_and_taken_out(desk: Client) -> None:
    place = make.LocationFactory()
    path = at("days", place.organisation.uuid, place.pk)
    sent = {"idempotency_key": str(uuid.uuid4()), "first_on": "115/12/30", "last_on": "116/1/2"}

    first, second = desk.post(path, sent), desk.post(path, sent)
    over = desk.post(path, sent | {"idempotency_key": str(uuid.uuid4()), "last_on": ""})
    wrong = desk.post(path, sent | {"last_on": "115/12/1", "hours": "noon"})

    assert (first.status_code, second.status_code) == (303, 303)
    assert over.status_code == 409
    assert wrong.status_code == 422
    assert {"last_on", "hours"} <= set(wrong.context["form"].errors)
    (held,) = place.exceptions.all()
    assert held.span is None
    removed = desk.post(at("days_remove", place.organisation.uuid, place.pk, held.pk))
    assert removed.status_code == 303
    assert not place.exceptions.exists()
    assert recorded(DirectoryEvent.EXCEPTION_ADDED) == 1
    assert recorded(DirectoryEvent.EXCEPTION_REMOVED) == 1


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"closes_at": "08:00"}, "closes_at"),
        ({"days": []}, "days"),
        ({"opens_at": "", "closes_at": ""}, "opens_at"),
        ({"opens_again_at": "11:00", "closes_again_at": "15:00"}, "opens_again_at"),
        ({"topics": ["astrology"]}, "topics"),
        ({"areas": ["atlantis"]}, "areas"),
        ({"locations": ["999999"]}, "locations"),
    ],
)
def test_hours_and_choices_that_cannot_be_are_named(
    desk: Client, changed: dict[str, Any], field: str
) -> None:
    home = make.OrganisationFactory()
    make.TermFactory(code="financing")
    sent = {
        "idempotency_key": str(uuid.uuid4()),
        "name_zh": "貸款諮詢",
        "state": "active",
        "topics": ["financing"],
        "areas": ["taichung"],
        "days": ["1"],
        "opens_at": "09:00",
        "closes_at": "12:00",
    }

    page = desk.post(at("offering_add", home.uuid), sent | changed)

    assert page.status_code == 422
    assert page.context["form"][field].errors


def test_partners_keep_their_own_entry_and_no_other(client: Client) -> None:
    membership = make.OrganisationMembershipFactory()
    other = make.OrganisationFactory()
    client.force_login(membership.user)

    own = client.post(at("confirm", membership.organisation.uuid))
    listed = client.get(at("index"))

    assert own.status_code == 303
    assert [row.pk for row in listed.context["rows"]] == [membership.organisation_id]
    assert client.get(at("organisation", other.uuid)).status_code == 404
    assert client.post(at("confirm", other.uuid)).status_code == 404
    assert client.post(at("close", membership.organisation.uuid)).status_code == 403


def test_a_partner_is_named_by_account_and_taken_off(desk: Client, keeper: User) -> None:
    home, person = make.OrganisationFactory(), UserFactory(email="partner@example.com")

    named = desk.post(at("partner_name", home.uuid), {"email": "Partner@example.com"})
    unknown = desk.post(at("partner_name", home.uuid), {"email": "nobody@example.com"})

    assert named.status_code == 303
    assert unknown.status_code == 409
    membership = home.memberships.get()
    assert membership.user == person
    with pytest.raises(PartnerAlreadyError):
        entries.name_partner(organisation_id=home.pk, email=person.email, by_id=keeper.pk)
    ended = desk.post(at("partner_end", home.uuid, membership.pk))
    assert ended.status_code == 303
    membership.refresh_from_db()
    assert membership.ended_at is not None
    assert recorded(DirectoryEvent.PARTNER_ENDED) == 1


def test_owners_are_asked_before_six_months_are_over_and_once_a_month() -> None:
    with time_machine.travel("2026-01-01 10:00+08:00", tick=False):
        due = make.OrganisationFactory()
        make.OrganisationFactory(closed=True)
    with time_machine.travel("2026-06-10 10:00+08:00", tick=False):
        make.OrganisationFactory()
        assert freshness.ask_owners() == 0
    with time_machine.travel("2026-06-20 10:00+08:00", tick=False):
        assert freshness.ask_owners() == 1
        assert freshness.ask_owners() == 0
    with time_machine.travel("2026-07-25 10:00+08:00", tick=False):
        assert freshness.ask_owners() == 1

    asked = Entry.objects.filter(event=DirectoryEvent.CONFIRMATION_ASKED)
    assert set(asked.values_list("subject_id", flat=True)) == {str(due.pk)}
