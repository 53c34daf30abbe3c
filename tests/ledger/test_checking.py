"""The whole chain is walked every night, and a break is told to people and machines."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import IntegrityError
from django.utils import timezone

from ledger.events import LedgerEvent
from ledger.models import ChainCheck, Entry, Seal
from ledger.services.checking import check_chain
from sme_portal import condition
from sme_portal.celery import app
from sme_portal.tasks import check_ledger
from tests.factories.ledger import EntryFactory
from tests.ledger.test_sealing import as_superuser

pytestmark = pytest.mark.django_db


@pytest.fixture
def five():
    return EntryFactory.create_batch(5)


def cut_off(entry):
    as_superuser("seal", "DELETE FROM ledger_seal WHERE entry_id = %s", entry.pk)
    as_superuser("entry", "DELETE FROM ledger_entry WHERE id = %s", entry.pk)


def test_a_sound_chain_is_kept_as_sound_and_tells_nobody(five):
    check = check_chain()

    assert (check.is_sound, check.checked, check.bad_entry_id) == (True, 5, None)
    assert check.head == Seal.objects.get(number=5).digest
    assert not Entry.objects.filter(event=LedgerEvent.CHAIN_BROKEN).exists()


def test_a_changed_entry_is_named_and_told(five):
    check_chain()
    as_superuser("entry", "UPDATE ledger_entry SET event = 'x' WHERE id = %s", five[2].pk)

    check = check_chain()

    assert (check.is_sound, check.bad_entry_id) == (False, five[2].pk)
    told = Entry.objects.get(event=LedgerEvent.CHAIN_BROKEN)
    assert told.facts == {"entry": five[2].pk, "checked": 2}
    assert (told.actor_id, told.subject_id) == (None, str(check.pk))


def test_an_end_cut_off_is_found_by_the_check_before(five):
    check_chain()
    cut_off(five[-1])

    check = check_chain()

    assert (check.is_sound, check.bad_entry_id) == (False, None)
    assert "link 5" in check.reason
    assert Entry.objects.get(event=LedgerEvent.CHAIN_BROKEN).facts["entry"] is None


def test_heads_are_noted_outside_by_the_nightly_task(five, settings, tmp_path):
    settings.LEDGER_HEADS = tmp_path / "heads"

    check_ledger()
    EntryFactory()
    check_ledger()

    noted = settings.LEDGER_HEADS.read_text().splitlines()
    assert [line.split()[0] for line in noted] == ["5", "6"]
    assert ChainCheck.objects.count() == 2


@pytest.mark.parametrize("line", ["5 0000", "nothing", "² x"])
def test_a_head_noted_outside_that_is_not_in_the_chain_is_a_break(five, tmp_path, line):
    heads = tmp_path / "heads"
    heads.write_text(f"{line}\n")

    assert not check_chain(heads=heads).is_sound
    assert heads.read_text() == f"{line}\n"


def test_a_bad_entry_needs_a_reason():
    with pytest.raises(IntegrityError, match="chain_check_with_a_bad_entry_says_why"):
        ChainCheck.objects.create(checked=1, head="x", bad_entry_id=1)


def test_beat_asks_for_it_every_night():
    assert "sme_portal.tasks.check_ledger" in {
        row["task"] for row in app.conf.beat_schedule.values()
    }


def test_the_doctor_says_what_the_last_check_found(five):
    assert condition.chain().ok

    check_chain()
    assert "All 5 sealed entries" in condition.chain().words

    as_superuser("entry", "UPDATE ledger_entry SET event = 'x' WHERE id = %s", five[0].pk)
    check_chain()
    said = StringIO()
    with pytest.raises(SystemExit):
        call_command("doctor", stdout=said)
    assert "miss  ledger" in said.getvalue()
    assert "Keep the database as it is" in said.getvalue()


def test_the_doctor_misses_a_check_that_stays_away(five):
    check = check_chain()
    ChainCheck.objects.filter(pk=check.pk).update(at=timezone.now() - timedelta(days=3))
    assert not condition.chain().ok

    ChainCheck.objects.all().delete()
    assert condition.chain().ok

    as_superuser("seal", "UPDATE ledger_seal SET sealed_at = now() - interval '3 days'")
    assert "never checked" in condition.chain().words
