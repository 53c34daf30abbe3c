import pytest
from django.db import IntegrityError, InternalError, connection, transaction

from ledger.models import Delivery, DeliveryState, Entry
from ledger.recording import record
from ledger.subscriptions import subscribe
from tests.factories.ledger import DeliveryFactory, EntryFactory


@pytest.mark.django_db
def test_an_entry_is_written_with_what_is_owed_to_each_subscriber(subject):
    @subscribe("t.happened")
    def one(entry): ...

    @subscribe("t.happened", "t.other")
    def two(entry): ...

    @subscribe("*")
    def everything(entry): ...

    entry = record("t.happened", subject=subject, actor_id=7, facts={"system": 3})

    entry.refresh_from_db()
    assert (entry.actor_id, entry.facts) == (7, {"system": 3})
    assert entry.stream == f"foundation.referenceserial:{subject.pk}"
    assert entry.deliveries.count() == 3
    assert not Delivery.objects.exclude(state=DeliveryState.PENDING).exists()


@pytest.mark.django_db
def test_the_stream_may_be_another_thing_than_the_subject(subject):
    case = EntryFactory()

    entry = record("t.happened", subject=subject, stream=case, actor_id=None)

    assert entry.stream == f"ledger.entry:{case.pk}"
    assert list(Entry.objects.about(case)) == [entry]


@pytest.mark.django_db(transaction=True)
def test_nothing_is_recorded_outside_a_transaction(subject):
    with pytest.raises(RuntimeError):
        record("t.happened", subject=subject, actor_id=None)

    assert not Entry.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_leaves_no_entry(subject):
    @subscribe("t.happened")
    def one(entry): ...

    with transaction.atomic():
        record("t.happened", subject=subject, actor_id=None)
        transaction.set_rollback(True)

    assert not Entry.objects.exists()
    assert not Delivery.objects.exists()


@pytest.mark.django_db
def test_prose_is_no_fact(subject):
    with pytest.raises(ValueError):
        record("t.happened", subject=subject, actor_id=None, facts={"said": "甲" * 201})


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET event = 'x'",
        "DELETE FROM ledger_entry",
        "UPDATE ledger_seal SET digest = 'x'",
        "DELETE FROM ledger_seal",
    ],
)
def test_the_database_refuses_to_change_or_remove_what_happened(statement):
    with connection.cursor() as cursor:
        entry = EntryFactory()
        cursor.execute(
            "INSERT INTO ledger_seal (entry_id, number, previous, digest, sealed_at)"
            " VALUES (%s, 1, '', 'd', now())",
            [entry.pk],
        )
        with pytest.raises(IntegrityError, match="append-only"), transaction.atomic():
            cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.parametrize("table", ["entry", "seal"])
def test_the_database_refuses_to_empty_the_ledger(table):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE ledger_{table} ENABLE TRIGGER {table}_is_never_truncated")
        with (
            pytest.raises((IntegrityError, InternalError), match="append-only"),
            transaction.atomic(),
        ):
            cursor.execute(f"TRUNCATE ledger_{table} CASCADE")


@pytest.mark.django_db
def test_an_entry_is_owed_once_to_a_subscriber():
    owed = DeliveryFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryFactory(entry=owed.entry, subscriber=owed.subscriber)


@pytest.mark.django_db
def test_a_delivery_is_done_at_a_time_or_not_done():
    with pytest.raises(IntegrityError), transaction.atomic():
        DeliveryFactory(state=DeliveryState.DONE)


@pytest.mark.django_db
def test_recording_is_one_trip_however_many_listen(subject, django_assert_num_queries):
    for number in range(10):

        def listener(entry): ...

        listener.__qualname__ = f"listener{number}"
        subscribe("t.happened")(listener)

    with django_assert_num_queries(1):
        record("t.happened", subject=subject, actor_id=None)
