"""Acts done once, and numbers given out once, by many people at the same moment."""

import threading
import uuid
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assistance.services.sweeping import sweep_due
from foundation.idempotency import KEPT_FOR, forget_old, once
from foundation.models import IdempotencyKey, ReferenceSerial
from foundation.references import next_reference

AUGUST = date(2026, 8, 7)


def at_once(count, act):
    """Run `act(number)` in `count` threads that start at one barrier."""
    barrier = threading.Barrier(count)

    def run(number):
        try:
            barrier.wait(10)
            return act(number)
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def make_serial(letter="Z"):
    return ReferenceSerial.objects.create(letter=letter, year=115, month=1, last=1)


@pytest.mark.django_db(transaction=True)
def test_a_form_sent_eight_times_at_once_makes_one_thing():
    for _ in range(5):
        key = uuid.uuid4()
        ReferenceSerial.objects.all().delete()

        results = at_once(
            8, lambda _n, key=key: once(key=key, act="t.make", by="7", do=make_serial)
        )

        assert ReferenceSerial.objects.count() == 1
        assert len({pk for pk, _ in results}) == 1
        assert sum(created for _, created in results) == 1


@pytest.mark.django_db(transaction=True)
def test_an_act_that_failed_may_be_done_again_under_its_key():
    key = uuid.uuid4()

    def fail():
        raise RuntimeError

    with pytest.raises(RuntimeError):
        once(key=key, act="t.make", by="7", do=fail)
    assert not IdempotencyKey.objects.exists()

    _, created = once(key=key, act="t.make", by="7", do=make_serial)
    assert created


@pytest.mark.django_db
def test_a_key_belongs_to_one_person_and_one_act():
    key = uuid.uuid4()

    assert once(key=key, act="t.a", by="7", do=lambda: make_serial("A"))[1]
    assert once(key=key, act="t.b", by="7", do=lambda: make_serial("B"))[1]
    assert once(key=key, act="t.a", by="8", do=lambda: make_serial("C"))[1]
    assert not once(key=key, act="t.a", by="7", do=make_serial)[1]


@pytest.mark.django_db
def test_the_database_refuses_a_second_row_for_one_key():
    key = uuid.uuid4()
    IdempotencyKey.objects.create(act="a", by="b", key=key)

    with pytest.raises(IntegrityError), transaction.atomic():
        IdempotencyKey.objects.create(act="a", by="b", key=key)


@pytest.mark.django_db
def test_the_database_refuses_two_serials_for_one_month():
    make_serial("A")

    with pytest.raises(IntegrityError), transaction.atomic():
        make_serial("A")


@pytest.mark.django_db
def test_references_count_by_letter_and_month():
    assert next_reference("A", AUGUST) == "A115-08-00001"
    assert next_reference("A", AUGUST) == "A115-08-00002"
    assert next_reference("R", AUGUST) == "R115-08-00001"
    assert next_reference("A", date(2026, 9, 1)) == "A115-09-00001"
    assert next_reference("A", date(2027, 8, 1)) == "A116-08-00001"


@pytest.mark.django_db(transaction=True)
def test_references_given_out_at_once_are_all_different_and_leave_no_gap():
    given = at_once(10, lambda _n: [next_reference("A", AUGUST) for _ in range(10)])

    numbers = sorted(reference for batch in given for reference in batch)
    assert numbers == [f"A115-08-{n:05d}" for n in range(1, 101)]


@pytest.mark.django_db
def test_keys_are_forgotten_a_week_after_their_act():
    old, young = (IdempotencyKey.objects.create(act="a", by=by, key=uuid.uuid4()) for by in "xy")
    now = timezone.now()
    IdempotencyKey.objects.filter(pk=old.pk).update(at=now - KEPT_FOR - timedelta(seconds=1))
    IdempotencyKey.objects.filter(pk=young.pk).update(at=now - KEPT_FOR + timedelta(minutes=1))

    assert forget_old(now) == 1
    assert list(IdempotencyKey.objects.all()) == [young]


@pytest.mark.django_db
def test_the_sweep_forgets_old_keys():
    key = IdempotencyKey.objects.create(act="a", by="b", key=uuid.uuid4())
    IdempotencyKey.objects.update(at=timezone.now() - timedelta(days=8))

    sweep_due()

    assert not IdempotencyKey.objects.filter(pk=key.pk).exists()
