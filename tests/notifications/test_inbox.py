from typing import Any

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from notifications.context import inbox_count
from notifications.models import Message
from notifications.services.inbox import mark_all_read, mark_read
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory

pytestmark = pytest.mark.django_db


def test_a_message_is_first_read_once() -> None:
    message = MessageFactory(in_portal=True)

    first = mark_read(message_id=message.pk).read_at
    second = mark_read(message_id=message.pk).read_at

    assert first is not None
    assert first == second


def test_all_that_was_listed_is_marked_and_nothing_newer() -> None:
    person = UserFactory()
    old, newer = MessageFactory.create_batch(2, in_portal=True, user=person)
    foreign = MessageFactory(in_portal=True)

    assert mark_all_read(user_id=person.pk, up_to_id=old.pk) == 1

    assert Message.objects.get(pk=old.pk).is_read
    assert not Message.objects.get(pk=newer.pk).is_read
    assert not Message.objects.get(pk=foreign.pk).is_read


def test_the_inbox_shows_ones_own_messages_alone(client: Client) -> None:
    person = UserFactory()
    MessageFactory(in_portal=True, user=person, subject="給您的訊息")
    MessageFactory(in_portal=True, subject="給別人的訊息")
    MessageFactory(user=person, subject="只在電子郵件裡的信")
    client.force_login(person)

    page = client.get(reverse("inbox:list")).content.decode()

    assert "給您的訊息" in page
    assert "給別人的訊息" not in page
    assert "只在電子郵件裡的信" not in page


def test_an_empty_inbox_says_what_will_be_here(client: Client) -> None:
    client.force_login(UserFactory())

    assert "目前沒有訊息" in client.get(reverse("inbox:list")).content.decode()


def test_opening_a_message_marks_it_and_leads_on(client: Client) -> None:
    message = MessageFactory(in_portal=True, path="/account/inbox/preferences/")
    client.force_login(message.user)

    answer = client.post(reverse("inbox:read", args=[message.pk]))

    assert answer.status_code == 303
    assert answer["Location"] == "/account/inbox/preferences/"
    assert Message.objects.get().is_read


def test_looking_changes_nothing(client: Client) -> None:
    message = MessageFactory(in_portal=True)
    client.force_login(message.user)

    assert client.get(reverse("inbox:list")).status_code == 200
    assert client.get(reverse("inbox:read", args=[message.pk])).status_code == 405
    assert not Message.objects.get().is_read


def test_anothers_message_is_not_there(client: Client) -> None:
    message = MessageFactory(in_portal=True)
    client.force_login(UserFactory())

    answers = {
        client.post(reverse("inbox:read", args=[pk])).status_code
        for pk in (message.pk, message.pk + 1, 10**18, 10**30)
    }

    assert answers == {404}
    assert not Message.objects.get().is_read


@pytest.mark.parametrize("newest", ["", "x", "-1", "٣", "9" * 40, "\x00"])
def test_a_bad_number_marks_nothing(client: Client, newest: str) -> None:
    message = MessageFactory(in_portal=True)
    client.force_login(message.user)

    answer = client.post(reverse("inbox:read_all"), {"newest": newest})

    assert answer.status_code in {303, 400}
    assert not Message.objects.get().is_read


def test_the_inbox_is_paged_with_the_same_queries(
    client: Client, django_assert_max_num_queries: Any
) -> None:
    person = UserFactory()
    MessageFactory.create_batch(60, in_portal=True, user=person)
    client.force_login(person)

    with django_assert_max_num_queries(8):
        first = client.get(reverse("inbox:list"))

    page = first.context["page"]
    assert len(page.rows) == 25
    second = client.get(reverse("inbox:list"), {"after": page.next_cursor}).context["page"]
    assert {m.pk for m in second.rows}.isdisjoint({m.pk for m in page.rows})
    assert client.get(reverse("inbox:list"), {"after": "nonsense"}).status_code == 200


def test_whoever_is_not_signed_in_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(reverse("inbox:list")).status_code == 302


def test_the_bell_counts_unread_messages_in_one_query(
    rf: RequestFactory, django_assert_num_queries: Any
) -> None:
    person = UserFactory()
    MessageFactory.create_batch(3, in_portal=True, user=person)
    request = rf.get("/")
    request.user = person

    with django_assert_num_queries(0):
        count = inbox_count(request)["inbox_count"]
    with django_assert_num_queries(1):
        assert count == 3
        assert str(count) == "3"


def test_the_bell_stops_counting_at_a_hundred(rf: RequestFactory) -> None:
    person = UserFactory()
    MessageFactory.create_batch(104, in_portal=True, user=person)
    request = rf.get("/")
    request.user = person

    assert inbox_count(request)["inbox_count"] == 100
