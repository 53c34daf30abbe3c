"""One small world for tests of who may do what: two enterprises, three agencies, every role.

Everything that enterprise A wrote or was told carries a canary: a word that stands nowhere else.
`MAY_READ` says whose pages may hold which of them.
"""

from dataclasses import dataclass, field
from typing import Any

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import Agency, Enterprise, User
from accounts.roles import Role
from assistance.events import CaseEvent
from assistance.models import (
    Attachment,
    Case,
    CaseMessage,
    Draft,
    MessageKind,
    Need,
    Question,
    StatedEnterprise,
)
from assistance.states import Side
from foundation.papers import keep_paper
from foundation.text import to_tsvector_text
from ledger.recording import record
from tests.factories.accounts import (
    AbsenceFactory,
    AgencyFactory,
    BranchFactory,
    EnterpriseFactory,
    EnterpriseInvitationFactory,
    EnterpriseMembershipFactory,
    StaffMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import (
    AttachmentFactory,
    CaseFactory,
    CaseMessageFactory,
    ClockSpanFactory,
    CoordinatorFactory,
    DraftFactory,
    NeedFactory,
    QuestionFactory,
    QuestionItemFactory,
    ReplyTemplateFactory,
    SavedFilterFactory,
    StatedEnterpriseFactory,
)
from tests.factories.catalogue import EditionFactory, SystemAgencyFactory, SystemFactory
from tests.factories.notifications import MessageFactory, SuppressedAddressFactory
from tests.journeys import world_news, world_qa, world_search
from tests.journeys.world_mandates import mandates
from tests.journeys.world_network import directory
from tests.journeys.world_referrals import refer
from tests.journeys.world_volunteers import volunteers

ROLES = (
    "anonymous",
    "owner.a",
    "member.a",
    "owner.b",
    "pending",
    "duty",
    "officer.smesa",
    "officer.ida",
    "officer.ita",
    "lead",
    "manager",
    "administrator",
    "auditor",
    "editor",
    "approver",
    "partner",
    "volunteer",
)
STAFF = (
    ("duty", "smesa", Role.DUTY),
    ("officer.smesa", "smesa", Role.OFFICER),
    ("officer.ida", "ida", Role.OFFICER),
    ("officer.ita", "ita", Role.OFFICER),
    ("lead", "smesa", Role.LEAD),
    ("manager", "smesa", Role.MANAGER),
    ("administrator", "smesa", Role.ADMINISTRATOR),
    ("auditor", "smesa", Role.AUDITOR),
    ("editor", "smesa", Role.EDITOR),
    ("approver", "smesa", Role.APPROVER),
)
_SIDE_A = {"owner.a", "member.a"}
_SMESA = {"duty", "officer.smesa", "lead", "manager", "auditor"}

# A canary is the first words of what only these roles may read.
MAY_READ: dict[str, set[str]] = {
    "qzcase": _SIDE_A | _SMESA | {"officer.ida"},
    "qzpaper": _SIDE_A | _SMESA | {"officer.ida"},
    "qznote": _SMESA,
    "qzsmesaneed": _SIDE_A | _SMESA,
    "qzsmesanote": _SMESA,
    "qzidaneed": _SIDE_A | _SMESA | {"officer.ida"},
    "qzidanote": _SMESA | {"officer.ida"},
    "qzcall": _SMESA,
    "qzasked": _SIDE_A | _SMESA | {"partner"},
    "qzdraft": {"owner.a"},
    "qzinbox": {"owner.a"},
    "qzmail": set(),
    "qzfirm": _SIDE_A,
    "qzinvite": {"owner.a"},
    "qzfiled": _SIDE_A | _SMESA | {"volunteer"},
    "qzwaiting": _SIDE_A,
    "qzfilter": {"duty"},
    "qznews": {"lead", "administrator", "auditor", "editor", "approver"},
    "qzwording": {"lead", "administrator", "auditor", "editor", "approver"},
    "qzvolunteer": {"volunteer", "manager", "administrator"},
    "qzapplicant": {"manager", "administrator"},
}

# Whoever follows the case of A by its number and code.
GUEST_MAY_READ = {"qzcase", "qzpaper", "qzsmesaneed", "qzidaneed", "qzasked"}


@dataclass
class World:
    """The people by role, and what a test points at."""

    people: dict[str, User]
    smesa: Agency
    ida: Agency
    ita: Agency
    a: Enterprise
    case: Case
    waiting: Case
    needs: dict[str, Need]
    question: Question
    paper: Attachment
    draft: Draft
    draft_paper: Attachment
    ids: dict[str, Any] = field(default_factory=dict)


def make_world() -> World:
    people: dict[str, User] = {}
    smesa = CoordinatorFactory()
    ida = AgencyFactory(code="ida", name_zh="產業發展署")
    ita = AgencyFactory(code="ita", name_zh="國際貿易署")
    a, b = EnterpriseFactory(address="qzfirm 中港路一號"), EnterpriseFactory()
    for name, firm, role in (
        ("owner.a", a, Role.OWNER),
        ("member.a", a, Role.MEMBER),
        ("owner.b", b, Role.OWNER),
    ):
        people[name] = EnterpriseMembershipFactory(enterprise=firm, role=role).user
    claim = EnterpriseMembershipFactory(enterprise=a, pending=True)
    people["pending"] = claim.user
    agencies = {"smesa": smesa, "ida": ida, "ita": ita}
    for name, agency, role in STAFF:
        people[name] = StaffMembershipFactory(agency=agencies[agency], role=role).user
    for name in ("partner", "volunteer"):
        people[name] = UserFactory()
    systems = {}
    for number, agency in ((1, smesa), (2, ida), (8, ita)):
        systems[number] = SystemFactory(number=number)
        EditionFactory(system=systems[number], short_zh=f"體系{number}")
        SystemAgencyFactory(system=systems[number], agency=agency)
    common = {
        "people": people,
        "systems": systems,
        "agencies": {"smesa": smesa, "ida": ida},
        "enterprise": a,
    }
    case, needs = _case(common, in_progress=True, lead_officer=people["lead"])
    waiting, waiting_needs = _case(common, waiting=True, lead_officer=people["lead"])
    question = _questions(waiting, waiting_needs, people)
    paper = _paper(case=case, name="qzpaper 財報.pdf", uploaded_by=people["owner.a"])
    draft = DraftFactory(
        owner=people["owner.a"], answers={"problem": {"description": "qzdraft 尚未送出"}}
    )
    world = World(
        people=people,
        smesa=smesa,
        ida=ida,
        ita=ita,
        a=a,
        case=case,
        waiting=waiting,
        needs=needs,
        question=question,
        paper=paper,
        draft=draft,
        draft_paper=_paper(case=None, draft=draft, name="qzdraft.pdf"),
    )
    world.ids = _more(world, claim, systems) | world_search.things()
    world.ids |= world_news.things(smesa, people["editor"])
    world.ids |= world_qa.things(smesa, people)
    _record_words()
    return world


_EVENTS = {
    MessageKind.NOTE: CaseEvent.NOTE_ADDED,
    MessageKind.QUESTION: CaseEvent.QUESTION_ASKED,
    MessageKind.REPLY: CaseEvent.QUESTION_ANSWERED,
}


@transaction.atomic
def _record_words() -> None:
    """The entries beside what was said: the pages of a case draw words from its timeline."""
    for said in CaseMessage.objects.select_related("case").order_by("pk"):
        is_sme = said.side == Side.SME
        message = CaseEvent.MESSAGE_FROM_SME if is_sme else CaseEvent.MESSAGE_FROM_AGENCY
        facts = {"message": said.pk, "need": said.need_id, "agency": said.agency_id}
        facts |= {"due_on": "2026-08-07", "items": 1}
        event = _EVENTS.get(MessageKind(said.kind), message)
        record(event, subject=said.case, actor_id=said.author_id, facts=facts)


def _case(common: dict[str, Any], **traits: Any) -> tuple[Case, dict[str, Need]]:
    people = common["people"]
    said = "qzcase 購料周轉金"
    case = CaseFactory(
        **traits,
        enterprise=common["enterprise"],
        enterprise_name="qzcase 企業",
        business_number=common["enterprise"].business_number,
        applicant=people["owner.a"],
        main_system=common["systems"][1],
        subject=said,
        description=said,
        hoped_for=said,
        contact_name="qzcase 林",
        contact_email="qzcase@tests.example",
        contact_phone="0900-000-000 qzcase",
        search=to_tsvector_text(said, "qzcase"),
    )
    ClockSpanFactory(case=case, side="sme" if case.state == "waiting" else "agency")
    needs = {}
    for number, agency in ((1, "smesa"), (2, "ida")):
        needs[agency] = NeedFactory(
            case=case,
            system=common["systems"][number],
            in_progress=case.state != "waiting",
            waiting=case.state == "waiting",
            agency=common["agencies"][agency],
            officer=people[f"officer.{agency}"],
            returns_to=people["duty"],
            summary=f"qz{agency}need 摘要",
        )
        for kind, words in (("note", "note"), ("from_agency", "need")):
            CaseMessageFactory(
                case=case,
                need=needs[agency],
                **{kind: True},
                author=people[f"officer.{agency}"],
                agency=common["agencies"][agency],
                body=f"qz{agency}{words} 內容",
            )
    CaseMessageFactory(case=case, author=people["owner.a"], body="qzcase 訊息")
    CaseMessageFactory(case=case, note=True, author=people["lead"], body="qznote 內部")
    return case, needs


def _questions(case: Case, needs: dict[str, Need], people: dict[str, User]) -> Question:
    asked = {}
    for agency, need in needs.items():
        asked[agency] = QuestionFactory(
            case=case,
            need=need,
            message__need=need,
            message__body=f"qz{agency}need 問題",
            message__author=people[f"officer.{agency}"],
            message__agency=need.agency,
        )
        item = QuestionItemFactory(question=asked[agency], label=f"qz{agency}need 文件")
        _paper(case=case, question_item=item, name=f"qz{agency}need 檔案.pdf")
    return asked["smesa"]


def _paper(**fields: Any) -> Attachment:
    content = ContentFile(b"%PDF-1.4 qzpaper content")
    return AttachmentFactory(storage_name=keep_paper(content), size=len(content), **fields)


def _more(world: World, claim: Any, systems: dict[int, Any]) -> dict[str, Any]:
    people, a = world.people, world.a
    officer_of_lead = {"user": people["lead"], "deputy": people["officer.smesa"]}
    member = a.memberships.get(user=people["member.a"])
    return {
        "claim": claim,
        "member": member,
        "branch": BranchFactory(enterprise=a, name="qzfirm 二廠"),
        "invitation": EnterpriseInvitationFactory(
            enterprise=a, email="qzinvite@tests.example", invited_by=people["owner.a"]
        ),
        "template": ReplyTemplateFactory(),
        "filter": SavedFilterFactory(user=people["duty"], name="qzfilter"),
        "absence": AbsenceFactory(**officer_of_lead),
        "inbox": MessageFactory(
            in_portal=True, user=people["owner.a"], subject="qzinbox", text="qzinbox"
        ),
        "mail": MessageFactory(
            failed=True, user=people["owner.a"], subject="qzmail", text="qzmail", html="qzmail"
        ),
        "held": SuppressedAddressFactory(),
        "post": people["officer.ita"].staff_memberships.get(),
        "system": systems[1],
        "edition": systems[1].editions.get(),
        "call": _call(world, systems),
        **directory(world.people),
        **volunteers(world.people),
        **mandates(world.people, world.a, systems[1]),
        "referral": refer(world.case, people, systems[8]),
    }


def _call(world: World, systems: dict[int, Any]) -> StatedEnterprise:
    """A stranger's case in the name of enterprise A, which has not said whether it is theirs."""
    said = "qzcall 展店貸款"
    case = CaseFactory(
        source="phone",
        opened_by=world.people["duty"],
        enterprise_name="qzcall 企業",
        business_number=world.a.business_number,
        main_system=systems[1],
        subject=said,
        description=said,
        contact_name="qzcall 陳",
        contact_email="qzcall@tests.example",
        search=to_tsvector_text(said),
    )
    ClockSpanFactory(case=case)
    return StatedEnterpriseFactory(case=case, enterprise=world.a)
