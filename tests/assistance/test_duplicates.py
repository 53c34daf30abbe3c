"""A suspected duplicate that is none: staff say so once, and it is recorded."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from assistance.events import CaseEvent
from assistance.services import merging
from assistance.services.errors import NotSuspectedError
from ledger.models import Entry
from tests.assistance.desk import officer, signed_in
from tests.factories.assistance import CaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def twins():
    first = CaseFactory()
    return first, CaseFactory(suspected_duplicate_of=first)


def test_the_suspicion_ends_and_is_recorded_with_the_case_it_was_about(twins):
    first, second = twins
    duty = officer()

    merging.keep_apart(case_id=second.pk, by_id=duty.pk)

    second.refresh_from_db()
    entry = Entry.objects.get(event=CaseEvent.FOUND_DISTINCT)
    assert second.suspected_duplicate_of is None
    assert (entry.actor_id, entry.facts) == (duty.pk, {"of": first.pk})


def test_it_is_said_once(twins):
    _first, second = twins
    merging.keep_apart(case_id=second.pk, by_id=officer().pk)

    with pytest.raises(NotSuspectedError):
        merging.keep_apart(case_id=second.pk, by_id=officer().pk)

    assert Entry.objects.filter(event=CaseEvent.FOUND_DISTINCT).count() == 1


def test_a_settled_case_keeps_its_mark(twins):
    first, _second = twins
    settled = CaseFactory(withdrawn=True, suspected_duplicate_of=first)

    with pytest.raises(NotSuspectedError):
        merging.keep_apart(case_id=settled.pk, by_id=officer().pk)


BUTTON = "keep-apart"


@pytest.mark.parametrize(("prefix", "words"), [("", "不是重複案件"), ("/en", "Not a duplicate")])
def test_the_button_stands_on_the_page_and_does_it(twins, prefix, words):
    _first, second = twins
    client = signed_in(officer())

    page = client.get(prefix + reverse("desk:case", args=[second.reference]))
    done = client.post(reverse("desk:keep_apart", args=[second.reference]))
    after = client.get(prefix + reverse("desk:case", args=[second.reference]))

    assert words in page.content.decode()
    assert BUTTON in page.content.decode()
    assert done.status_code == 303
    assert BUTTON not in after.content.decode()


@pytest.mark.parametrize("role", [Role.OFFICER, Role.MANAGER, Role.AUDITOR])
def test_those_who_do_not_merge_do_not_say_it(twins, role):
    _first, second = twins
    client = signed_in(officer(role))

    page = client.get(reverse("desk:case", args=[second.reference]))
    refused = client.post(reverse("desk:keep_apart", args=[second.reference]))

    assert BUTTON not in page.content.decode()
    assert refused.status_code == 403
