"""What is measured of the portal: who asks for which page."""

import uuid
from dataclasses import dataclass

from django.urls import reverse
from django.utils import timezone

from accounts.models import Agency, Enterprise, User
from assistance.asking import Asking
from assistance.models import Case, GuidanceSystem, Need
from assistance.services import drafts, intake, messages, needs, triage
from assistance.services.messages import AskedItem
from assistance.services.triage import NeedPlan
from assistance.views import limits
from bench.driving import Call
from bench.sessions import session_of
from foundation.working_days import add_working_days
from knowledge.models import Question
from sme_portal.seeds.demo.people import address
from sme_portal.seeds.demo.stories import stories

PARTS = (("financing", "smesa"), ("marketing", "ita"), ("production", "ida"))
COMMON_WORD = "客戶"
MESSAGES = 10


@dataclass(frozen=True)
class Stage:
    """The people and the one case that the pages are measured with."""

    owner: User
    duty: User
    lead: User
    officer: User
    case: Case
    enterprise: Enterprise


def person(name: str) -> User:
    return User.objects.get(email=address(name))


def set_stage(messages_wanted: int = MESSAGES) -> Stage:
    """A case with three needs, ten messages and some twenty lines of history."""
    owner = person("owner.b")
    enterprise = Enterprise.objects.visible_to(owner).get()
    ids = dict(GuidanceSystem.objects.values_list("code", "pk"))
    agencies = {agency.code: agency.pk for agency in Agency.objects.current()}
    duty, lead = person("duty"), person("lead")
    asking = Asking(
        description=stories()[0].description,
        contact_name=owner.name,
        contact_email=owner.email,
        enterprise_id=enterprise.pk,
        enterprise_name=enterprise.name_zh,
        business_number=enterprise.business_number,
        system_codes=tuple(code for code, _agency in PARTS),
        consents=("handle", "share_with_agencies"),
    )
    case = intake.submit(key=uuid.uuid4(), by="bench", asking=asking, applicant_id=owner.pk)
    triage.claim(case_id=case.pk, officer_id=duty.pk)
    plans = [NeedPlan(ids[code], agencies[agency]) for code, agency in PARTS]
    parts = triage.split(
        case_id=case.pk,
        by_id=duty.pk,
        plans=plans,
        lead_agency_id=agencies["smesa"],
        lead_officer_id=lead.pk,
    )
    _work(case, parts, lead, owner, messages_wanted)
    return Stage(
        owner, duty, lead, person("officer.ida"), Case.objects.get(pk=case.pk), enterprise
    )


def _work(case: Case, parts: list[Need], lead: User, owner: User, wanted: int) -> None:
    officers = [person(f"officer.{agency}") for _code, agency in PARTS]
    for need, officer in zip(parts, officers, strict=True):
        needs.accept(need_id=need.pk, officer_id=officer.pk)
        needs.start(need_id=need.pk, by_id=officer.pk)
    question = messages.ask_enterprise(
        case_id=case.pk,
        need_id=parts[0].pk,
        by_id=officers[0].pk,
        agency_id=parts[0].agency_id or 0,
        body="請補最近一期的 401 表。",
        items=[AskedItem("最近一期 401 表", "vat-return-401")],
        due_on=add_working_days(timezone.localdate(), 5),
    )
    messages.answer_question(question_id=question.pk, author_id=owner.pk, body="已經補上。")
    for n in range((wanted - 2) // 2):
        messages.send_from_agency(
            case_id=case.pk,
            need_id=None,
            by_id=lead.pk,
            agency_id=parts[0].agency_id or 0,
            body=f"第 {n + 1} 次說明：各機關都在處理，有進度會在這裡告訴您。",
        )
        messages.send_from_sme(case_id=case.pk, author_id=owner.pk, body="收到，謝謝。")


def draft_to_submit(stage: Stage) -> dict[str, str]:
    """A finished draft of the owner's, and the fields of the last page."""
    story = stories()[1]
    begun = drafts.begin(
        owner_id=stage.owner.pk,
        answers={
            "problem": {"description": story.description},
            "hopes": {"hoped_for": ""},
            "system": {"systems": ["financing"], "unsure": False},
            "enterprise": {"enterprise": str(stage.enterprise.pk)},
            "papers": {},
            "contact": {"name": "陳範例", "email": stage.owner.email, "phone": "", "time": ""},
        },
    )
    drafts.keep(draft_id=begun.draft.pk, step="papers", answers={})
    return {
        "idempotency_key": str(uuid.uuid4()),
        "handle": "on",
        "share_with_agencies": "on",
    }


def scenes(stage: Stage) -> dict[str, Call]:
    """Every measured request by name."""
    # One owner sends hundreds of requests here; nobody does outside.
    limits.LIMITS["submit"] = (10**9, limits.HOUR)
    people = (stage.owner, stage.duty, stage.lead, stage.officer)
    owner, duty, lead, officer = (session_of(user) for user in people)
    queue = reverse("desk:queue")
    search = reverse("desk:search")
    reference = stage.case.reference
    return {
        "queue": Call(queue, duty),
        "queue_agency": Call(queue, lead),
        "queue_filtered": Call(f"{queue}?system=financing&county=tainan", duty),
        "queue_sorted": Call(f"{queue}?sort=-updated", duty),
        "case": Call(reverse("desk:case", args=[reference]), lead),
        "case_agency": Call(reverse("desk:case", args=[reference]), officer),
        "sme": Call(reverse("cases:detail", args=[reference]), owner),
        "submit": Call(
            reverse("request:check"), owner, lambda: draft_to_submit(stage), expects=303
        ),
        "search": Call(f"{search}?q=%E9%80%B1%E8%BD%89%E9%87%91", duty),
        "search_common": Call(f"{search}?q=%E5%AE%A2%E6%88%B6", duty),
        **_public(owner),
    }


def _public(somebody: dict[str, str]) -> dict[str, Call]:
    """What everybody reads, without a name; and the answer once as somebody with one."""
    question = Question.objects.public().order_by("pk").first()
    answer = reverse("qa:detail", args=[question.slug]) if question else reverse("qa:search")
    return {
        "home": Call(reverse("home")),
        "catalogue": Call(reverse("systems:index")),
        "answers": Call(reverse("qa:search")),
        "answer": Call(answer),
        "answer_own": Call(answer, somebody),
    }
