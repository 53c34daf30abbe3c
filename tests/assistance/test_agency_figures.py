"""How soon agencies answer: received, in time, late, waiting; and who reads it."""

import datetime as dt

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from assistance.statistics.agencies import agency_figures, cases_of
from foundation.quarters import Quarter
from tests.factories.accounts import AgencyFactory, StaffMembershipFactory
from tests.factories.assistance import CaseFactory
from tests.factories.catalogue import EditionFactory

pytestmark = pytest.mark.django_db
PAGE, LIST = "/figures/agencies/", "/figures/agencies/cases/"
# A Monday in a quarter that is over, so that nothing depends on today.
MONDAY = dt.datetime(2026, 3, 2, 10, tzinfo=timezone.get_default_timezone())
QUARTER = Quarter(2026, 1)


@pytest.fixture(autouse=True)
def _in_may(time_machine):
    time_machine.move_to("2026-05-04 10:00+08:00", tick=False)


def browser(role, agency=None):
    post = StaffMembershipFactory(role=role, **({"agency": agency} if agency else {}))
    client = Client()
    client.force_login(post.user)
    return client


def case(agency, *, days=None, **fields):
    """A case of that Monday, first answered so many days later."""
    told = MONDAY + dt.timedelta(days=days) if days is not None else None
    return CaseFactory(
        in_progress=True,
        lead_agency=agency,
        submitted_at=MONDAY,
        first_answered_at=told,
        **fields,
    )


def test_answers_count_by_working_days_and_what_was_promised():
    agency, other = AgencyFactory(), AgencyFactory()
    slow = EditionFactory(valid_from=dt.date(2026, 1, 1), first_answer_days=5).system
    case(agency, days=1)
    case(agency, days=4)
    case(agency, days=7, main_system=slow)
    case(agency)
    case(other, days=1)

    found = agency_figures(QUARTER, [agency.pk])

    (of,) = found.values()
    assert (of.received, of.answered, of.in_time, of.late, of.waiting) == (4, 3, 2, 1, 1)
    assert (of.median, of.is_few) == (4, True)


def test_each_number_opens_as_many_cases_as_it_says():
    agency = AgencyFactory()
    for days in (0, 1, 9, None):
        case(agency, days=days)
    client = browser(Role.MANAGER, agency)

    (row,) = client.get(PAGE, {"quarter": QUARTER.code}).context["rows"]

    assert [number for number, _url in row["numbers"]] == [4, 3, 2, 1, 1]
    for number, url in row["numbers"]:
        behind = client.get(url)
        assert (behind.context["total"], len(behind.context["rows"])) == (number, number)


def test_another_agencys_figures_are_not_found():
    mine, other = AgencyFactory(), AgencyFactory()
    case(mine), case(other)
    client = browser(Role.LEAD, mine)
    asked = {"quarter": QUARTER.code, "agency": other.code}

    assert len(client.get(PAGE, {"quarter": QUARTER.code}).context["rows"]) == 1
    assert client.get(LIST, asked).status_code == 404
    assert browser(Role.AUDITOR).get(LIST, asked).context["total"] == 1


def test_officers_do_not_compare_agencies():
    assert browser(Role.OFFICER).get(PAGE).status_code == 403


def test_merged_cases_are_not_counted():
    agency = AgencyFactory()
    one = case(agency, days=1)
    one.state, one.due_on, one.due_kind, one.merged_into = "merged", None, "", case(agency)
    one.save()

    assert agency_figures(QUARTER, None)[agency.pk].received == 1
    assert cases_of(QUARTER).count() == 1


@pytest.mark.parametrize("asked", [{"figure": "weather"}, {"agency": "nobody"}, {"quarter": "x"}])
def test_a_list_there_is_not_is_not_found(asked):
    agency = AgencyFactory()
    client = browser(Role.MANAGER, agency)

    assert client.get(LIST, {"agency": agency.code} | asked).status_code == 404


def test_a_quarter_there_is_not_is_named_beside_the_field():
    assert browser(Role.AUDITOR).get(PAGE, {"quarter": "soon"}).status_code == 422


def test_the_page_asks_as_often_for_many_as_for_few(django_assert_max_num_queries):
    for _n in range(6):
        case(AgencyFactory(), days=2)
    client = browser(Role.AUDITOR)
    client.get(PAGE)

    with django_assert_max_num_queries(9):
        assert len(client.get(PAGE, {"quarter": QUARTER.code}).context["rows"]) == 6
