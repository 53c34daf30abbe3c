"""A question from an answered case to readers, by two people; an owner finds it and does not file."""

import json
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from assistance.models import Answer, AnswerPart, Case, GuidanceSystem
from knowledge.models import Question, Topic
from knowledge.statistics import use_of
from sme_portal.seeds.demo.people import Cast, address
from tests.browser.visiting import Person, Visits
from tests.factories.assistance import CaseFactory, NeedFactory
from tests.factories.knowledge import QuestionFactory

ASKED = "示範木業有限公司的押標金可以分期繳嗎"
PUBLIC_ZH, PUBLIC_EN = "押標金可以分期繳嗎？", "Can a bid bond be paid by instalments?"


def _answered_case(cast: Cast) -> Any:
    """An answer that names its contact, her telephone and somebody else."""
    smesa, lead = cast.agencies["smesa"], cast.users["lead"]
    case = CaseFactory(
        answered=True,
        lead_agency=smesa,
        lead_officer=lead,
        main_system=GuidanceSystem.objects.get(code="financing"),
        contact_name="林雅雯",
        enterprise_name="示範木業有限公司",
        subject=ASKED,
        language="zh-hant",
    )
    now = timezone.now()
    words = {"opening": "林雅雯您好，", "closing": "請洽陳先生，電話 0912-345-678。"}
    told = {"round": 1, "composed_by": lead, "agency": smesa, "saved_at": now, "sent_at": now}
    answer = Answer.objects.create(case=case, **words, **told)
    need = NeedFactory(case=case, agency=smesa)
    AnswerPart.objects.create(
        answer=answer, need=need, agency=smesa, text="不行，要在截止投標前一次繳清。"
    )
    return case


def _structured(page: Page) -> Any:
    return json.loads(page.locator('script[type="application/ld+json"]').inner_text())


def _draft_from(lead: Person, reference: str) -> None:
    """What leads to somebody is marked and taken out; both languages are written, and sent."""
    page = lead.go(f"/desk/{reference}/known/")
    for found in ("林雅雯", "示範木業有限公司", "陳先生", "0912-345-678"):
        expect(page.get_by_role("listitem").filter(has_text=found).first).to_be_visible()
        assert found not in page.locator("textarea[name=answer_zh]").input_value()
    page.locator("main details").first.locator("summary").click()
    expect(page.locator("main mark").first).to_be_visible()
    lead.look("from-case")
    page.locator("input[name=question_zh]").fill(PUBLIC_ZH)
    page.locator("textarea[name=answer_zh]").fill("不行，要在截止投標前一次繳清。")
    page.locator("input[name=question_en]").fill(PUBLIC_EN)
    page.locator("textarea[name=answer_en]").fill("No. It is due in one sum before the deadline.")
    lead.press(page.locator("form button[data-send]").last)
    lead.look("draft")
    expect(page.get_by_role("button", name="核定並發布")).to_have_count(0)
    lead.press(page.get_by_role("button", name="送請核定"))


def test_a_question_from_a_case_to_its_readers(visits: Visits, cast: Cast, settings: Any) -> None:
    case, password = _answered_case(cast), settings.DEMO_PASSWORD

    lead = visits.person("lead")
    lead.sign_in(address("lead"), password)
    _draft_from(lead, case.reference)

    second = visits.person("approver")
    second.sign_in(address("approver"), password)
    slug = Question.objects.get(versions__question_zh=PUBLIC_ZH).slug
    page = second.go(f"/manage/qa/{slug}/")
    second.press(page.get_by_role("button", name="核定並發布"))
    second.look("published")

    reader = visits.person("reader", size="phone")
    page = reader.go(f"/qa/{slug}/")
    reader.look("answer")
    described = _structured(page)
    (entity,) = described["mainEntity"]
    assert (described["@type"], entity["name"]) == ("FAQPage", PUBLIC_ZH)
    assert "一次繳清" in entity["acceptedAnswer"]["text"]
    page = reader.go(f"/en/qa/{slug}/?both=1")
    expect(page.get_by_role("heading", name=PUBLIC_ZH)).to_be_visible()
    assert _structured(page)["inLanguage"] == "en"
    assert _structured(page)["mainEntity"][0]["name"] == PUBLIC_EN

    page = lead.go(f"/desk/{case.reference}/")
    expect(page.get_by_text("由這件案件草擬了一則問答").first).to_be_visible()
    lead.go(f"/desk/answers/{slug}/")
    expect(lead.page.get_by_role("link", name=ASKED)).to_be_visible()
    lead.look("what-became")


def test_an_owner_finds_her_answer_and_does_not_file(
    visits: Visits, cast: Cast, settings: Any
) -> None:
    topic = Topic.objects.get(code="financing")
    words = {"topics": [topic], "question_zh": PUBLIC_ZH, "answer_zh": "不行，要一次繳清。"}
    question = QuestionFactory(public=True, agency=cast.agencies["smesa"], words=words)

    owner = visits.person("owner", size="phone")
    owner.sign_in(address("owner.a"), settings.DEMO_PASSWORD)
    page = owner.go("/request/")
    owner.press(page.get_by_role("button", name="開始申請"))
    page.locator("#id_description").press_sequentially("我想投標，押標金可以分期繳嗎")
    offered = page.locator("#suggest").get_by_role("link", name=PUBLIC_ZH)
    expect(offered).to_be_visible()
    owner.look("offered")
    owner.press(offered)
    expect(page.get_by_text("要一次繳清").first).to_be_visible()
    owner.press(page.get_by_role("button", name="有，不必送出申請了"))
    owner.look("spared")

    use = use_of(Question.objects.get(pk=question.pk))
    assert (use.offered, use.opened, use.spared) == (1, 1, 1)
    assert not Case.objects.exists()
