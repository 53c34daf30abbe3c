"""Referring on the desk, agreeing on the case's page, and the list of what nobody took."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assistance.models import Referral
from assistance.states import ReferralState
from tests.assistance.desk import elsewhere, officer, signed_in
from tests.factories.accounts import EnterpriseFactory, UserFactory
from tests.factories.assistance import CaseFactory, CoordinatorFactory, NeedFactory
from tests.factories.catalogue import EditionFactory, SystemFactory
from tests.factories.referrals import ReferralFactory, can_help

pytestmark = pytest.mark.django_db


@pytest.fixture
def system():
    made = SystemFactory(code="financing", number=1)
    EditionFactory(system=made, short_zh="財務融通", short_en="Financing")
    return made


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def case(owner):
    return CaseFactory(
        in_progress=True,
        lead_agency=CoordinatorFactory(),
        lead_officer=officer("lead"),
        enterprise=EnterpriseFactory(owner=owner),
        contact_phone="0900-000-001",
    )


def _refer(case) -> str:
    return reverse("desk:refer", args=[case.reference]) + "?about=financing"


def _filled(client, case, **said) -> dict:
    page = client.get(_refer(case)).content.decode()
    key = re.search(r'name="idempotency_key" value="([^"]+)"', page)[1]
    return {
        "idempotency_key": key,
        "asked": "請看財務報表。",
        "shown": ["contact_phone"],
        "consent": "ask",
        **said,
    }


def test_without_a_topic_the_officer_chooses_one(case, system):
    need = NeedFactory(case=case, system=system, in_progress=True)
    client = signed_in(case.lead_officer)

    page = client.get(reverse("desk:refer", args=[case.reference])).content.decode()

    assert f"?about=need-{need.pk}" in page


def test_the_page_ranks_with_reasons_and_says_why_others_are_out(case, system):
    fits, full = can_help(), can_help(places=0)

    page = signed_in(case.lead_officer).get(_refer(case)).content.decode()

    assert fits.name_zh in page
    assert "服務臺中市。" in page
    assert full.name_zh in page
    assert "本月已額滿。" in page


def test_a_referral_is_made_once_however_often_it_is_sent(case, system):
    organisation, client = can_help(), signed_in(case.lead_officer)
    form = _filled(client, case, receiver=f"organisation-{organisation.pk}")

    for _ in range(2):
        assert client.post(_refer(case), form).status_code == 303

    assert Referral.objects.get().state == ReferralState.ASKING


def test_the_last_place_lost_meanwhile_is_said_and_what_was_typed_stays(case, system):
    organisation, client = can_help(places=1), signed_in(case.lead_officer)
    form = _filled(client, case, receiver=f"organisation-{organisation.pk}")
    ReferralFactory(organisation=organisation)

    answer = client.post(_refer(case), form)

    assert answer.status_code == 422
    assert "請看財務報表。" in answer.content.decode() or "目前沒有合適" in answer.content.decode()
    assert Referral.objects.count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"receiver": "organisation-999999"},
        {"receiver": "volunteer-abc"},
        {"receiver": ""},
        {"asked": ""},
        {"asked": "x" * 1001},
        {"asked": "a\x00b"},
        {"shown": []},
        {"shown": ["contact_name"]},
        {"shown": ["contact_phone", "password"]},
        {"consent": "phone"},
        {"consent": "phone", "consent_on": "3026-01-01"},
        {"consent": "phone", "consent_on": "115/13/40"},
        {"wanted_by": "2020-01-01"},
        {"wanted_by": "soon"},
    ],
    ids=str,
)
def test_a_wrong_form_is_shown_again_beside_the_field(case, system, wrong):
    organisation, client = can_help(), signed_in(case.lead_officer)
    form = _filled(client, case, receiver=f"organisation-{organisation.pk}") | wrong

    assert client.post(_refer(case), form).status_code == 422
    assert not Referral.objects.exists()


@pytest.mark.parametrize(
    "about", ["never-was", "need-0", "need-99999999999999999999", "need-x", "need-²"]
)
def test_a_topic_that_is_not_there_is_a_404(case, system, about):
    url = reverse("desk:refer", args=[case.reference])

    assert signed_in(case.lead_officer).get(url, {"about": about}).status_code == 404


def test_another_agencys_officer_refers_her_own_need_and_not_the_case(case, system):
    other = elsewhere()
    agency = other.staff_memberships.get().agency
    need = NeedFactory(case=case, system=system, in_progress=True, agency=agency, officer=other)
    client, url = signed_in(other), reverse("desk:refer", args=[case.reference])

    assert client.get(url, {"about": f"need-{need.pk}"}).status_code == 200
    assert client.get(url, {"about": "financing"}).status_code == 403


def test_another_agency_reads_a_referral_as_a_fact_without_content(case, system):
    other = elsewhere()
    agency = other.staff_memberships.get().agency
    NeedFactory(case=case, system=SystemFactory(), in_progress=True, agency=agency, officer=other)
    made = ReferralFactory(case=case, system=system, asked="機密的請求")

    page = signed_in(other).get(reverse("desk:case", args=[case.reference])).content.decode()

    assert made.organisation.name_zh in page
    assert "機密的請求" not in page


def test_the_case_page_costs_the_same_however_many_referrals(case, system):
    client, url = signed_in(case.lead_officer), reverse("desk:case", args=[case.reference])
    ReferralFactory.create_batch(2, case=case, system=system, declined=True)
    client.get(url)
    few = _queries(client, url)
    ReferralFactory.create_batch(12, case=case, system=system, declined=True)

    assert _queries(client, url) == few


def _queries(client, url) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_another_agencys_work_for_the_enterprise_is_a_fact_without_content(system):
    other = elsewhere()
    agency, firm = other.staff_memberships.get().agency, EnterpriseFactory(owner=UserFactory())
    mine = CaseFactory(in_progress=True, enterprise=firm, lead_agency=agency, lead_officer=other)
    theirs = CaseFactory(in_progress=True, enterprise=firm, subject="機密的案件")
    NeedFactory(case=theirs, system=system, in_progress=True, summary="機密的需求")
    NeedFactory(case=mine, system=SystemFactory(), in_progress=True, agency=agency)

    url = reverse("desk:enterprise", args=[mine.reference])
    page = signed_in(other).get(url).content.decode()

    assert "第 1 體系（財務融通）自" in page
    assert "機密" not in page
    assert theirs.reference not in page
    assert "第 1 體系" not in signed_in(officer("duty")).get(url).content.decode()


# The SME


def test_she_reads_who_would_help_and_ticks_what_they_may_see(case, system, owner):
    made = ReferralFactory(
        case=case,
        system=system,
        asking=True,
        fields_asked=["contact_name", "contact_phone"],
    )
    client = signed_in(owner)
    detail = client.get(reverse("cases:detail", args=[case.reference])).content.decode()
    url = reverse("cases:referral", args=[case.reference, made.pk])
    assert url in detail

    page = client.get(url).content.decode()
    assert made.organisation.name_zh in page
    assert made.asked in page
    assert client.post(url, {"shown": ["contact_phone"]}).status_code == 303

    made.refresh_from_db()
    assert (made.state, made.fields_given) == ("sent", ["contact_phone"])


@pytest.mark.parametrize(
    "shown", [[], ["contact_name"], ["contact_phone", "description"], ["nonsense"]]
)
def test_she_cannot_agree_to_what_reaches_nobody_or_was_not_asked(case, system, owner, shown):
    made = ReferralFactory(
        case=case, system=system, asking=True, fields_asked=["contact_name", "contact_phone"]
    )
    url = reverse("cases:referral", args=[case.reference, made.pk])

    assert signed_in(owner).post(url, {"shown": shown}).status_code == 422
    made.refresh_from_db()
    assert made.state == ReferralState.ASKING


def test_she_says_no_and_she_ends_it(case, system, owner):
    client = signed_in(owner)
    asked = ReferralFactory(case=case, system=system, asking=True)
    client.post(reverse("cases:referral_refuse", args=[case.reference, asked.pk]))
    taken = ReferralFactory(case=case, system=system, accepted=True)
    client.post(reverse("cases:referral_stop", args=[case.reference, taken.pk]))

    states = {one.pk: one.state for one in Referral.objects.all()}
    assert states == {asked.pk: "refused", taken.pk: "recalled"}


def test_what_she_answers_twice_is_refused_with_a_reason(case, system, owner):
    made = ReferralFactory(case=case, system=system, declined=True)
    url = reverse("cases:referral", args=[case.reference, made.pk])

    answer = signed_in(owner).post(url, {"shown": ["contact_phone"]})

    assert answer.status_code == 409


def test_a_referral_of_another_case_is_not_there(case, system, owner):
    other = ReferralFactory()
    url = reverse("cases:referral", args=[case.reference, other.pk])

    assert signed_in(owner).get(url).status_code == 404


# What nobody took


def test_what_nobody_took_stands_in_a_view_of_the_duty_officers(case, system):
    made = ReferralFactory(case=case, system=system, declined=True, attempt=3, awaits_duty=True)
    duty = signed_in(officer("duty"))
    queue = reverse("desk:queue") + "?view=nobody"

    assert case.reference in duty.get(queue).content.decode()
    url = reverse("desk:referral_take_up", args=[case.reference, made.pk])
    assert duty.post(url).status_code == 303
    assert case.reference not in duty.get(queue).content.decode()


def test_others_do_not_take_it_up(case, system):
    made = ReferralFactory(case=case, system=system, declined=True, attempt=3, awaits_duty=True)
    url = reverse("desk:referral_take_up", args=[case.reference, made.pk])

    assert signed_in(case.lead_officer).post(url).status_code == 403
    assert timezone.now() > made.settled_at
