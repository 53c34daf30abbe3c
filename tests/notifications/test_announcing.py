import threading
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from ledger.models import Entry
from ledger.relay import relay_due
from notifications.channels import Channel, Pace
from notifications.models import Message
from notifications.services.announcing import HOURLY_CAP, announce
from notifications.states import MessageState
from tests.accounts.racing import behind
from tests.factories.accounts import UserFactory
from tests.factories.notifications import (
    MessageFactory,
    PreferenceFactory,
    SuppressedAddressFactory,
)
from tests.notifications.kinds import HAPPENED, URGENT

Happen = Callable[..., Entry]
pytestmark = pytest.mark.django_db


def _mail() -> Message:
    return Message.objects.get(channel=Channel.EMAIL)


def test_a_person_hears_by_mail_and_in_the_portal(happen: Happen) -> None:
    person = UserFactory(email="Person@tests.example")

    relay_due()
    announced = happen(users=[person.pk])
    relay_due()

    portal = Message.objects.get(channel=Channel.PORTAL)
    assert portal.user == person
    assert portal.state == MessageState.SENT
    assert portal.html == ""
    assert portal.text == "內容。\n"
    assert _mail().email == "person@tests.example"
    assert _mail().state == MessageState.PENDING
    assert _mail().entry_id == announced.pk


def test_an_address_without_account_hears_by_mail_alone(happen: Happen) -> None:
    announce(entry=happen(emails=["guest@tests.example"], language="en"))

    assert _mail().language == "en"
    assert Message.objects.count() == 1
    assert "preferences" not in _mail().text


def test_an_entry_told_twice_writes_one_message(happen: Happen) -> None:
    entry = happen(emails=["guest@tests.example"])

    first, second = announce(entry=entry), announce(entry=entry)

    assert (first, second) == (1, 0)
    assert Message.objects.count() == 1


def test_one_address_named_twice_is_told_once(happen: Happen) -> None:
    person = UserFactory(email="both@tests.example")

    announce(entry=happen(users=[person.pk], emails=["Both@tests.example"]))

    assert Message.objects.filter(channel=Channel.EMAIL).count() == 1


def test_a_key_holds_no_personal_data(happen: Happen) -> None:
    announce(entry=happen(emails=["guest@tests.example"]))

    assert "guest" not in _mail().key
    assert _mail().key.startswith(f"{HAPPENED}-{_mail().entry_id}-")
    assert _mail().key.isascii()


def test_someone_who_may_no_longer_sign_in_is_not_told(happen: Happen) -> None:
    announce(entry=happen(users=[UserFactory(is_active=False).pk]))

    assert not Message.objects.exists()


def test_who_chose_no_mail_still_finds_it_in_the_portal(happen: Happen) -> None:
    person = PreferenceFactory(pace=Pace.OFF).user

    announce(entry=happen(users=[person.pk]))

    assert Message.objects.get().channel == Channel.PORTAL


def test_who_chose_once_a_day_waits_for_the_digest(happen: Happen) -> None:
    person = PreferenceFactory(pace=Pace.DAILY).user

    announce(entry=happen(users=[person.pk]))

    assert _mail().state == MessageState.DIGEST


def test_what_cannot_be_switched_off_is_sent_at_once(happen: Happen) -> None:
    person = PreferenceFactory(kind="tests.urgent", pace=Pace.OFF).user

    announce(entry=happen(URGENT, users=[person.pk]))

    assert _mail().state == MessageState.PENDING


def test_beyond_the_hourly_cap_mail_goes_with_the_digest(happen: Happen) -> None:
    MessageFactory.create_batch(HOURLY_CAP, email="busy@tests.example", sent=True)

    announce(entry=happen(emails=["busy@tests.example"]))

    assert Message.objects.get(kind="tests.sample", entry_id__gt=0).state == MessageState.DIGEST


def test_the_cap_counts_one_hour_only(happen: Happen) -> None:
    earlier = timezone.now() - timedelta(minutes=61)
    MessageFactory.create_batch(
        HOURLY_CAP, email="busy@tests.example", sent=True, created_at=earlier
    )

    announce(entry=happen(emails=["busy@tests.example"]))

    assert Message.objects.get(entry_id__gt=0).state == MessageState.PENDING


def test_the_cap_does_not_hold_what_is_urgent(happen: Happen) -> None:
    MessageFactory.create_batch(HOURLY_CAP, email="busy@tests.example", sent=True)

    announce(entry=happen(URGENT, emails=["busy@tests.example"]))

    assert Message.objects.get(entry_id__gt=0).state == MessageState.PENDING


def test_mail_to_an_address_held_back_is_kept(happen: Happen) -> None:
    held = SuppressedAddressFactory()

    announce(entry=happen(emails=[held.email]))

    assert _mail().state == MessageState.SUPPRESSED
    assert _mail().last_error == held.reason


@pytest.mark.parametrize("address", ["not an address", "a@b\r\nBcc: c@d.example", "@", "a@b@c"])
def test_what_is_no_address_fails_where_staff_see_it(happen: Happen, address: str) -> None:
    announce(entry=happen(emails=[address]))

    assert _mail().state == MessageState.FAILED
    assert _mail().last_error


@pytest.mark.django_db(transaction=True)
def test_two_relays_at_once_keep_to_the_cap_and_write_once(happen: Happen) -> None:
    entries = [happen(emails=["busy@tests.example"]) for _ in range(HOURLY_CAP + 6)]
    barrier = threading.Barrier(4)

    def tell() -> None:
        barrier.wait()
        try:
            for entry in entries:
                announce(entry=entry)
        finally:
            connection.close()

    threads = [threading.Thread(target=tell) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Message.objects.count() == len(entries)
    assert Message.objects.filter(state=MessageState.PENDING).count() == HOURLY_CAP


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_entries_told_at_once_share_what_is_left_of_the_hour(happen: Happen) -> None:
    for _ in range(HOURLY_CAP - 1):
        announce(entry=happen(emails=["busy@tests.example"]))
    last, beyond = (happen(emails=["busy@tests.example"]) for _ in range(2))

    behind(lambda: announce(entry=last), lambda: announce(entry=beyond))

    assert Message.objects.filter(state=MessageState.PENDING).count() == HOURLY_CAP
    assert Message.objects.get(entry_id=beyond.pk).state == MessageState.DIGEST
