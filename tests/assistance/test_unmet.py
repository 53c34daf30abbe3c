"""Unmet need: counted once a quarter, by place, topic and reason; the cases behind a number."""

import pytest
from django.test import Client
from django.utils import timezone

from accounts.roles import Role
from assistance.models import UnmetReason, UnmetSearch
from assistance.services import referral_answers, referral_search
from assistance.states import CaseState
from assistance.statistics.unmet import table, unmet_counts, unmet_total
from foundation.quarters import Quarter
from network.matching import Candidate, Kind, Ranking, RuledOut, Said
from tests.factories.accounts import AgencyFactory, StaffMembershipFactory
from tests.factories.assistance import CaseFactory
from tests.factories.catalogue import SystemFactory
from tests.factories.referrals import ReferralFactory, can_help
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
PAGE, CASES, FILE = "/figures/unmet/", "/figures/unmet/cases/", "/figures/unmet/export.csv"


def financing():
    return SystemFactory(code="financing")


def asked_for(system, many=1, **fields):
    """So many cases for which somebody was looked for."""
    made = CaseFactory.create_batch(many, in_progress=True, **({"county": "hualien"} | fields))
    for case in made:
        referral_search.search(case=case, system=system)
    return made


def browser(role, agency=None):
    post = StaffMembershipFactory(role=role, **({"agency": agency} if agency else {}))
    client = Client()
    client.force_login(post.user)
    return client


def this_quarter():
    return Quarter.of(TODAY())


def numbers(county=""):
    return table(unmet_counts(this_quarter()), county=county)


def test_eight_requests_without_anybody_show_as_eight_and_open():
    system = financing()
    made = asked_for(system, 5, district="秀林鄉") + asked_for(system, 3, district="")

    assert numbers().cells["hualien", system.pk] == 8
    assert numbers("hualien").rows == {"秀林鄉": 5, "": 3}

    page = browser(Role.DUTY).get(PAGE)
    row = next(row for row in page.context["rows"] if row["total"])
    number, url = next(cell for cell in row["cells"] if cell[0])
    behind = browser(Role.DUTY).get(url)
    assert number == 8
    assert {row["case"].pk for row in behind.context["rows"]} == {case.pk for case in made}
    assert (behind.context["total"], behind.context["hidden"]) == (8, 0)


def test_somebody_who_joins_changes_later_requests_only():
    system = financing()
    asked_for(system, 8)
    VolunteerFactory(county="hualien", districts=[], specialties=["financing"], serving=True)
    can_help(county="hualien")

    asked_for(system, 2)

    assert numbers().total == 8


def test_looking_again_adds_nothing_in_the_quarter_and_counts_in_the_next(time_machine):
    system = financing()
    time_machine.move_to("2026-08-03 10:00+08:00", tick=False)
    case = asked_for(system)[0]
    referral_search.search(case=case, system=system)
    time_machine.move_to("2026-09-21 10:00+08:00", tick=False)
    referral_search.search(case=case, system=system)
    referral_search.search(case=case, system=SystemFactory())
    time_machine.move_to("2026-10-05 10:00+08:00", tick=False)
    referral_search.search(case=case, system=system)

    assert unmet_total(Quarter(2026, 3)) == 2
    assert unmet_total(Quarter(2026, 4)) == 1


def test_a_merged_case_counts_through_the_one_it_went_into():
    system = financing()
    one, other, alone = asked_for(system, 3)
    for case in (other, alone):
        case.state, case.due_on, case.due_kind = CaseState.MERGED, None, ""
    other.merged_into, alone.merged_into = one, CaseFactory(in_progress=True)
    other.save()
    alone.save()

    assert numbers().total == 2


def test_the_third_who_does_not_take_it_leaves_the_need_unmet():
    system = financing()
    case = CaseFactory(in_progress=True, county="hualien")
    can_help(county="hualien")
    for attempt in (1, 2):
        ReferralFactory(case=case, system=system, declined=True, attempt=attempt)
    third = ReferralFactory(case=case, system=system, attempt=3)

    referral_answers.decline(referral_id=third.pk, by_id=None, reason="no_time")

    assert [one.reason for one in unmet_counts(this_quarter())] == [UnmetReason.DECLINED]


def test_a_decline_after_which_nobody_is_left_leaves_the_need_unmet():
    system = financing()
    only = can_help(county="hualien")
    case = CaseFactory(in_progress=True, county="hualien")
    referral = ReferralFactory(case=case, system=system, organisation=only)

    referral_answers.decline(referral_id=referral.pk, by_id=None, reason="no_time")

    assert UnmetSearch.objects.get().reason == UnmetReason.DECLINED


def test_a_decline_after_which_somebody_is_left_leaves_nothing_unmet():
    system = financing()
    only = can_help(county="hualien")
    can_help(county="hualien")
    case = CaseFactory(in_progress=True, county="hualien")
    referral = ReferralFactory(case=case, system=system, organisation=only)

    referral_answers.decline(referral_id=referral.pk, by_id=None, reason="no_time")

    assert not UnmetSearch.objects.exists()


@pytest.mark.parametrize(
    ("barred", "reason"),
    [
        ([], "nobody"),
        ([("other_topic",), ("other_area", "full")], "nobody"),
        ([("other_topic", "full"), ("full",)], "busy"),
        ([("away", "full")], "busy"),
        ([("asked_before",), ("away",)], "busy"),
        ([("asked_before", "full"), ("conflict",)], "declined"),
        ([("conflict", "full")], "conflict"),
        ([("no_contact",), ("other_districts",)], "unreachable"),
    ],
)
def test_why_nobody_was_found_is_what_could_be_mended_soonest(barred, reason):
    out = tuple(
        RuledOut(Candidate(kind=Kind.ORGANISATION, pk=n), tuple(Said(code) for code in codes))
        for n, codes in enumerate(barred)
    )

    assert referral_search.reason_of(Ranking(ruled_out=out)) == reason


def test_another_reason_the_same_day_takes_the_place_of_the_first():
    system = financing()
    full = can_help(county="hualien", places=0)
    case = asked_for(system)[0]
    assert UnmetSearch.objects.get().reason == UnmetReason.BUSY
    ReferralFactory(case=case, system=system, organisation=full, declined=True)

    referral_search.search(case=case, system=system)

    assert UnmetSearch.objects.get().reason == UnmetReason.DECLINED


def test_a_manager_counts_all_and_reads_her_agencys_cases_with_a_word_why():
    system, agency = financing(), AgencyFactory()
    asked_for(system, 2)
    asked_for(system, 1, lead_agency=agency)

    page = browser(Role.MANAGER, agency).get(CASES, {"county": "hualien", "topic": "financing"})

    assert (page.context["total"], page.context["readable"]) == (3, 1)
    assert len(page.context["rows"]) == 1
    assert "2 件在您不能閱覽的案件中" in page.content.decode()


def test_an_administrator_counts_and_reads_no_case():
    case = asked_for(financing())[0]

    page = browser(Role.ADMINISTRATOR).get(CASES)

    assert (page.context["total"], page.context["rows"]) == (1, [])
    assert case.reference not in page.content.decode()


def test_an_officer_counts_only_what_she_may_read():
    system, agency = financing(), AgencyFactory()
    asked_for(system, 2)
    asked_for(system, 1, lead_agency=agency)
    client = browser(Role.OFFICER, agency)

    assert client.get(PAGE).context["total"] == 1
    assert client.get(CASES).context["total"] == len(client.get(CASES).context["rows"]) == 1
    assert client.get(FILE).content.decode().strip().endswith(",1")


def test_the_table_is_narrowed_by_quarter_and_reason():
    system = financing()
    asked_for(system, 2)
    can_help(county="hualien", places=0)
    asked_for(system, 1)
    client = browser(Role.DUTY)

    assert client.get(PAGE, {"reason": "busy"}).context["total"] == 1
    assert client.get(PAGE, {"quarter": this_quarter().previous.code}).context["total"] == 0
    assert client.get(CASES, {"reason": "nobody"}).context["total"] == 2


@pytest.mark.parametrize("asked", [{"quarter": "1850Q9"}, {"reason": "weather"}])
def test_a_filter_there_is_not_is_named_beside_the_field(asked):
    page = browser(Role.DUTY).get(PAGE, asked)

    assert page.status_code == 422
    assert page.context["form"].errors


@pytest.mark.parametrize(
    "asked",
    [
        {"quarter": "0000Q1"},
        {"quarter": "9999Q4"},
        {"quarter": "soon"},
        {"county": "atlantis"},
        {"topic": "weather"},
        {"reason": "weather"},
    ],
)
def test_a_list_there_is_not_is_not_found(asked):
    assert browser(Role.DUTY).get(CASES, asked).status_code == 404


def test_a_county_there_is_not_is_not_found():
    client = browser(Role.DUTY)

    assert client.get(f"{PAGE}atlantis/").status_code == 404
    assert client.get(FILE, {"county": "atlantis"}).status_code == 404


def test_cases_without_a_place_have_a_row_and_a_list_of_their_own():
    asked_for(financing(), county="")
    client = browser(Role.DUTY)

    row = client.get(PAGE).context["rows"][-1]

    assert (row["total"], row["url"]) == (1, "")
    assert len(client.get(row["cases"]).context["rows"]) == 1


def test_the_file_holds_the_numbers_and_no_case():
    made = asked_for(financing(), 2, district="秀林鄉")

    text = browser(Role.DUTY).get(FILE, {"county": "hualien"}).content.decode()

    assert "秀林鄉" in text
    assert text.strip().endswith(",2")
    assert made[0].reference not in text


def test_pages_ask_as_often_for_many_as_for_few(django_assert_max_num_queries):
    system, client = financing(), browser(Role.DUTY)
    cases = CaseFactory.create_batch(60, in_progress=True)
    UnmetSearch.objects.bulk_create(
        UnmetSearch(
            case=case,
            system=system,
            county="hualien",
            district=f"第 {n} 鄉",
            searched_on=TODAY(),
        )
        for n, case in enumerate(cases)
    )
    client.get(PAGE)

    for page in (PAGE, f"{PAGE}hualien/", CASES, FILE):
        with django_assert_max_num_queries(9):
            assert client.get(page).status_code == 200
