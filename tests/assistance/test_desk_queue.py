"""The queue: what is in which view, in which order, and how many questions it costs."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance import search
from assistance.models import Case
from assistance.search import Criteria
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import AbsenceFactory, AgencyFactory, StaffMembershipFactory
from tests.factories.assistance import (
    CaseFactory,
    CoordinatorFactory,
    NeedFactory,
    SavedFilterFactory,
)
from tests.factories.catalogue import EditionFactory, SystemFactory

pytestmark = pytest.mark.django_db


def _view(user, code):
    return set(search.queue(user, Criteria(view=code)))


def test_the_queue_lists_open_cases_with_the_least_time_first():
    duty = officer()
    late, soon, settled = CaseFactory(overdue=True), CaseFactory(), CaseFactory(closed=True)
    waiting = CaseFactory(waiting=True)

    answer = signed_in(duty).get(reverse("desk:queue"))

    assert answer.status_code == 200
    listed = [row.case.pk for row in answer.context["rows"]]
    assert listed == [late.pk, soon.pk, waiting.pk]
    assert settled.reference not in answer.content.decode()


def test_each_shared_view_holds_what_its_name_says():
    duty = officer()
    mine = CaseFactory(triaged=True, lead_officer=duty)
    held = NeedFactory(in_progress=True, officer=duty).case
    unassigned = CaseFactory()
    today, late = (
        CaseFactory(due_today=True, triaged=True),
        CaseFactory(overdue=True, triaged=True),
    )
    waiting = CaseFactory(waiting=True)
    double = CaseFactory(triaged=True, suspected_duplicate_of=unassigned)
    CaseFactory(closed=True, lead_officer=duty)

    assert _view(duty, "mine") == {mine, held}
    assert _view(duty, "unassigned") == {unassigned}
    assert _view(duty, "today") == {today}
    assert _view(duty, "overdue") == {late}
    assert _view(duty, "waiting") == {waiting}
    assert _view(duty, "duplicates") == {double}
    assert _view(duty, "open") == {mine, held, unassigned, today, late, waiting, double}
    assert len(_view(duty, "all")) == 8


def test_cases_of_those_i_stand_in_for_are_a_view_while_they_are_away():
    duty, away = officer(), officer(Role.OFFICER)
    case = CaseFactory(triaged=True, lead_officer=away)
    shown = [view["label"] for view in signed_in(duty).get(reverse("desk:queue")).context["rail"]]
    assert "代理案件" not in shown

    AbsenceFactory(user=away, deputy=duty)

    assert _view(duty, "deputy") == {case}
    shown = [view["label"] for view in signed_in(duty).get(reverse("desk:queue")).context["rail"]]
    assert "代理案件" in shown


def test_i_stand_in_for_needs_and_for_those_whose_deputy_is_away_as_well():
    duty, deputy, away = officer(), officer(Role.OFFICER), officer(Role.OFFICER)
    led = CaseFactory(triaged=True, lead_officer=away)
    worked_on = CaseFactory(in_progress=True)
    NeedFactory(case=worked_on, in_progress=True, officer=away)
    settled = CaseFactory(in_progress=True)
    NeedFactory(case=settled, answered=True, officer=away)
    AbsenceFactory(user=away, deputy=deputy)

    assert _view(deputy, "deputy") == {led, worked_on}
    assert _view(duty, "deputy") == set()

    AbsenceFactory(user=deputy, deputy=duty)
    assert _view(duty, "deputy") == {led, worked_on}


def test_offers_to_my_agency_are_a_view_of_their_own():
    ours = officer(Role.OFFICER)
    offered = NeedFactory(offered=True, agency=ours.staff_memberships.get().agency)
    NeedFactory(offered=True)

    assert _view(ours, "offers") == {offered.case}


def test_counts_of_the_rail_are_those_of_the_lists():
    duty = officer()
    CaseFactory.create_batch(3, overdue=True)
    CaseFactory(waiting=True)
    kept = SavedFilterFactory(user=duty, criteria={"state": ["waiting"]})

    tallies = search.tally(duty, Criteria(), {kept.pk: Criteria.read(kept.criteria)})

    for code, tally in tallies.views.items():
        assert tally.number == len(_view(duty, code)), code
    assert tallies.saved[kept.pk].number == 1
    assert tallies.here.number == 4


def test_counting_stops_at_the_limit(monkeypatch):
    duty = officer()
    CaseFactory.create_batch(4)
    monkeypatch.setattr(search, "COUNTED_UP_TO", 3)

    tallies = search.tally(duty, Criteria(), {})

    assert str(tallies.here) == "3+"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ({"state": "waiting"}, {"waiting"}),
        ({"county": "tainan"}, {"tainan"}),
        ({"system": "system-7"}, {"system"}),
        ({"officer": "none"}, {"tainan", "system", "phone"}),
        ({"source": "phone"}, {"phone"}),
        ({"kind": "enquiry"}, {"tainan"}),
        ({"agency": "elsewhere"}, {"needed"}),
        ({"q": "螺絲"}, {"phone"}),
        ({"state": "waiting", "county": "tainan"}, set()),
    ],
)
def test_filters_narrow_the_list(query, wanted):
    duty = officer()
    cases = {
        "waiting": CaseFactory(waiting=True),
        "tainan": CaseFactory(county="tainan", kind="enquiry"),
        "system": CaseFactory(main_system=EditionFactory(system__number=7).system),
        "phone": CaseFactory(source="phone", subject="螺絲外銷"),
        "needed": NeedFactory(in_progress=True, agency__code="elsewhere").case,
    }
    officer(Role.OFFICER, agency=cases["needed"].needs.get().agency)

    answer = signed_in(duty).get(reverse("desk:queue"), query)

    listed = {row.case.pk for row in answer.context["rows"]}
    assert listed == {cases[name].pk for name in wanted}


@pytest.mark.parametrize(
    "query",
    [
        "sort=password",
        "sort=-",
        "view=nothing",
        "system=%27%3B--",
        "state=flying&state=waiting",
        "officer=999999999999999999999999",
        "officer=-1",
        "after=rubbish",
        "after=" + "x" * 3000,
        "q=" + "%E9%95%B7" * 200,
        "q=%F0%9F%A6%8A",
        "q=%26%7C%21%28%29%3A%2A",
        "layout=cube&case=nothing",
        "county=" + "&county=".join(str(n) for n in range(300)),
    ],
)
def test_what_the_address_gets_wrong_is_left_out_quietly(query):
    duty = officer()
    CaseFactory()

    answer = signed_in(duty).get(f"{reverse('desk:queue')}?{query}")

    assert answer.status_code == 200


def test_a_list_that_was_asked_before_shows_what_is_new():
    duty = officer()
    client, url = signed_in(duty), reverse("desk:queue")
    for number in range(1, 4):
        CaseFactory(county="tainan")
        for query in ({}, {"county": "tainan"}):
            assert len(client.get(url, query).context["rows"]) == number


def test_a_list_kept_for_one_place_is_not_another_s():
    duty, elsewhere = officer(), officer(Role.OFFICER, agency=AgencyFactory())
    case = CaseFactory(triaged=True, lead_officer=duty)
    url = reverse("desk:queue")

    assert [row.case.pk for row in signed_in(duty).get(url).context["rows"]] == [case.pk]
    assert signed_in(elsewhere).get(url).context["rows"] == []

    StaffMembershipFactory(user=elsewhere, agency=case.lead_agency, role=Role.OFFICER)
    assert len(signed_in(elsewhere).get(url).context["rows"]) == 1
    duty.staff_memberships.update(ended_at=timezone.now(), ended_by=elsewhere)
    assert signed_in(duty).get(url).status_code == 403


def test_two_officers_of_one_place_are_counted_and_listed_their_own():
    place = CoordinatorFactory()
    people = [officer(agency=place) for _ in range(3)]
    for number, person in enumerate(people):
        CaseFactory.create_batch(number, triaged=True, lead_officer=person)
    own = {"view": "mine"}, {"officer": "me"}

    for _ in range(2):
        for number, person in enumerate(people):
            kept = {1: Criteria(officer="me")}
            tallies = search.tally(person, Criteria(), kept)
            assert tallies.views["mine"].number == tallies.saved[1].number == number
            assert tallies.here.number == 3
            for query in own:
                page = signed_in(person).get(reverse("desk:queue"), query)
                assert len(page.context["rows"]) == number


def test_what_people_wrote_is_escaped_in_rows_filters_and_rail():
    duty = officer(name="<b>值班</b>")
    CaseFactory(subject="<i>螺絲</i>", enterprise_name="甲&乙", lead_officer=duty, triaged=True)
    SavedFilterFactory(user=duty, name="<u>我的</u>", criteria={"state": ["waiting"]})

    page = signed_in(duty).get(reverse("desk:queue"), {"officer": duty.pk}).content.decode()

    for mark in ("<b>值班", "<i>螺絲", "<u>我的"):
        assert mark not in page
    assert "&lt;i&gt;螺絲" in page
    assert "甲&amp;乙" in page
    assert page.count("&lt;b&gt;值班") >= 3


def test_an_unknown_order_is_said_so():
    duty = officer()
    CaseFactory()

    answer = signed_in(duty).get(reverse("desk:queue"), {"sort": "password"})

    assert answer.context["asked"].sort.key == "due"
    assert 'role="note"' in answer.content.decode()


def test_pages_follow_one_another_without_gap_or_repetition(monkeypatch):
    monkeypatch.setattr("assistance.views.desk.queue.PAGE_SIZE", 3)
    duty = officer()
    CaseFactory.create_batch(4, due_today=True)
    CaseFactory.create_batch(3, waiting=True)
    client, seen, url = signed_in(duty), [], reverse("desk:queue")

    while url:
        answer = client.get(url)
        seen += [row.case.pk for row in answer.context["rows"]]
        url = answer.context["more_url"]

    assert len(seen) == len(set(seen)) == 7
    assert seen == [case.pk for case in Case.objects.order_by("due_on", "pk")]


@pytest.mark.parametrize("sort", ["due", "number", "-number", "updated", "-updated"])
def test_each_order_pages_through_everything(monkeypatch, sort):
    monkeypatch.setattr("assistance.views.desk.queue.PAGE_SIZE", 2)
    duty = officer()
    now = timezone.now()
    for days in range(5):
        CaseFactory(updated_at=now - dt.timedelta(days=days), overdue=days % 2 == 0)
    client, seen, url = signed_in(duty), [], f"{reverse('desk:queue')}?sort={sort}"

    while url:
        answer = client.get(url)
        seen += [row.case.pk for row in answer.context["rows"]]
        url = answer.context["more_url"]

    assert len(seen) == len(set(seen)) == 5
    shown = 'aria-sort="descending"' if sort.startswith("-") else 'aria-sort="ascending"'
    assert shown in client.get(f"{reverse('desk:queue')}?sort={sort}").content.decode()


def test_htmx_gets_the_list_alone_and_a_tidy_address():
    duty = officer()
    CaseFactory()

    answer = signed_in(duty).get(
        reverse("desk:queue"), {"q": "", "state": "submitted"}, headers={"HX-Request": "true"}
    )

    assert answer.content.decode().lstrip().startswith('<div id="queue"')
    assert answer["HX-Push-Url"] == f"{reverse('desk:queue')}?state=submitted"
    assert "HX-Request" in answer["Vary"]


def test_the_split_layout_shows_the_case_that_was_chosen():
    duty = officer()
    CaseFactory(overdue=True)
    chosen = CaseFactory(subject="想導入機器手臂")

    answer = signed_in(duty).get(
        reverse("desk:queue"), {"layout": "split", "case": chosen.reference}
    )

    assert answer.context["case"] == chosen
    assert chosen.readings.filter(reader=duty).count() == 1


@pytest.mark.slow
@pytest.mark.parametrize("layout", ["", "split"])
def test_the_queue_costs_the_same_with_a_thousand_cases(
    layout, django_assert_max_num_queries, django_assert_num_queries
):
    duty = officer()
    SavedFilterFactory.create_batch(3, user=duty)
    made = CaseFactory.create_batch(10, triaged=True, main_system=SystemFactory(number=1))
    client = signed_in(duty)
    url = f"{reverse('desk:queue')}?layout={layout}"
    client.get(url)

    with django_assert_max_num_queries(10 if not layout else 16) as few:
        client.get(url)
    fields = [f for f in Case._meta.concrete_fields if not f.primary_key]
    for number in range(990):
        copy = Case(**{f.attname: getattr(made[0], f.attname) for f in fields})
        copy.reference = f"A114-01-{number:05d}"
        copy.save()
    with django_assert_num_queries(len(few.captured_queries)):
        client.get(url)


def test_very_common_words_are_answered_with_a_hint(monkeypatch):
    monkeypatch.setattr(search, "COUNTED_UP_TO", 2)
    duty = officer()
    CaseFactory.create_batch(3)

    answer = signed_in(duty).get(reverse("desk:queue"), {"q": "訂單"})

    assert "請再加一個關鍵字" in answer.content.decode()
