import pytest
from django.core import mail as outbox

from ledger.models import Entry
from notifications.errors import (
    AddressHeldBackError,
    AlreadyHeldBackError,
    AlreadyReleasedError,
    NotTroubledError,
)
from notifications.events import PostEvent
from notifications.models import Message, SuppressedAddress
from notifications.services import resending
from notifications.services.delivery import deliver_due
from notifications.services.posting import message_id
from notifications.states import MessageState
from tests.factories.accounts import UserFactory
from tests.factories.notifications import MessageFactory, SuppressedAddressFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def actor_id() -> int:
    return int(UserFactory().pk)


def test_a_failed_message_goes_out_again_under_its_own_id(actor_id: int) -> None:
    message = MessageFactory(failed=True)

    resending.resend(message_id=message.pk, actor_id=actor_id)
    deliver_due()

    assert outbox.outbox[0].message()["Message-ID"] == message_id(message.key)
    entry = Entry.objects.get(event=PostEvent.MESSAGE_RESENT)
    assert (entry.actor_id, entry.subject_id) == (actor_id, str(message.pk))
    assert entry.facts == {"kind": message.kind}


def test_a_resent_message_starts_its_attempts_anew(actor_id: int) -> None:
    message = resending.resend(message_id=MessageFactory(failed=True).pk, actor_id=actor_id)

    assert message.state == MessageState.PENDING
    assert message.attempts == 0
    assert message.last_error == ""


@pytest.mark.parametrize("trait", [{"sent": True}, {"for_digest": True}, {}])
def test_a_message_without_trouble_is_not_resent(actor_id: int, trait: dict[str, bool]) -> None:
    with pytest.raises(NotTroubledError):
        resending.resend(message_id=MessageFactory(**trait).pk, actor_id=actor_id)

    assert not Entry.objects.exists()


def test_a_message_to_a_held_address_is_not_resent(actor_id: int) -> None:
    held = SuppressedAddressFactory()
    message = MessageFactory(suppressed=True, email=held.email)

    with pytest.raises(AddressHeldBackError):
        resending.resend(message_id=message.pk, actor_id=actor_id)


def test_all_that_failed_is_resent_at_once(actor_id: int) -> None:
    MessageFactory.create_batch(3, failed=True)
    MessageFactory(suppressed=True)

    assert resending.resend_all_failed(actor_id=actor_id) == 3

    assert not Message.objects.failed().exists()
    entry = Entry.objects.get(event=PostEvent.ALL_FAILED_RESENT)
    assert entry.facts["count"] == 3


def test_nothing_failed_records_nothing(actor_id: int) -> None:
    assert resending.resend_all_failed(actor_id=actor_id) == 0

    assert not Entry.objects.exists()


def test_an_address_is_held_back_with_its_reason(actor_id: int) -> None:
    message = MessageFactory(failed=True, email="gone@tests.example")

    resending.hold_address_back(message_id=message.pk, reason="信箱不存在", actor_id=actor_id)

    held = SuppressedAddress.objects.get()
    assert (held.email, held.reason) == ("gone@tests.example", "信箱不存在")
    entry = Entry.objects.get(event=PostEvent.ADDRESS_SUPPRESSED)
    assert "gone" not in str(entry.facts)


def test_an_address_is_not_held_back_twice(actor_id: int) -> None:
    held = SuppressedAddressFactory()
    message = MessageFactory(email=held.email)

    with pytest.raises(AlreadyHeldBackError):
        resending.hold_address_back(message_id=message.pk, reason="再一次", actor_id=actor_id)


def test_a_released_address_may_be_written_to_again(actor_id: int) -> None:
    held = SuppressedAddressFactory()
    message = MessageFactory(suppressed=True, email=held.email)

    resending.release_address(address_id=held.pk, actor_id=actor_id)
    resending.resend(message_id=message.pk, actor_id=actor_id)

    assert Entry.objects.filter(event=PostEvent.ADDRESS_RELEASED).exists()
    with pytest.raises(AlreadyReleasedError):
        resending.release_address(address_id=held.pk, actor_id=actor_id)
