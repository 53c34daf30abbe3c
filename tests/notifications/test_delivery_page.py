from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from accounts.models import User
from accounts.roles import Role
from notifications.models import Message, SuppressedAddress
from notifications.states import MessageState
from notifications.statistics import post_counts
from tests.factories.accounts import StaffMembershipFactory, UserFactory
from tests.factories.notifications import MessageFactory, SuppressedAddressFactory

pytestmark = pytest.mark.django_db
PAGE = "/manage/delivery/"


@pytest.fixture
def administrator(client: Client) -> User:
    person: User = StaffMembershipFactory(role=Role.ADMINISTRATOR).user
    client.force_login(person)
    return person


def test_administrators_see_what_failed_without_its_words(
    client: Client, administrator: User
) -> None:
    MessageFactory(
        failed=True, email="owner@tests.example", subject="秘密主旨", text="秘密", html="秘密"
    )

    page = client.get(PAGE).content.decode()

    assert "550 no such mailbox" in page
    assert "ow…@tests.example" in page
    assert "owner@tests.example" not in page
    assert "秘密" not in page


@pytest.mark.parametrize("state", ["failed", "suppressed", "pending", "digest", "nonsense", ""])
def test_each_state_has_its_list(client: Client, administrator: User, state: str) -> None:
    for trait in ("failed", "suppressed", "for_digest"):
        MessageFactory(**{trait: True})
    MessageFactory()

    answer = client.get(PAGE, {"state": state})

    assert answer.status_code == 200
    assert len(answer.context["page"].rows) == 1


def test_a_failed_message_is_resent_by_its_button(client: Client, administrator: User) -> None:
    message = MessageFactory(failed=True)

    answer = client.post(reverse("inbox:resend", args=[message.pk]))

    assert answer.status_code == 303
    assert Message.objects.get().state == MessageState.PENDING


def test_a_message_that_was_sent_meanwhile_answers_409(
    client: Client, administrator: User
) -> None:
    message = MessageFactory(sent=True)

    answer = client.post(reverse("inbox:resend", args=[message.pk]))

    assert answer.status_code == 409
    assert "不需要再處理" in answer.content.decode()


def test_all_failed_messages_are_resent_by_one_button(client: Client, administrator: User) -> None:
    MessageFactory.create_batch(2, failed=True)

    assert client.post(reverse("inbox:resend_all")).status_code == 303
    assert not Message.objects.failed().exists()


def test_an_address_is_held_back_after_a_reason_was_given(
    client: Client, administrator: User
) -> None:
    door = reverse("inbox:hold_back", args=[MessageFactory(failed=True).pk])

    assert client.get(door).status_code == 200
    assert client.post(door, {"reason": "\u3164"}).status_code == 422
    assert client.post(door, {"reason": "信箱不存在"}).status_code == 303
    assert client.post(door, {"reason": "再一次"}).status_code == 409
    assert SuppressedAddress.objects.in_force().count() == 1


def test_an_address_is_released_by_its_button(client: Client, administrator: User) -> None:
    held = SuppressedAddressFactory()

    assert held.reason in client.get(PAGE).content.decode()
    assert client.post(reverse("inbox:release", args=[held.pk])).status_code == 303
    assert client.post(reverse("inbox:release", args=[held.pk])).status_code == 409


@pytest.mark.parametrize("role", [None, Role.OFFICER, Role.LEAD, Role.AUDITOR, Role.DUTY])
def test_nobody_else_opens_these_doors(client: Client, role: Role | None) -> None:
    person = UserFactory() if role is None else StaffMembershipFactory(role=role).user
    client.force_login(person)
    message, held = MessageFactory(failed=True), SuppressedAddressFactory()

    answers: list[Any] = [
        client.get(PAGE),
        client.post(reverse("inbox:resend", args=[message.pk])),
        client.post(reverse("inbox:resend_all")),
        client.get(reverse("inbox:hold_back", args=[message.pk])),
        client.post(reverse("inbox:hold_back", args=[message.pk]), {"reason": "x"}),
        client.post(reverse("inbox:release", args=[held.pk])),
    ]

    assert {answer.status_code for answer in answers} == {403}
    assert Message.objects.get().state == MessageState.FAILED
    assert SuppressedAddress.objects.in_force().exists()


def test_counts_say_what_the_post_owes() -> None:
    MessageFactory()
    MessageFactory(attempts=2)
    MessageFactory(sent=True)
    MessageFactory(failed=True)
    MessageFactory(in_portal=True)

    counts = post_counts()

    assert (counts.pending, counts.retrying, counts.failed, counts.late) == (2, 1, 1, 0)
    assert counts.oldest_pending_seconds >= 0
