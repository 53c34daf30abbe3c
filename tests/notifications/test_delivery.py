import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.db import connection, transaction
from django.utils import timezone

from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from notifications.registry import Recipient
from notifications.services.announcing import announce
from notifications.services.delivery import (
    BACK_OFF,
    MAX_ATTEMPTS,
    back_off,
    deliver_due,
    deliver_next,
)
from notifications.services.letters import write_letter
from notifications.services.posting import PostOffice, message_id
from notifications.states import MessageState
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory, SuppressedAddressFactory
from tests.notifications.sink import Sink

Happen = Callable[..., Entry]
pytestmark = pytest.mark.django_db


def test_a_due_message_is_sent_once() -> None:
    message = MessageFactory()

    assert deliver_due() == 1
    assert deliver_due() == 0

    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert message.sent_at is not None
    assert len(outbox.outbox) == 1


def test_each_mail_says_what_it_is() -> None:
    message = MessageFactory(subject="您的申請 A115-08-00417")

    deliver_due()

    sent = outbox.outbox[0]
    written = sent.message()
    assert sent.to == [message.email]
    assert not sent.cc
    assert not sent.bcc
    assert written["Message-ID"] == message_id(message.key)
    assert written["X-Idempotency-Key"] == message.key
    assert written["Auto-Submitted"] == "auto-generated"
    assert sent.alternatives[0].mimetype == "text/html"


def test_a_message_id_belongs_to_its_key() -> None:
    assert message_id("a-1") == message_id("a-1")
    assert message_id("a-1") != message_id("a-2")
    assert message_id("a-1").endswith("@testserver>")


def test_a_message_whose_time_has_not_come_waits() -> None:
    MessageFactory(next_attempt_at=timezone.now() + timedelta(minutes=1))

    assert deliver_due() == 0


def test_nothing_is_sent_to_an_address_held_back() -> None:
    message = MessageFactory()
    SuppressedAddressFactory(email=message.email)

    deliver_due()

    message.refresh_from_db()
    assert message.state == MessageState.SUPPRESSED
    assert not outbox.outbox


def test_nothing_is_sent_to_a_person_who_left() -> None:
    message = MessageFactory(user=UserFactory(is_active=False))

    deliver_due()

    message.refresh_from_db()
    assert message.state == MessageState.SUPPRESSED


def test_a_temporary_refusal_is_tried_again_later(smtp: Sink) -> None:
    smtp.behave(lambda address, count: "451 later please" if count == 1 else "take")
    message = MessageFactory()

    deliver_due()
    message.refresh_from_db()
    assert message.state == MessageState.PENDING
    assert message.attempts == 1
    assert message.last_error.startswith("451 later please")
    assert message.next_attempt_at > timezone.now()

    with time_machine.travel(timezone.now() + timedelta(seconds=30)):
        deliver_due()
    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert [taken.key for taken in smtp.taken] == [message.key]


def test_a_final_refusal_fails_with_the_servers_words(smtp: Sink) -> None:
    smtp.behave(lambda address, count: "550 no such mailbox")
    message = MessageFactory()

    deliver_due()

    message.refresh_from_db()
    assert message.state == MessageState.FAILED
    assert message.last_error == "550 no such mailbox"


def test_one_connection_serves_a_batch(smtp: Sink) -> None:
    MessageFactory.create_batch(5)

    deliver_due()

    assert len(smtp.taken) == 5
    assert smtp.connections == 1
    assert all(len(taken.recipients) == 1 for taken in smtp.taken)


def test_a_server_that_hangs_does_not_hold_up_the_others(smtp: Sink, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 0.3
    smtp.behave(
        lambda address, count: "hang" if address.startswith("stuck") else "take", hang_seconds=2
    )
    stuck = MessageFactory(email="stuck@tests.example")
    MessageFactory.create_batch(3)

    begun = time.monotonic()
    deliver_due()

    assert time.monotonic() - begun < 2
    assert len(smtp.taken) == 3
    stuck.refresh_from_db()
    assert stuck.state == MessageState.PENDING
    assert stuck.attempts == 1


def test_a_connection_cut_after_the_mail_was_taken_repeats_its_message_id(smtp: Sink) -> None:
    smtp.behave(lambda address, count: "take_and_cut" if count == 1 else "take")
    message = MessageFactory()

    deliver_due()
    with time_machine.travel(timezone.now() + timedelta(seconds=30)):
        deliver_due()

    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert [taken.message_id for taken in smtp.taken] == [message_id(message.key)] * 2


def test_a_closed_post_charges_no_message_an_attempt(settings: Any, smtp: Sink) -> None:
    settings.EMAIL_PORT = 9
    first, second = MessageFactory(), MessageFactory()

    assert deliver_due() == 0

    first.refresh_from_db()
    second.refresh_from_db()
    assert first.state == second.state == MessageState.PENDING
    assert first.attempts == second.attempts == 0
    assert first.last_error
    assert first.next_attempt_at > second.next_attempt_at


def test_a_poisoned_message_dies_alone(smtp: Sink) -> None:
    poison = MessageFactory(subject="one line\nBcc: all@victims.example")
    good = MessageFactory.create_batch(20)

    deliver_due()
    for _ in range(MAX_ATTEMPTS):
        Message.objects.filter(pk=poison.pk).update(next_attempt_at=timezone.now())
        deliver_due()

    assert {taken.key for taken in smtp.taken} == {message.key for message in good}
    poison.refresh_from_db()
    assert poison.state == MessageState.FAILED
    assert poison.attempts == MAX_ATTEMPTS
    assert "BadHeaderError" in poison.last_error


def test_back_off_takes_about_four_hours_in_all() -> None:
    assert 3.5 * 3600 < sum(BACK_OFF) < 4.5 * 3600
    for attempts, seconds in enumerate(BACK_OFF, start=1):
        assert 0.8 * seconds <= back_off(attempts).total_seconds() <= 1.2 * seconds


def test_a_rollback_after_sending_leaves_the_row_to_be_sent_again() -> None:
    message = MessageFactory()

    with transaction.atomic():
        deliver_next(PostOffice())
        transaction.set_rollback(True)
    message.refresh_from_db()
    assert message.state == MessageState.PENDING
    deliver_due()

    ids = [sent.message()["Message-ID"] for sent in outbox.outbox]
    assert ids == [message_id(message.key)] * 2
    message.refresh_from_db()
    assert message.state == MessageState.SENT


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_message_that_another_process_is_sending_is_stepped_over(smtp: Sink) -> None:
    smtp.behave(lambda address, count: "take_and_wait" if count == 1 else "take", hang_seconds=1)
    MessageFactory.create_batch(4)

    def send() -> None:
        try:
            deliver_due()
        finally:
            connection.close()

    threads = [threading.Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(smtp.taken) == 4
    assert len({taken.key for taken in smtp.taken}) == 4
    assert smtp.connections == 2


def test_mail_is_sent_without_a_broker(happen: Happen, settings: Any) -> None:
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:9/0"
    happen(emails=["guest@tests.example"])

    relay_due()
    deliver_due()

    assert [sent.to for sent in outbox.outbox] == [["guest@tests.example"]]


def test_hostile_words_add_no_header(happen: Happen, smtp: Sink) -> None:
    hostile = "Hello\r\nBcc: all@victims.example\r\n\r\n<b>body</b>"
    announce(entry=happen(emails=["guest@tests.example"], subject=hostile, body=hostile))

    deliver_due()

    (taken,) = smtp.taken
    assert taken.recipients == ["guest@tests.example"]
    assert taken.mail["Bcc"] is None
    for header in ("To", "Subject", "From", "Message-ID", "Auto-Submitted", "Reply-To"):
        assert len(taken.mail.get_all(header, [])) == (header != "Reply-To")


def test_a_letter_goes_first_once_and_is_forgotten(smtp: Sink) -> None:
    MessageFactory()
    recipient = Recipient(email="Owner@tests.example", language="zh-hant")
    context = {"subject": "驗證碼 123456", "paragraphs": ["123456"]}

    first = write_letter(
        key="code-1",
        template="notifications/messages/notice",
        recipient=recipient,
        context=context,
    )
    again = write_letter(
        key="code-1",
        template="notifications/messages/notice",
        recipient=recipient,
        context=context,
    )
    deliver_due()

    assert (first, again) == (True, False)
    assert smtp.taken[0].recipients == ["owner@tests.example"]
    assert "123456" in smtp.taken[0].mail.get_body(("plain",)).get_content()
    kept = Message.objects.get(key="letter-code-1")
    assert kept.state == MessageState.SENT
    assert kept.subject == kept.text == kept.html == ""


@pytest.mark.slow
def test_through_all_kinds_of_trouble_nothing_is_lost(smtp: Sink, settings: Any) -> None:
    settings.EMAIL_TIMEOUT = 0.2
    troubles = {3: "hang", 7: "451 later", 11: "cut", 13: "take_and_cut", 17: "550 never"}
    smtp.behave(
        lambda address, count: next(
            (act for n, act in troubles.items() if count % n == 0), "take"
        ),
        hang_seconds=0.4,
    )
    messages = MessageFactory.create_batch(60)

    for minutes in range(12):
        with time_machine.travel(timezone.now() + timedelta(minutes=5 * minutes)):
            deliver_due(limit=200)

    states = set(Message.objects.values_list("state", flat=True))
    assert states <= {MessageState.SENT, MessageState.FAILED}
    failed = Message.objects.failed()
    assert all(message.last_error == "550 never" for message in failed)
    arrived = {taken.key for taken in smtp.taken}
    assert arrived | {message.key for message in failed} == {message.key for message in messages}
    assert len({(taken.key, taken.message_id) for taken in smtp.taken}) == len(arrived)


@pytest.mark.slow
def test_a_kind_that_cannot_be_written_holds_up_no_other(happen: Happen) -> None:
    broken = happen(users=["nobody"], emails=["first@tests.example"])
    happen(emails=["second@tests.example"])

    relay_due()
    deliver_due()

    assert [sent.to for sent in outbox.outbox] == [["second@tests.example"]]
    assert broken.deliveries.get().last_error
