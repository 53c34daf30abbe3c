"""From the queue to many cases at once: assign and undo, ask, merge, hand over, own filters."""

from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from accounts.models import Agency, User
from assistance.models import Case, Question
from assistance.states import CaseState
from sme_portal.seeds.demo.people import Cast, address
from tests.browser.visiting import Person, Visits
from tests.factories.accounts import StaffMembershipFactory
from tests.factories.assistance import CaseFactory, ClockSpanFactory, SavedFilterFactory


@pytest.fixture
def cases(cast: Cast) -> list[Case]:
    """Three requests of one firm in hand of an officer who has left, and one still untaken."""
    smesa = Agency.objects.get(code="smesa")
    left = StaffMembershipFactory(user__name="周宜蓁", agency=smesa, revoked=True).user
    made = [
        CaseFactory(
            in_progress=True,
            lead_agency=smesa,
            lead_officer=left,
            business_number="04595257",
            enterprise_name="永晴紡織有限公司",
            subject=f"第{number}件：想買新機器",
        )
        for number in range(1, 4)
    ]
    for case in made:
        ClockSpanFactory(case=case, started_at=timezone.now())
    return [*made, CaseFactory(lead_agency=smesa, subject="第4件：想申請貸款")]


@pytest.fixture(params=["", "/en"], ids=["zh", "en"])
def duty(visits: Visits, cases: list[Case], settings: Any, request: Any) -> Person:
    person = visits.person("duty")
    person.sign_in(address("duty"), settings.DEMO_PASSWORD, at=f"{request.param}/account/login/")
    person.go(f"{request.param}/desk/")
    return person


def tick(page: Page, *cases: Case) -> None:
    for case in cases:
        page.locator(f"tr[data-no='{case.reference}'] input[type=checkbox]").check()


def desk(duty: Person, query: str = "") -> Page:
    prefix = "/en" if "/en/" in duty.page.url else ""
    return duty.go(f"{prefix}/desk/{query}")


def test_many_cases_are_handled_from_the_queue(
    duty: Person, cases: list[Case], cast: Cast
) -> None:
    hand_over(duty, cases[:3], cast)
    assign_and_undo(duty, cases[3], cast)
    ask(duty, cases[0], cases[3])
    merge(duty, cases[1], cases[2])
    rename_a_filter(duty, cast)


def hand_over(duty: Person, left: list[Case], cast: Cast) -> None:
    page = desk(duty, "?view=left")
    expect(page.locator(".sp-queue tbody tr")).to_have_count(3)
    tick(page, *left)
    duty.look("left-behind")
    duty.press(".sp-bulk [data-key=a]")
    duty.look("hand-over")
    page.locator("select[name=officer]").select_option(str(cast.id_of("lead")))
    duty.press("[data-send]")
    assert set(
        Case.objects.filter(pk__in=[c.pk for c in left]).values_list("lead_officer_id", flat=True)
    ) == {cast.id_of("lead")}


def assign_and_undo(duty: Person, case: Case, cast: Cast) -> None:
    page = desk(duty)
    tick(page, case)
    duty.press(".sp-bulk [data-key=a]")
    page.locator("select[name=officer]").select_option(str(cast.id_of("lead")))
    duty.press("[data-send]")
    duty.look("assigned")
    page.locator(".sp-queue tbody tr").first.focus()
    with page.expect_navigation():
        page.keyboard.press("z")
    case.refresh_from_db()
    assert (case.lead_officer_id, case.state) == (None, CaseState.SUBMITTED)
    duty.look("undone")


def ask(duty: Person, running: Case, untaken: Case) -> None:
    page = desk(duty)
    tick(page, running, untaken)
    duty.press(".sp-bulk [data-key=w]")
    duty.look("ask-many")
    page.locator("textarea[name=body]").fill("請補最近一期的 401 表。")
    with duty.refusals():
        duty.press("[data-send]")
    duty.look("asked-one-of-two")
    assert list(Question.objects.values_list("case_id", flat=True)) == [running.pk]


def merge(duty: Person, stays: Case, ends: Case) -> None:
    page = desk(duty)
    tick(page, stays, ends)
    duty.press(".sp-bulk [data-key=m]")
    duty.look("merge-two")
    page.locator(f"input[name=into][value='{stays.reference}']").check()
    duty.press("[data-send]")
    ends.refresh_from_db()
    assert ends.merged_into == stays


def rename_a_filter(duty: Person, cast: Cast) -> None:
    SavedFilterFactory(user=User.objects.get(pk=cast.id_of("duty")), name="中部案件")
    page = desk(duty, "views/")
    duty.look("own-filters")
    duty.press("a[href*='/rename/']")
    duty.look("rename")
    page.locator("input[name=name]").fill("臺中的案件")
    duty.press("[data-send]")
    expect(page.locator("main")).to_contain_text("臺中的案件")


def test_a_refused_act_is_told_on_the_page_of_the_case(duty: Person, cases: list[Case]) -> None:
    first, second = cases[:2]
    Case.objects.filter(pk=second.pk).update(suspected_duplicate_of=first)
    prefix = "/en" if "/en/" in duty.page.url else ""
    page = duty.go(f"{prefix}/desk/{second.reference}/")

    Case.objects.filter(pk=second.pk).update(suspected_duplicate_of=None)
    with duty.refusals():
        duty.press("form[action$='/keep-apart/'] button")

    expect(page.locator(".sp-messages .sp-hint-bad")).to_be_visible()
    expect(page.locator("h1")).to_contain_text(second.subject)
    duty.look("refused")
