"""The same request sent twice at the same moment makes one case."""

import threading
import uuid

import pytest
from django.db import connection

from assistance.models import Case, ClockSpan
from assistance.services import drafts
from assistance.services.errors import DraftAlreadySubmittedError
from ledger.models import Entry
from tests.assistance.asking import catalogue, submit

pytestmark = pytest.mark.django_db(transaction=True)
AT_ONCE = 8


def all_at_once(do):
    barrier, results = threading.Barrier(AT_ONCE), []

    def run(number):
        try:
            barrier.wait()
            results.append(do(number))
        except DraftAlreadySubmittedError as refusal:
            results.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(n,)) for n in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results


def test_one_key_eight_times_at_once_is_one_case():
    catalogue()
    draft = drafts.begin(owner_id=None).draft
    key = uuid.uuid4()

    results = all_at_once(lambda _n: submit(key=key, draft_id=draft.pk))

    assert len({case.pk for case in results}) == 1
    assert Case.objects.count() == ClockSpan.objects.count() == 1
    assert Entry.objects.filter(event="assistance.case.submitted").count() == 1


def test_one_draft_under_eight_keys_is_one_case():
    catalogue()
    draft = drafts.begin(owner_id=None).draft

    results = all_at_once(lambda _n: submit(draft_id=draft.pk))

    assert sum(isinstance(one, Case) for one in results) == 1
    assert Case.objects.count() == 1


def test_requests_at_once_get_numbers_without_gaps():
    catalogue()

    cases = all_at_once(lambda n: submit(by=str(n)))

    serials = sorted(int(case.reference[-5:]) for case in cases)
    assert serials == list(range(1, AT_ONCE + 1))
