"""Cases, needs and what hangs on them: the least that is valid, and traits that name situations."""

import datetime as dt

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from accounts.models import Agency
from assistance import models
from assistance.states import CaseState, NeedState, OfferState, Side
from foundation.text import to_tsvector_text

COORDINATOR_CODE = "smesa"


def today() -> dt.date:
    return timezone.localdate()


def _in_days(days: int) -> factory.LazyFunction:
    return factory.LazyFunction(lambda: today() + dt.timedelta(days=days))


def _now() -> factory.LazyFunction:
    return factory.LazyFunction(timezone.now)


class CoordinatorFactory(DjangoModelFactory):
    """The agency with which every case begins; one and the same in a test."""

    class Meta:
        model = Agency
        django_get_or_create = ("code",)

    code = COORDINATOR_CODE
    name_zh = "中小及新創企業署"
    name_en = "Small and Medium Enterprise and Startup Administration"
    abbr = "SMESA"
    kind = "ministry_agency"
    is_coordinator = True
    valid_from = dt.date(2023, 9, 26)


class CaseFactory(DjangoModelFactory):
    """A request that has just come in from an address without an account.

    Traits: triaged, in_progress, waiting, answered, closed, reopened, merged, withdrawn,
    declined (states); overdue, due_today (dates); of_enterprise (asked by a known enterprise).
    """

    class Meta:
        model = models.Case

    class Params:
        triaged = factory.Trait(
            state=CaseState.TRIAGE,
            lead_officer=factory.SubFactory("tests.factories.accounts.UserFactory"),
        )
        in_progress = factory.Trait(
            state=CaseState.PROGRESS,
            lead_officer=factory.SubFactory("tests.factories.accounts.UserFactory"),
        )
        waiting = factory.Trait(
            state=CaseState.WAITING,
            resumes_as=CaseState.PROGRESS,
            due_on=None,
            due_kind="",
            paused_due_days=2,
            paused_resolution_days=20,
            lead_officer=factory.SubFactory("tests.factories.accounts.UserFactory"),
        )
        answered = factory.Trait(
            state=CaseState.ANSWERED,
            due_on=None,
            due_kind="",
            answered_at=_now(),
            first_answered_at=_now(),
            lead_officer=factory.SubFactory("tests.factories.accounts.UserFactory"),
        )
        closed = factory.Trait(
            state=CaseState.CLOSED,
            due_on=None,
            due_kind="",
            answered_at=_now(),
            first_answered_at=_now(),
            closed_at=_now(),
            lead_officer=factory.SubFactory("tests.factories.accounts.UserFactory"),
        )
        reopened = factory.Trait(
            state=CaseState.REOPENED,
            first_answered_at=_now(),
            lead_officer=factory.SubFactory("tests.factories.accounts.UserFactory"),
        )
        merged = factory.Trait(
            state=CaseState.MERGED,
            due_on=None,
            due_kind="",
            merged_into=factory.SubFactory("tests.factories.assistance.CaseFactory"),
        )
        withdrawn = factory.Trait(
            state=CaseState.WITHDRAWN,
            due_on=None,
            due_kind="",
            withdrawal_reason="已經自行解決。",
        )
        declined = factory.Trait(
            state=CaseState.DECLINED,
            due_on=None,
            due_kind="",
            refusal_reason="out_of_scope",
            refusal_text="這件事不屬於輔導體系的範圍。",
            where_instead="請洽法律扶助基金會。",
        )
        overdue = factory.Trait(due_on=_in_days(-2))
        due_today = factory.Trait(due_on=_in_days(0))
        of_enterprise = factory.Trait(
            enterprise=factory.SubFactory("tests.factories.accounts.EnterpriseFactory"),
            enterprise_name=factory.SelfAttribute("enterprise.name_zh"),
            business_number=factory.SelfAttribute("enterprise.business_number"),
        )

    reference = factory.Sequence(lambda n: f"A115-08-{n % 90000 + 10000:05d}")
    enterprise_name = factory.Sequence(lambda n: f"示範企業{n}")
    business_number = ""
    contact_name = "林雅雯"
    contact_email = factory.Sequence(lambda n: f"asks{n}@example.test")
    subject = "接到訂單，需要購料周轉金"
    description = "我們接到國外客戶的新訂單，要先買材料，銀行不願增貸。"
    county = "taichung"
    lead_agency = factory.SubFactory(CoordinatorFactory)
    due_on = _in_days(3)
    due_kind = "first_answer"
    resolution_due_on = _in_days(42)
    submitted_at = _now()
    updated_at = _now()
    search = factory.LazyAttribute(
        lambda case: to_tsvector_text(
            case.reference,
            case.subject,
            case.enterprise_name,
            getattr(case, "business_number", ""),
            case.description,
        )
    )


class NeedFactory(DjangoModelFactory):
    """A need that was proposed and has not been offered to anybody yet.

    Traits: offered, accepted, in_progress, waiting, answered, declined, lapsed, withdrawn.
    """

    class Meta:
        model = models.Need

    class Params:
        of_an_agency = factory.Trait(
            agency=factory.SubFactory("tests.factories.accounts.AgencyFactory")
        )
        worked_on = factory.Trait(
            of_an_agency=True,
            officer=factory.SubFactory("tests.factories.accounts.UserFactory"),
            accepted_at=_now(),
            due_on=_in_days(10),
        )
        offered = factory.Trait(
            of_an_agency=True, state=NeedState.OFFERED, offer_lapses_on=_in_days(2)
        )
        accepted = factory.Trait(worked_on=True, state=NeedState.ACCEPTED)
        in_progress = factory.Trait(worked_on=True, state=NeedState.PROGRESS)
        waiting = factory.Trait(
            worked_on=True,
            state=NeedState.WAITING,
            resumes_as=NeedState.PROGRESS,
            due_on=None,
            paused_due_days=4,
        )
        answered = factory.Trait(
            worked_on=True,
            state=NeedState.ANSWERED,
            due_on=None,
            answered_at=_now(),
            answer="可以申請信用保證，請備妥財務報表。",
        )
        declined = factory.Trait(of_an_agency=True, state=NeedState.DECLINED)
        lapsed = factory.Trait(of_an_agency=True, state=NeedState.LAPSED)
        withdrawn = factory.Trait(state=NeedState.WITHDRAWN)

    case = factory.SubFactory(CaseFactory, in_progress=True)
    system = factory.SubFactory("tests.factories.catalogue.SystemFactory")
    returns_to = factory.SubFactory("tests.factories.accounts.UserFactory")
    summary = "協助取得購料周轉金"
    created_at = _now()


class OfferFactory(DjangoModelFactory):
    """An open offer of an offered need. Traits: accepted, declined, lapsed."""

    class Meta:
        model = models.Offer

    class Params:
        accepted = factory.Trait(state=OfferState.ACCEPTED, settled_at=_now())
        lapsed = factory.Trait(state=OfferState.LAPSED, settled_at=_now())
        declined = factory.Trait(
            state=OfferState.DECLINED,
            settled_at=_now(),
            decline_reason="not_ours",
            decline_text="不屬於本機關的業務。",
        )

    need = factory.SubFactory(NeedFactory, offered=True)
    agency = factory.SelfAttribute("need.agency")
    offered_by = factory.SubFactory("tests.factories.accounts.UserFactory")
    offered_at = _now()
    lapses_on = _in_days(2)


class CaseMessageFactory(DjangoModelFactory):
    """A message from the SME. Traits: from_agency, note, question."""

    class Meta:
        model = models.CaseMessage

    class Params:
        from_agency = factory.Trait(
            side=Side.AGENCY,
            author=factory.SubFactory("tests.factories.accounts.UserFactory"),
            agency=factory.SelfAttribute("case.lead_agency"),
        )
        note = factory.Trait(
            from_agency=True,
            kind=models.MessageKind.NOTE,
            body="內部備註：先看財務報表。",
        )
        question = factory.Trait(
            from_agency=True,
            kind=models.MessageKind.QUESTION,
            body="請提供最近一期的401報表。",
        )

    case = factory.SubFactory(CaseFactory)
    kind = models.MessageKind.MESSAGE
    side = Side.SME
    body = "請問還需要補什麼資料？"
    sent_at = _now()


class QuestionFactory(DjangoModelFactory):
    """An open question to the SME. Trait: answered."""

    class Meta:
        model = models.Question

    class Params:
        answered = factory.Trait(state=models.QuestionState.ANSWERED, settled_at=_now())

    case = factory.SubFactory(CaseFactory, waiting=True)
    message = factory.SubFactory(
        CaseMessageFactory, question=True, case=factory.SelfAttribute("..case")
    )
    asked_by = factory.SelfAttribute("message.author")
    asked_at = _now()
    due_on = _in_days(7)


class QuestionItemFactory(DjangoModelFactory):
    class Meta:
        model = models.QuestionItem

    question = factory.SubFactory(QuestionFactory)
    label = "最近一期營業人銷售額與稅額申報書（401）"


class AttachmentFactory(DjangoModelFactory):
    """A checked PDF in a case. Traits: pending, infected; of_draft."""

    class Meta:
        model = models.Attachment

    class Params:
        pending = factory.Trait(scan_state=models.ScanState.PENDING)
        infected = factory.Trait(scan_state=models.ScanState.INFECTED)
        of_draft = factory.Trait(
            case=None,
            draft=factory.SubFactory("tests.factories.assistance.DraftFactory"),
        )

    case = factory.SubFactory(CaseFactory)
    name = "財務報表.pdf"
    kind = "pdf"
    mime = "application/pdf"
    size = 1234
    sha256 = "0" * 64
    storage_name = factory.Sequence(lambda n: f"cases/{n}.pdf")
    uploaded_at = _now()


class DraftFactory(DjangoModelFactory):
    """A draft of somebody with an account. Traits: of_guest, expired."""

    class Meta:
        model = models.Draft

    class Params:
        of_guest = factory.Trait(
            owner=None, guest_token_hash=factory.Sequence(lambda n: f"{n:064x}")
        )
        expired = factory.Trait(
            expires_at=factory.LazyFunction(lambda: timezone.now() - dt.timedelta(days=1))
        )

    owner = factory.SubFactory("tests.factories.accounts.UserFactory")
    created_at = _now()
    updated_at = _now()
    expires_at = factory.LazyFunction(
        lambda: timezone.now() + dt.timedelta(days=models.DRAFT_DAYS)
    )


class ClockSpanFactory(DjangoModelFactory):
    """The agency's time, running."""

    class Meta:
        model = models.ClockSpan

    case = factory.SubFactory(CaseFactory)
    side = Side.AGENCY
    started_at = _now()


class AnswerFactory(DjangoModelFactory):
    """A draft of the one answer. Trait: sent."""

    class Meta:
        model = models.Answer

    class Params:
        sent = factory.Trait(sent_at=_now(), case=factory.SubFactory(CaseFactory, answered=True))

    case = factory.SubFactory(CaseFactory, in_progress=True)
    opening = "您好，以下是各機關的回覆。"
    composed_by = factory.SelfAttribute("case.lead_officer")
    agency = factory.SelfAttribute("case.lead_agency")
    saved_at = _now()


class RatingFactory(DjangoModelFactory):
    class Meta:
        model = models.Rating

    answer = factory.SubFactory(AnswerFactory, sent=True)
    score = 4
    rated_at = _now()


class ReplyTemplateFactory(DjangoModelFactory):
    class Meta:
        model = models.ReplyTemplate

    title_zh = factory.Sequence(lambda n: f"回覆範本{n}")
    title_en = factory.Sequence(lambda n: f"Reply template {n}")
    body_zh = "您好，感謝您的來信。"
    body_en = "Thank you for writing to us."


class SavedFilterFactory(DjangoModelFactory):
    class Meta:
        model = models.SavedFilter

    user = factory.SubFactory("tests.factories.accounts.UserFactory")
    name = factory.Sequence(lambda n: f"我的條件{n}")
    criteria = factory.LazyFunction(lambda: {"county": ["taichung"]})


class StatedEnterpriseFactory(DjangoModelFactory):
    """A caller's case in the name of an enterprise that has not answered yet."""

    class Meta:
        model = models.StatedEnterprise

    case = factory.SubFactory(CaseFactory)
    enterprise = factory.SubFactory("tests.factories.accounts.EnterpriseFactory")
    stated_at = _now()
