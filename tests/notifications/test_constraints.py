from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from foundation.transitions import MoveNotAllowedError
from notifications.models import Message
from notifications.states import MESSAGE_COURSE, MessageState
from tests.factories.accounts import UserFactory
from tests.factories.notifications import (
    MessageFactory,
    PreferenceFactory,
    SuppressedAddressFactory,
)

pytestmark = pytest.mark.django_db

REFUSED: list[tuple[str, dict[str, Any]]] = [
    ("message_state_is_known", {"state": "lost"}),
    ("message_channel_is_known", {"channel": "pigeon"}),
    ("message_sent_at_iff_sent", {"sent_at": timezone.now()}),
    ("message_sent_at_iff_sent", {"state": "sent"}),
    ("message_by_email_has_an_address", {"email": ""}),
    ("message_in_portal_has_a_user", {"in_portal": True, "user": None}),
    (
        "message_in_portal_is_sent_when_written",
        {"in_portal": True, "state": "pending", "sent_at": None},
    ),
    ("message_read_only_in_portal", {"read_at": timezone.now()}),
    ("message_failed_says_why", {"state": "failed"}),
]


@pytest.mark.parametrize(("name", "fields"), REFUSED)
def test_the_database_refuses_a_message_that_makes_no_sense(
    name: str, fields: dict[str, Any]
) -> None:
    with pytest.raises(IntegrityError, match=name):
        MessageFactory(**fields)


def test_the_database_refuses_to_gather_what_was_not_sent() -> None:
    digest = MessageFactory()

    with pytest.raises(IntegrityError, match="message_gathered_was_sent"):
        MessageFactory(for_digest=True, gathered_into=digest)


def test_a_key_is_used_once() -> None:
    with pytest.raises(IntegrityError, match="key"):
        MessageFactory(key=MessageFactory().key)


def test_a_person_chooses_once_per_kind() -> None:
    person = UserFactory()
    PreferenceFactory(user=person)

    with pytest.raises(IntegrityError, match="preference_once_per_kind"):
        PreferenceFactory(user=person)


def test_a_choice_is_a_known_one() -> None:
    with pytest.raises(IntegrityError, match="preference_pace_is_known"):
        PreferenceFactory(pace="sometimes")


def test_an_address_is_held_back_once_at_a_time() -> None:
    held = SuppressedAddressFactory()
    with pytest.raises(IntegrityError, match="address_suppressed_once"), transaction.atomic():
        SuppressedAddressFactory(email=held.email)

    held.released_at = timezone.now()
    held.save()
    assert SuppressedAddressFactory(email=held.email)


def test_an_address_is_kept_in_lower_case() -> None:
    with pytest.raises(IntegrityError, match="address_suppressed_in_lower_case"):
        SuppressedAddressFactory(email="Upper@tests.example")


def test_what_was_sent_stays_sent() -> None:
    with pytest.raises(MoveNotAllowedError):
        MessageFactory(sent=True).move_to(MessageState.PENDING)


@given(st.lists(st.sampled_from(MessageState.values), max_size=8))
def test_no_path_leaves_the_known_states(path: list[str]) -> None:
    message = Message()

    for wanted in path:
        before = message.state
        try:
            message.move_to(MessageState(wanted))
        except MoveNotAllowedError:
            assert message.state == before

    assert message.state in MESSAGE_COURSE.states
