"""From sending a request to the letters about it, over dead relays and without a broker."""

from collections import defaultdict
from collections.abc import Iterator

import pytest
from celery import current_app

from accounts.roles import Role
from ledger.models import Delivery, DeliveryState, Entry
from notifications.channels import Channel
from notifications.models import Message
from notifications.services.posting import message_id
from notifications.states import MessageState
from tests.assistance.asking import EMAIL, catalogue, submit
from tests.factories.accounts import StaffMembershipFactory
from tests.notifications.sink import Sink
from tests.notifications.test_kill import Relay, _settled, _wait

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]
REQUESTS = 4


@pytest.fixture
def sink() -> Iterator[Sink]:
    server = Sink()
    server.start()
    yield server
    server.stop()


def test_a_request_is_told_whoever_dies_between_its_commit_and_its_letters(sink: Sink) -> None:
    """Nobody relays while it is sent; the relays that come are killed at work, one by one."""
    smesa = catalogue()
    duty = StaffMembershipFactory(agency=smesa, role=Role.DUTY).user
    cases = [submit(by=str(number)) for number in range(REQUESTS)]
    assert Delivery.objects.filter(state=DeliveryState.PENDING).exists()
    assert not Message.objects.filter(channel=Channel.EMAIL, state=MessageState.SENT).exists()
    # By a connection of its own: another test may have ended the broker that a kept one leads to.
    with current_app.connection_for_write() as broker:
        current_app.control.purge(connection=broker)

    # Every letter is taken by the server, and its answer held back until the relay is dead.
    sink.behave(lambda address, count: "take_and_wait", hang_seconds=30)
    relay = Relay(sink.port)
    try:
        for taken in (1, 2, 3):
            assert _wait(lambda least=taken: len(sink.taken) >= least, 60), "no relay at work"
            relay.kill()
            relay.restart()
        sink.behave(lambda address, count: "take")
        assert _wait(_settled, 90)
    finally:
        relay.stop()

    letters = Message.objects.filter(channel=Channel.EMAIL)
    assert not letters.exclude(state__in=[MessageState.SENT, MessageState.DIGEST]).exists()
    seen: dict[str, set[str]] = defaultdict(set)
    for mail in sink.taken:
        assert len(mail.recipients) == 1
        seen[mail.key].add(mail.message_id)
    sent = letters.filter(state=MessageState.SENT).values_list("key", flat=True)
    assert seen == {key: {message_id(key)} for key in sent}
    receipts = [str(mail.mail) for mail in sink.taken if mail.recipients == [EMAIL]]
    receipts += list(letters.filter(email=EMAIL).values_list("subject", flat=True))
    assert all(any(case.reference in one for one in receipts) for case in cases)
    told = Message.objects.filter(user=duty).count()
    assert told >= REQUESTS
    assert Entry.objects.filter(event="assistance.case.submitted").count() == REQUESTS
    assert len(letters.filter(email=EMAIL)) == REQUESTS
