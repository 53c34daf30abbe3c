import socket
import threading
import time
from datetime import timedelta

import pytest
from celery import Celery
from django.db import transaction
from django.utils import timezone

from foundation.models import ReferenceSerial
from ledger import nudging
from ledger.models import Delivery, DeliveryState
from ledger.recording import record
from ledger.relay import MAX_ATTEMPTS, pause_after, relay_due
from ledger.services import deliveries
from ledger.subscriptions import subscribe
from sme_portal.celery import app
from tests.accounts.racing import behind
from tests.factories.ledger import DeliveryFactory
from tests.foundation.test_once import at_once


def happen(subject, event="t.happened", **facts):
    with transaction.atomic():
        return record(event, subject=subject, actor_id=None, facts=facts)


def make_due():
    Delivery.objects.pending().update(next_attempt_at=timezone.now())


@pytest.mark.django_db(transaction=True)
def test_each_subscriber_hears_once(subject):
    heard = []

    @subscribe("t.happened")
    def listen(entry):
        heard.append(entry.pk)

    entry = happen(subject)

    assert relay_due() == 1
    assert relay_due() == 0
    assert heard == [entry.pk]
    assert Delivery.objects.get().done_at


@pytest.mark.django_db(transaction=True)
def test_a_failing_subscriber_neither_silences_others_nor_leaves_half_its_work(subject):
    heard = []

    @subscribe("t.happened")
    def stumble(entry):
        ReferenceSerial.objects.create(letter="H", year=1, month=1, last=1)
        raise ValueError("the secret of Mr Wang")

    @subscribe("t.happened")
    def listen(entry):
        heard.append(entry.pk)

    happen(subject)
    relay_due()

    failed = Delivery.objects.get(state=DeliveryState.PENDING)
    assert len(heard) == 1
    assert (failed.attempts, failed.last_error) == (1, "builtins.ValueError")
    assert failed.next_attempt_at > timezone.now()
    assert not ReferenceSerial.objects.filter(letter="H").exists()


@pytest.mark.django_db(transaction=True)
def test_a_database_error_in_a_subscriber_is_put_off_too(subject):
    @subscribe("t.happened")
    def collide(entry):
        ReferenceSerial.objects.create(letter="T", year=115, month=8, last=1)

    happen(subject)
    relay_due()

    assert Delivery.objects.get().last_error == "django.db.utils.IntegrityError"


@pytest.mark.django_db(transaction=True)
def test_after_ten_attempts_a_delivery_is_given_up_and_can_be_tried_again(subject):
    broken = [True]

    @subscribe("t.happened")
    def listen(entry):
        if broken[0]:
            raise ConnectionError

    happen(subject)
    for _ in range(MAX_ATTEMPTS):
        relay_due()
        make_due()
    assert relay_due() == 0
    delivery = Delivery.objects.dead().get()
    assert delivery.attempts == MAX_ATTEMPTS

    broken[0] = False
    deliveries.try_again(delivery_id=delivery.pk, actor_id=7)
    relay_due()
    assert Delivery.objects.get(pk=delivery.pk).state == DeliveryState.DONE


@pytest.mark.django_db
def test_only_what_was_given_up_is_tried_again_by_hand():
    delivery = DeliveryFactory()

    with pytest.raises(deliveries.NotGivenUpError):
        deliveries.try_again(delivery_id=delivery.pk, actor_id=7)


@pytest.mark.django_db
def test_trying_again_is_recorded():
    delivery = DeliveryFactory(given_up=True)

    deliveries.try_again(delivery_id=delivery.pk, actor_id=7)

    assert delivery.entry.deliveries.get().state == DeliveryState.PENDING
    recorded = type(delivery.entry).objects.get(event="ledger.delivery.retried")
    assert (recorded.actor_id, recorded.facts["entry"]) == (7, delivery.entry_id)


@pytest.mark.django_db(transaction=True)
def test_one_subscriber_hears_of_one_thing_in_order(subject):
    heard, broken = [], [True]

    @subscribe("t.happened")
    def listen(entry):
        if broken[0]:
            raise ConnectionError
        heard.append(entry.facts["n"])

    happen(subject, n=1)
    happen(subject, n=2)
    relay_due()
    assert list(Delivery.objects.order_by("pk").values_list("attempts", flat=True)) == [1, 0]

    broken[0] = False
    relay_due()
    assert heard == []
    make_due()
    relay_due()
    assert heard == [1, 2]


@pytest.mark.django_db(transaction=True)
def test_an_entry_that_keeps_failing_lets_later_ones_pass(subject):
    heard = []

    @subscribe("t.happened")
    def listen(entry):
        if entry.facts["n"] == 1:
            raise ConnectionError
        heard.append(entry.facts["n"])

    happen(subject, n=1)
    happen(subject, n=2)
    for _ in range(3):
        relay_due()
        make_due()
    relay_due()

    assert heard == [2]


@pytest.mark.django_db(transaction=True)
def test_many_relays_at_once_deliver_everything_once():
    heard = []

    @subscribe("t.happened")
    def listen(entry):
        heard.append(entry.pk)

    things = [
        ReferenceSerial.objects.create(letter="R", year=1, month=n, last=1) for n in range(30)
    ]
    entries = [happen(thing).pk for thing in things for _ in range(2)]

    while Delivery.objects.pending().exists():
        at_once(4, lambda _n: relay_due())

    assert sorted(heard) == sorted(entries)


@pytest.mark.django_db(transaction=True)
def test_what_another_relay_is_handing_over_is_stepped_over_without_waiting():
    heard = []

    @subscribe("t.happened")
    def listen(entry):
        heard.append(entry.pk)

    things = [ReferenceSerial.objects.create(letter="R", year=1, month=n, last=1) for n in (1, 2)]
    held, free = [happen(thing).pk for thing in things]

    behind(lambda: list(Delivery.objects.locked().filter(entry_id=held)), relay_due)

    assert heard == [free]


@pytest.mark.django_db(transaction=True)
def test_a_relay_that_dies_leaves_the_delivery_due(subject):
    class Killed(BaseException):
        pass

    @subscribe("t.happened")
    def die(entry):
        raise Killed

    happen(subject)
    with pytest.raises(Killed):
        relay_due()

    delivery = Delivery.objects.get()
    assert (delivery.state, delivery.attempts) == (DeliveryState.PENDING, 0)
    assert Delivery.objects.due(timezone.now()).exists()


@pytest.mark.django_db(transaction=True)
def test_a_name_nobody_answers_to_is_put_off():
    DeliveryFactory(subscriber="gone.away")

    relay_due()

    assert Delivery.objects.get().last_error == "builtins.LookupError"


def look(): ...


@pytest.fixture(params=["absent", "frozen"])
def broker_in_trouble(request, monkeypatch):
    """The workers' address leads to a port where nobody listens, or where nobody answers."""
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    if request.param == "absent":
        listener.close()
    troubled = Celery("troubled", broker=f"redis://127.0.0.1:{port}/0", set_as_current=False)
    troubled.conf.broker_transport_options = dict(app.conf.broker_transport_options)
    monkeypatch.setattr(nudging, "relay_soon", troubled.task(look, name="t.relay_soon"))
    monkeypatch.setattr(nudging, "_kept", threading.local())
    yield
    listener.close()


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("broker_in_trouble")
def test_a_broker_in_trouble_costs_under_a_second_and_no_error(subject):
    @subscribe("t.happened")
    def listen(entry): ...

    happen(subject)
    nudging.be_quiet_for(0)
    begun = time.monotonic()
    for _number in range(5):
        nudging.nudge()

    assert time.monotonic() - begun < 1
    assert nudging.is_quiet()


@pytest.mark.django_db(transaction=True)
def test_whoever_acts_often_asks_a_few_times_a_second(subject, monkeypatch):
    waiting = Celery("waiting", broker="memory://", set_as_current=False)
    waiting.conf.task_default_queue = "t.waiting"
    monkeypatch.setattr(nudging, "relay_soon", waiting.task(look, name="t.relay_soon"))
    monkeypatch.setattr(nudging, "_kept", threading.local())

    @subscribe("t.happened")
    def listen(entry): ...

    asked = []
    for quiet_for in (0, None, None, 0):
        if quiet_for is not None:
            nudging.be_quiet_for(quiet_for)
        happen(subject)
        with waiting.connection_for_read() as broker:
            asked.append(broker.SimpleQueue("t.waiting").qsize())

    assert asked == [1, 1, 1, 2]
    assert relay_due() == 4


def test_pauses_grow_from_seconds_to_an_hour():
    assert timedelta(seconds=1) < pause_after(1) < timedelta(seconds=3)
    assert timedelta(minutes=40) < pause_after(9) < timedelta(minutes=75)
