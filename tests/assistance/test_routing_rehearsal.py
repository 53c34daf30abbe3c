"""What turning a rule on or off would have changed, seen beforehand."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.models import RoutingOutcome
from assistance.services import routing_rules
from assistance.statistics.rehearsal import rehearse
from ledger.models import Entry
from tests.assistance.desk import officer, signed_in
from tests.assistance.ruling import added, case_of, finance_system, in_force, terms
from tests.factories.accounts import AgencyFactory, UserFactory
from tests.factories.assistance import CoordinatorFactory

pytestmark = pytest.mark.django_db

LAST_QUARTER = dt.datetime(2026, 5, 4, 3, tzinfo=dt.UTC)


@pytest.fixture
def finance():
    return finance_system()


@pytest.fixture(autouse=True)
def _in_the_third_quarter():
    with time_machine.travel("2026-08-07T02:00:00Z", tick=False):
        yield


def cases(finance, how_many=1, **fields):
    given = {"county": "tainan", "submitted_at": LAST_QUARTER} | fields
    return [case_of(finance, **given) for _ in range(how_many)]


def test_it_lists_the_cases_that_would_move_with_both_agencies(finance):
    (case,) = cases(finance)
    cases(finance, county="taipei")
    ida = AgencyFactory()

    found = rehearse(added(ida), timezone.localdate())

    (move,) = found.moves
    assert (move.reference, move.system) == (case.reference, "financing")
    assert (move.from_agency_id, move.to_agency_id) == (CoordinatorFactory().pk, ida.pk)
    assert (found.cases, found.moved_cases, found.quarter.code) == (2, 1, "2026Q2")


def test_cases_of_other_quarters_are_left_out(finance):
    cases(finance, submitted_at=dt.datetime(2026, 7, 1, 3, tzinfo=dt.UTC))
    cases(finance, submitted_at=dt.datetime(2026, 3, 31, 3, tzinfo=dt.UTC))

    assert rehearse(added(), timezone.localdate()).cases == 0


def test_a_draft_is_compared_with_the_version_it_would_end(finance):
    cases(finance)
    ida = AgencyFactory()
    version = in_force(ida)
    draft = routing_rules.draft(
        rule_id=version.rule_id, terms=terms(counties=["taipei"]), by_id=UserFactory().pk
    )

    (move,) = rehearse(draft, timezone.localdate()).moves

    assert (move.from_agency_id, move.to_agency_id) == (ida.pk, CoordinatorFactory().pk)


def test_ending_a_rule_is_compared_with_the_rules_that_would_be_left(finance):
    (case,) = cases(finance)
    ida, aoc = AgencyFactory(), AgencyFactory()
    ending = in_force(ida, rank=10)
    in_force(aoc, rank=20)

    found = rehearse(ending, timezone.localdate())

    (move,) = found.moves
    assert move.reference == case.reference
    assert (move.from_agency_id, move.to_agency_id) == (ida.pk, aoc.pk)
    ending.refresh_from_db()
    assert ending.state == "in_force"


def test_it_writes_nothing_and_reads_no_more_for_more_cases(finance):
    administrator = signed_in(officer(Role.ADMINISTRATOR))
    draft = added()
    address = reverse("manage:routing_rehearse", args=[draft.pk])
    administrator.get(address)
    counts = []

    for how_many in (3, 30):
        cases(finance, how_many)
        before = Entry.objects.count()
        with CaptureQueriesContext(connection) as asked:
            assert administrator.get(address).status_code == 200
        counts.append(len(asked))
        assert Entry.objects.count() == before
        written = ("INSERT", "UPDATE", "DELETE")
        assert not [q for q in asked if q["sql"].startswith(written)]

    assert counts[0] == counts[1]
    assert RoutingOutcome.objects.filter(placed_at__isnull=False).count() == 0


def test_the_page_shows_numbers_and_agencies_but_no_word_of_the_case(finance):
    (case,) = cases(finance, subject="qzsecret 主旨", enterprise_name="qzsecret 企業")
    draft = added(AgencyFactory(name_zh="示範署"))

    page = signed_in(officer(Role.ADMINISTRATOR)).get(
        reverse("manage:routing_rehearse", args=[draft.pk])
    )

    shown = page.content.decode()
    assert case.reference in shown
    assert "示範署" in shown
    assert "qzsecret" not in shown
