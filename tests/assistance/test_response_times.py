"""How soon first answers come: computed from the cases, said only when there are enough."""

import datetime as dt

import pytest
from django.utils import timezone

from assistance.models import Case
from assistance.statistics.response import FEWEST_CASES, PERIOD, first_answers
from foundation.working_days import name_day
from sme_portal.figures import forget_hotline
from tests.factories.accounts import AgencyFactory
from tests.factories.assistance import CaseFactory

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 8, 31)
MONDAY = dt.date(2026, 8, 3)


def at(day, hour=12):
    here = timezone.get_current_timezone()
    return dt.datetime(day.year, day.month, day.day, hour, tzinfo=here)


def answered(days, n=1, *, asked_on=MONDAY):
    """Cases of one Monday that had their first answer so many calendar days later."""
    for _case in range(n):
        case = CaseFactory(answered=True)
        Case.objects.filter(pk=case.pk).update(
            submitted_at=at(asked_on),
            first_answered_at=at(asked_on + dt.timedelta(days=days), hour=20),
        )


def test_half_and_nine_of_ten_are_counted_in_working_days():
    answered(1, 12)
    answered(2, 6)
    answered(7, 2)

    found = first_answers(TODAY)

    assert (found.median, found.most, found.cases) == (1, 2, 20)
    assert found.since == TODAY - PERIOD


def test_days_off_do_not_count():
    name_day(day=dt.date(2026, 8, 4), is_working=False)
    answered(7, FEWEST_CASES)

    assert first_answers(TODAY).median == 4


def test_too_few_cases_say_nothing():
    answered(1, FEWEST_CASES - 1)

    assert first_answers(TODAY) is None


def test_cases_of_long_ago_and_unanswered_ones_do_not_count():
    answered(1, FEWEST_CASES)
    answered(1, 3, asked_on=dt.date(2026, 1, 5))
    CaseFactory(in_progress=True)

    assert first_answers(TODAY).cases == FEWEST_CASES


@pytest.mark.parametrize(
    ("address", "words"),
    [("/", "件案件"), ("/en/", "From 20 cases that had their first answer since")],
)
def test_the_first_page_says_it_with_the_count_behind_it(client, address, words):
    day = timezone.localdate() - dt.timedelta(days=7)
    answered(1, 20, asked_on=day)

    page = client.get(address).content.decode()

    assert words in page
    assert page.count('class="sp-kpi"') == 2


def test_it_is_counted_once_in_a_while(client):
    answered(1, 20, asked_on=timezone.localdate() - dt.timedelta(days=7))
    client.get("/")
    answered(1, 20, asked_on=timezone.localdate() - dt.timedelta(days=7))

    assert "From 20 cases" in client.get("/en/").content.decode()


def test_the_footer_names_the_telephone_of_the_coordinating_agency(client):
    AgencyFactory(coordinator=True, hotline="0800-056-476")
    forget_hotline()

    page = client.get("/en/privacy/").content.decode()

    assert 'href="tel:0800-056-476"' in page
