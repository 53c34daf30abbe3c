import threading
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core import mail as outbox
from django.db import connection

from notifications.models import Message
from notifications.registry import DIGEST_KIND
from notifications.services.delivery import deliver_due
from notifications.services.digest import closing_time, gather_due
from notifications.states import MessageState
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db

# 07:40 in Taipei.
MORNING = datetime(2026, 8, 6, 23, 40, tzinfo=UTC)
YESTERDAY = MORNING - timedelta(hours=12)


@pytest.fixture(autouse=True)
def _morning():
    with time_machine.travel(MORNING, tick=False):
        yield


def test_the_digest_closes_at_half_past_seven_in_taipei() -> None:
    early = MORNING - timedelta(minutes=11)

    assert closing_time(MORNING).astimezone(UTC) == datetime(2026, 8, 6, 23, 30, tzinfo=UTC)
    assert closing_time(early).astimezone(UTC) == datetime(2026, 8, 5, 23, 30, tzinfo=UTC)


def test_what_waited_goes_in_one_mail_per_person() -> None:
    ann, ben = UserFactory(email="ann@tests.example"), UserFactory(language="en")
    for user in (ann, ann, ben):
        MessageFactory(
            for_digest=True,
            user=user,
            email=user.email,
            created_at=YESTERDAY,
            path="/account/inbox/",
        )

    assert gather_due() == 2
    deliver_due()

    digest = Message.objects.get(kind=DIGEST_KIND, user=ann)
    assert digest.text.count("您的申請已送出") == 2
    assert digest.subject == "中小企業服務網有 2 則通知"
    assert "http://testserver/account/inbox/" in digest.html
    assert Message.objects.get(kind=DIGEST_KIND, user=ben).subject.startswith("1 message from")
    assert len(outbox.outbox) == 2


def test_gathered_messages_count_as_sent_within_the_digest() -> None:
    message = MessageFactory(for_digest=True, created_at=YESTERDAY)

    gather_due()

    message.refresh_from_db()
    assert message.state == MessageState.SENT
    assert message.gathered_into.kind == DIGEST_KIND
    assert message.gathered_into.state == MessageState.PENDING


def test_a_second_run_writes_no_second_digest() -> None:
    MessageFactory(for_digest=True, email="one@tests.example", created_at=YESTERDAY)

    assert gather_due() == 1
    MessageFactory(for_digest=True, email="one@tests.example", created_at=YESTERDAY)
    assert gather_due() == 0

    assert Message.objects.filter(kind=DIGEST_KIND).count() == 1
    assert Message.objects.awaiting_digest().count() == 1
    with time_machine.travel(MORNING + timedelta(days=1)):
        assert gather_due() == 1


def test_what_came_after_half_past_seven_waits_for_tomorrow() -> None:
    MessageFactory(for_digest=True, created_at=MORNING - timedelta(minutes=5))

    assert gather_due() == 0


def test_a_morning_that_nothing_ran_is_made_up_for() -> None:
    MessageFactory(for_digest=True, created_at=YESTERDAY - timedelta(days=3))

    with time_machine.travel(MORNING + timedelta(hours=9)):
        assert gather_due() == 1


def test_a_digest_goes_to_the_address_a_person_has_now() -> None:
    person = UserFactory(email="new@tests.example")
    MessageFactory(for_digest=True, user=person, email="old@tests.example", created_at=YESTERDAY)

    gather_due()

    assert Message.objects.get(kind=DIGEST_KIND).email == "new@tests.example"


def test_nothing_is_gathered_for_a_person_who_left() -> None:
    person = UserFactory(is_active=False)
    message = MessageFactory(
        for_digest=True, user=person, email=person.email, created_at=YESTERDAY
    )

    assert gather_due() == 0

    message.refresh_from_db()
    assert message.state == MessageState.SUPPRESSED


def test_a_long_digest_lists_a_hundred_and_says_how_many_more() -> None:
    MessageFactory.create_batch(
        103, for_digest=True, email="busy@tests.example", created_at=YESTERDAY
    )

    gather_due()

    digest = Message.objects.get(kind=DIGEST_KIND)
    assert digest.text.count("- 您的申請已送出") == 100
    assert "另有 3 則" in digest.text


@pytest.mark.django_db(transaction=True)
def test_two_runs_at_once_write_one_digest_each_person() -> None:
    for person in range(5):
        MessageFactory.create_batch(
            3, for_digest=True, email=f"p{person}@tests.example", created_at=YESTERDAY
        )
    barrier = threading.Barrier(3)

    def gather() -> None:
        barrier.wait()
        try:
            gather_due(MORNING)
        finally:
            connection.close()

    threads = [threading.Thread(target=gather) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert Message.objects.filter(kind=DIGEST_KIND).count() == 5
    assert not Message.objects.awaiting_digest().exists()
