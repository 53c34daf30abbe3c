"""The whole story over HTTP: everyone through her own pages, nothing called directly."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.models import Need, Question
from assistance.states import CaseState, NeedState
from foundation.working_days import add_working_days
from tests.factories.accounts import (
    AgencyFactory,
    EnterpriseMembershipFactory,
    StaffMembershipFactory,
)
from tests.factories.assistance import CaseFactory, ClockSpanFactory, CoordinatorFactory
from tests.factories.catalogue import EditionFactory, SystemAgencyFactory, SystemFactory

pytestmark = pytest.mark.django_db

KEY = "6f3f2b3c-6d0e-4a61-9a5b-0d7a6e0f0001"


@pytest.fixture
def people():
    smesa, ida = CoordinatorFactory(), AgencyFactory(name_zh="產業發展署")
    member = EnterpriseMembershipFactory(role=Role.OWNER, state="active")
    return {
        "smesa": smesa,
        "ida": ida,
        "enterprise": member.enterprise,
        "owner": member.user,
        "duty": StaffMembershipFactory(agency=smesa, role=Role.DUTY).user,
        "lead": StaffMembershipFactory(agency=smesa, role=Role.LEAD).user,
        "officer_smesa": StaffMembershipFactory(agency=smesa, role=Role.OFFICER).user,
        "officer_ida": StaffMembershipFactory(agency=ida, role=Role.OFFICER).user,
    }


@pytest.fixture
def systems(people):
    money, air = SystemFactory(number=1), SystemFactory(number=8)
    EditionFactory(system=money, short_zh="財務融通")
    EditionFactory(system=air, short_zh="污染防治")
    SystemAgencyFactory(system=money, agency=people["smesa"])
    SystemAgencyFactory(system=air, agency=people["ida"])
    return money, air


@pytest.fixture
def case(people, systems):
    case = CaseFactory(
        lead_agency=people["smesa"], enterprise=people["enterprise"], applicant=people["owner"]
    )
    ClockSpanFactory(case=case)
    return case


@pytest.fixture
def as_(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def post(client, name, *args, **data):
    answer = client.post(reverse(name, args=args), data)
    assert answer.status_code == 303, (name, answer.status_code, answer.content.decode()[:3000])
    return answer


def test_the_story_from_the_desk_to_the_rating(as_, people, systems, case):
    _the_duty_officer_splits_it(as_, people, systems, case)
    _both_agencies_accept_and_one_asks_for_a_paper(as_, people, case)
    _she_sees_her_turn_uploads_and_answers(as_, people, case)
    _the_needs_are_answered_and_the_lead_sends_one_answer(as_, people, case)
    _she_reads_what_both_say_and_rates_it(as_, people, case)


def _the_duty_officer_splits_it(as_, people, systems, case):
    money, air = systems
    duty = as_(people["duty"])
    post(duty, "desk:claim", case.reference)
    for name in ("desk:case", "desk:split"):
        assert duty.get(reverse(name, args=[case.reference])).status_code == 200
    post(
        duty,
        "desk:split",
        case.reference,
        **{
            "idempotency_key": KEY,
            f"take-{money.pk}": "on",
            f"agency-{money.pk}": people["smesa"].pk,
            f"take-{air.pk}": "on",
            f"agency-{air.pk}": people["ida"].pk,
            "lead": f"{people['smesa'].pk}-{people['lead'].pk}",
        },
    )


def _both_agencies_accept_and_one_asks_for_a_paper(as_, people, case):
    of_money, of_air = Need.objects.order_by("system__number")
    post(as_(people["officer_smesa"]), "desk:need_accept", case.reference, of_money.pk)
    ida = as_(people["officer_ida"])
    post(ida, "desk:need_accept", case.reference, of_air.pk)
    post(
        ida,
        "desk:ask",
        case.reference,
        idempotency_key=KEY,
        about=of_air.pk,
        body="請提供排放許可。",
        others="固定污染源操作許可證",
        due_on=add_working_days(timezone.localdate(), 5).isoformat(),
    )
    case.refresh_from_db()
    assert case.state == CaseState.WAITING


def _she_sees_her_turn_uploads_and_answers(as_, people, case):
    ref = case.reference
    owner = as_(people["owner"])
    page = owner.get(reverse("cases:detail", args=[ref])).content.decode()
    assert "現在輪到您" in page
    assert "固定污染源操作許可證" in page
    question = Question.objects.get()
    paper = SimpleUploadedFile("permit.csv", "許可證,日期\nA,115".encode())
    post(owner, "cases:upload", ref, file=paper, item=question.items.get().pk)
    post(owner, "cases:answer", ref, question.pk, idempotency_key=KEY, body="已上傳。")
    case.refresh_from_db()
    assert case.state == CaseState.PROGRESS


def _the_needs_are_answered_and_the_lead_sends_one_answer(as_, people, case):
    ref = case.reference
    of_money, of_air = Need.objects.order_by("system__number")
    post(as_(people["officer_smesa"]), "desk:need_answer", ref, of_money.pk, text="可申請信保。")
    post(as_(people["officer_ida"]), "desk:need_answer", ref, of_air.pk, text="可申請補助。")
    lead = as_(people["lead"])
    preview = lead.post(
        reverse("desk:answer", args=[ref]),
        {"opening": "林小姐您好", "closing": "", "do": "preview"},
    )
    assert "可申請補助。" in preview.content.decode()
    post(lead, "desk:answer", ref, opening="林小姐您好", closing="", do="send")


def _she_reads_what_both_say_and_rates_it(as_, people, case):
    ref = case.reference
    owner = as_(people["owner"])
    page = owner.get(reverse("cases:detail", args=[ref])).content.decode()
    assert "可申請信保。" in page
    assert "可申請補助。" in page
    assert "產業發展署" in page
    post(owner, "cases:rate", ref, score="5", text="很清楚")
    assert owner.get(reverse("cases:readers", args=[ref])).status_code == 200
    assert owner.get(reverse("cases:print", args=[ref])).status_code == 200
    case.refresh_from_db()
    assert case.state == CaseState.ANSWERED


def test_an_agency_that_was_not_asked_does_not_find_the_case(as_, case):
    stranger = StaffMembershipFactory(agency=AgencyFactory(), role=Role.OFFICER).user

    for name in ("desk:case", "desk:audit", "desk:split", "desk:answer", "cases:detail"):
        answer = as_(stranger).get(reverse(name, args=[case.reference]))
        assert answer.status_code == 404, name


def test_an_agency_that_declined_no_longer_finds_the_case(as_, people, systems, case):
    _money, air = systems
    duty = as_(people["duty"])
    post(
        duty,
        "desk:split",
        case.reference,
        **{
            "idempotency_key": KEY,
            f"take-{air.pk}": "on",
            f"agency-{air.pk}": people["ida"].pk,
        },
    )
    need = Need.objects.get()
    ida = as_(people["officer_ida"])
    assert ida.get(reverse("desk:case", args=[case.reference])).status_code == 200

    answer = ida.post(
        reverse("desk:need_decline", args=[case.reference, need.pk]), {"reason": "other"}
    )
    assert answer.status_code == 422
    gone = post(ida, "desk:need_decline", case.reference, need.pk, reason="no_capacity", text="")

    assert gone.url == reverse("desk:queue")
    assert ida.get(reverse("desk:case", args=[case.reference])).status_code == 404
    need.refresh_from_db()
    assert need.state == NeedState.DECLINED


def test_a_question_needs_a_working_day_after_today(as_, people, systems, case):
    duty = as_(people["duty"])
    post(duty, "desk:claim", case.reference)

    answer = duty.post(
        reverse("desk:ask", args=[case.reference]),
        {
            "idempotency_key": KEY,
            "about": "case",
            "body": "請補件，這段話要留著",
            "due_on": (timezone.localdate() - dt.timedelta(days=1)).isoformat(),
        },
    )

    assert answer.status_code == 422
    assert "這段話要留著" in answer.content.decode()


def test_the_auditor_reads_and_changes_nothing(as_, people, case):
    auditor = as_(StaffMembershipFactory(agency=people["smesa"], role=Role.AUDITOR).user)

    assert auditor.get(reverse("desk:case", args=[case.reference])).status_code == 200
    for name in ("desk:claim", "desk:split", "desk:note", "desk:message", "desk:decline"):
        answer = auditor.post(reverse(name, args=[case.reference]), {"body": "x"})
        assert answer.status_code == 403, name


def test_only_agencies_whose_staff_can_take_a_need_are_offered_one(as_, people, systems, case):
    only_a_manager = StaffMembershipFactory(
        agency=AgencyFactory(name_zh="只有主管署"), role=Role.MANAGER
    )
    duty = as_(people["duty"])

    page = duty.get(reverse("desk:split", args=[case.reference])).content.decode()

    assert "產業發展署" in page
    assert only_a_manager.agency.name_zh not in page
