"""Answers chosen by when they were last read again."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from accounts.roles import Role
from tests.factories.knowledge import QuestionFactory
from tests.knowledge.announcing import signed_in, staff

pytestmark = pytest.mark.django_db
TODAY = dt.datetime(2026, 8, 7, 4, tzinfo=dt.UTC)


@pytest.fixture
def read():
    """Three answers by the day they were last read."""
    days = (dt.date(2026, 7, 15), dt.date(2025, 9, 1), dt.date(2024, 12, 20))
    due = dt.date(2027, 1, 1)
    return [QuestionFactory(public=True, reviewed_on=day, review_due_on=due) for day in days]


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [("", {0, 1, 2}), ("recent", {0, 1}), ("2025", {1}), ("2020", set()), ("x' --", {0, 1, 2})],
)
@pytest.mark.parametrize("query", ["", "押標金"])
def test_readers_narrow_the_list(client, read, asked, wanted, query):
    with time_machine.travel(TODAY, tick=False):
        page = client.get(reverse("qa:search"), {"read": asked, "q": query})

    found = {one.question.pk for one in page.context["answers"]}
    assert found == {read[number].pk for number in wanted}


def test_the_choice_names_years_of_the_readers_calendar(client, read):
    assert "114 年" in client.get(reverse("qa:search")).content.decode()
    assert ">2025<" in client.get("/en" + reverse("qa:search")).content.decode()


@pytest.mark.parametrize("asked", ["0000", "9999", "１１１５", "-1", "20251"])
def test_whatever_is_asked_for_gets_a_page(client, read, asked):
    assert client.get(reverse("qa:search"), {"read": asked}).status_code == 200


def test_editors_narrow_theirs_and_see_what_is_due_soon(read):
    agency = read[0].agency
    for one in read:
        type(one).objects.filter(pk=one.pk).update(agency=agency)
    read[1].review_due_on = dt.date(2026, 10, 1)
    read[1].save(update_fields=["review_due_on"])
    with time_machine.travel(TODAY, tick=False):
        editor = signed_in(staff(Role.EDITOR, agency))
        of_year = editor.get(reverse("manage_qa:index"), {"read": "2024"})
        soon = editor.get(reverse("manage_qa:index"), {"view": "soon"})

    assert [row["question"].pk for row in of_year.context["rows"]] == [read[2].pk]
    assert [row["question"].pk for row in soon.context["rows"]] == [read[1].pk]
