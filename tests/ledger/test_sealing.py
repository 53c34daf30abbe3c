import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from ledger.models import Entry, Seal
from ledger.sealing import START, has_link, seal_due, verify
from tests.factories.ledger import EntryFactory
from tests.foundation.test_once import at_once

pytestmark = pytest.mark.django_db


@pytest.fixture
def five() -> list[Entry]:
    return EntryFactory.create_batch(5, facts={"名": "值", "n": 1})


def as_superuser(table: str, statement: str, *values: object) -> None:
    """What somebody with every right in PostgreSQL could do."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE ledger_{table} DISABLE TRIGGER {table}_is_never_changed")
        cursor.execute(statement, values)
        cursor.execute(f"ALTER TABLE ledger_{table} ENABLE TRIGGER {table}_is_never_changed")


def test_an_untouched_ledger_is_found_sound(five):
    assert seal_due() == 5
    assert seal_due() == 0

    finding = verify()
    assert (finding.checked, finding.bad_entry_id) == (5, None)
    assert finding.head == Seal.objects.get(number=5).digest


def test_an_empty_ledger_is_sound():
    assert verify().head == START


@pytest.mark.parametrize(
    "change",
    [
        "event = 'x'",
        "actor_id = 99",
        "facts = '{}'",
        "at = at + interval '1 microsecond'",
        "stream = 'x'",
        "subject_id = '2'",
    ],
)
def test_a_change_by_a_superuser_is_found_and_named(five, change):
    seal_due()

    as_superuser("entry", f"UPDATE ledger_entry SET {change} WHERE id = %s", five[2].pk)

    finding = verify()
    assert (finding.bad_entry_id, finding.checked) == (five[2].pk, 2)


def test_a_changed_entry_with_its_seal_made_anew_is_still_found(five):
    seal_due()
    as_superuser("entry", "UPDATE ledger_entry SET event = 'x' WHERE id = %s", five[2].pk)

    as_superuser(
        "seal", "UPDATE ledger_seal SET digest = repeat('a', 64) WHERE entry_id = %s", five[2].pk
    )

    assert verify().bad_entry_id == five[2].pk


def test_a_removed_entry_is_found(five):
    seal_due()
    as_superuser("seal", "DELETE FROM ledger_seal WHERE entry_id = %s", five[1].pk)
    as_superuser("entry", "DELETE FROM ledger_entry WHERE id = %s", five[1].pk)

    assert verify().bad_entry_id == five[2].pk


def test_two_entries_that_changed_places_are_found(five):
    seal_due()
    as_superuser(
        "entry",
        "UPDATE ledger_entry SET at = CASE id WHEN %s THEN %s ELSE at END",
        five[0].pk,
        timezone.now(),
    )

    assert verify().bad_entry_id == five[0].pk


def test_an_end_cut_off_is_found_by_the_head_kept_outside(five, tmp_path):
    heads = tmp_path / "heads"
    call_command("verify_ledger", heads=heads)
    last = five[-1].pk
    as_superuser("seal", "DELETE FROM ledger_seal WHERE entry_id = %s", last)
    as_superuser("entry", "DELETE FROM ledger_entry WHERE id = %s", last)
    assert verify().bad_entry_id is None

    with pytest.raises(CommandError, match="Link 5"):
        call_command("verify_ledger", heads=heads)


def test_the_command_seals_checks_and_names_the_first_bad_entry(five, capsys):
    call_command("verify_ledger")
    assert "5 entries" in capsys.readouterr().out

    as_superuser("entry", "UPDATE ledger_entry SET event = 'x' WHERE id = %s", five[3].pk)
    with pytest.raises(CommandError, match=str(five[3].pk)):
        call_command("verify_ledger")


def test_a_link_once_noted_is_found_again(five):
    seal_due()
    seal = Seal.objects.get(number=3)

    assert has_link(3, seal.digest)
    assert not has_link(3, START)
    assert has_link(0, START)


def test_sealing_goes_on_from_where_it_stopped(five):
    assert seal_due(2) == 2
    assert seal_due(2) == 2
    assert seal_due(2) == 1
    assert verify().checked == 5


@pytest.mark.django_db(transaction=True)
def test_two_sealers_at_once_make_one_chain():
    EntryFactory.create_batch(200)

    while Entry.objects.unsealed().exists():
        at_once(4, lambda _n: seal_due(20))

    assert verify().checked == 200
