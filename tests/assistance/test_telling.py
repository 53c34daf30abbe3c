"""Every event reads as a sentence, and is told or silent for a stated reason."""

import datetime as dt

import pytest
from django.utils import timezone, translation

from accounts.roles import Role
from assistance.events import (
    CaseEvent,
    CatalogueEvent,
    DeskEvent,
    MandateEvent,
    NeedEvent,
    ReferralEvent,
    RoutingEvent,
    TemplateEvent,
)
from assistance.models import CaseMessage
from assistance.services import ladder, messages, needs, resolution, triage
from assistance.services.triage import NeedPlan
from foundation.working_days import add_working_days
from ledger.models import Entry
from ledger.relay import relay_due
from ledger.timeline import registered_events, text_of, timeline_for
from notifications.models import Message
from notifications.registry import registered, silences
from tests.factories.accounts import (
    AbsenceFactory,
    AgencyFactory,
    EnterpriseMembershipFactory,
    StaffMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import CaseFactory, CoordinatorFactory, NeedFactory
from tests.factories.catalogue import SystemFactory

EVENTS = [
    *CaseEvent,
    *NeedEvent,
    *ReferralEvent,
    *MandateEvent,
    *CatalogueEvent,
    *DeskEvent,
    *RoutingEvent,
    *TemplateEvent,
]
CANARY = "KANARIENVOGEL-7731"


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_has_a_sentence(event):
    assert str(event) in registered_events()


@pytest.mark.parametrize("event", EVENTS)
def test_every_event_is_told_or_silent_on_purpose(event):
    told = {kind.event for kind in registered()}
    assert str(event) in told | set(silences())


@pytest.fixture
def smesa():
    return CoordinatorFactory()


@pytest.fixture
def officer(smesa):
    return StaffMembershipFactory(agency=smesa, role=Role.LEAD).user


@pytest.fixture
def owner():
    return EnterpriseMembershipFactory(role=Role.OWNER, state="active").user


@pytest.fixture
def case(smesa, officer, owner):
    enterprise = owner.enterprise_memberships.get().enterprise
    return CaseFactory(
        in_progress=True,
        lead_agency=smesa,
        lead_officer=officer,
        enterprise=enterprise,
        applicant=owner,
    )


def told(kind=None):
    relay_due(limit=100)
    found = Message.objects.filter(channel="portal")
    found = found.filter(kind=kind) if kind else found
    return set(found.values_list("user_id", flat=True))


@pytest.mark.django_db
def test_what_an_agency_asks_is_told_to_everyone_in_the_enterprise(case, officer, owner):
    colleague = EnterpriseMembershipFactory(
        role=Role.MEMBER, state="active", enterprise=case.enterprise
    ).user

    messages.ask_enterprise(
        case_id=case.pk,
        need_id=None,
        by_id=officer.pk,
        agency_id=case.lead_agency_id,
        body="請補 401 表 <b>&</b>",
        items=[],
        due_on=add_working_days(timezone.localdate(), 5),
    )

    assert told("assistance.question_asked") == {owner.pk, colleague.pk}
    mail = Message.objects.filter(channel="email", user=owner).get()
    assert case.reference in mail.subject
    assert "請補 401 表 <b>&</b>" in mail.text
    assert "<b>&</b>" not in mail.html


@pytest.mark.django_db
def test_nobody_hears_of_her_own_act(case, officer, owner):
    messages.send_from_sme(case_id=case.pk, author_id=owner.pk, body="請問進度")
    triage.assign(case_id=case.pk, to_id=officer.pk, by_id=officer.pk)

    assert told("assistance.message_from_sme") == {officer.pk}
    assert told("assistance.assigned") == set()


@pytest.mark.django_db
def test_a_deputy_hears_what_the_absent_officer_would(case, officer, owner, smesa):
    deputy = StaffMembershipFactory(agency=smesa, role=Role.OFFICER).user
    today = timezone.localdate()
    AbsenceFactory(user=officer, deputy=deputy, starts_on=today, ends_on=today)

    messages.send_from_sme(case_id=case.pk, author_id=owner.pk, body="請問進度")

    assert told("assistance.message_from_sme") == {officer.pk, deputy.pk}


@pytest.mark.django_db
def test_an_internal_note_never_leaves_the_house(case, officer, owner):
    messages.note(
        case_id=case.pk,
        need_id=None,
        by_id=officer.pk,
        agency_id=case.lead_agency_id,
        body=CANARY,
    )
    triage.assign(case_id=case.pk, to_id=officer.pk, by_id=officer.pk, note=CANARY)

    relay_due(limit=100)

    assert CaseMessage.objects.filter(body=CANARY).count() == 2
    assert not Message.objects.filter(text__contains=CANARY).exists()
    assert CANARY not in "".join(line.text for line in timeline_for(case, "public"))


@pytest.mark.django_db
def test_a_declined_need_comes_back_to_the_one_who_offered_it(case, officer, smesa):
    duty = StaffMembershipFactory(agency=smesa, role=Role.DUTY).user
    asked = AgencyFactory()
    worker = StaffMembershipFactory(agency=asked, role=Role.OFFICER).user
    (need,) = triage.split(
        case_id=case.pk, by_id=duty.pk, plans=[NeedPlan(SystemFactory().pk, asked.pk)]
    )

    assert told("assistance.need_offered") == {worker.pk}
    needs.decline(need_id=need.pk, by_id=worker.pk, reason="not_ours", text="")

    assert told("assistance.need_declined") == {duty.pk, officer.pk}


@pytest.mark.django_db
def test_a_guest_gets_the_answer_by_mail_in_her_language(smesa, officer):
    case = CaseFactory(
        in_progress=True,
        lead_agency=smesa,
        lead_officer=officer,
        contact_email="guest@example.test",
        language="en",
    )
    NeedFactory(answered=True, case=case)

    resolution.send_answer(case_id=case.pk, by_id=officer.pk, opening="Dear", closing="")
    relay_due(limit=100)

    mail = Message.objects.get(email="guest@example.test")
    assert "The answer to your case is ready" in mail.subject
    assert mail.path.endswith(f"/track/?number={case.reference}")
    assert "You asked for help at this portal." in mail.text


@pytest.mark.django_db
def test_the_ladder_is_climbed_once_and_in_order(case, officer, smesa):
    lead = officer
    manager = StaffMembershipFactory(agency=smesa, role=Role.MANAGER).user
    due_on = case.due_on

    assert ladder.climb_due(due_on) == 0
    assert ladder.climb_due(add_working_days(due_on, 1)) == 1
    assert ladder.climb_due(add_working_days(due_on, 1)) == 0
    assert ladder.climb_due(add_working_days(due_on, 5)) == 2

    steps = case.escalations.values_list("step", "told_id")
    assert list(steps) == [("officer", officer.pk), ("lead", lead.pk), ("manager", manager.pk)]
    assert told("assistance.overdue") == {officer.pk, manager.pk}


@pytest.mark.django_db
def test_an_unassigned_overdue_case_is_told_to_the_duty_officers(smesa):
    duty = StaffMembershipFactory(agency=smesa, role=Role.DUTY).user
    case = CaseFactory(lead_agency=smesa, due_on=timezone.localdate() - dt.timedelta(days=10))

    ladder.climb_due(timezone.localdate())

    assert duty.pk in told("assistance.overdue")
    assert case.escalations.filter(step="officer", told=None).exists()


@pytest.mark.django_db
def test_an_sme_is_reminded_once_before_the_date(case, officer, owner):
    question = messages.ask_enterprise(
        case_id=case.pk,
        need_id=None,
        by_id=officer.pk,
        agency_id=case.lead_agency_id,
        body="請補件",
        items=[],
        due_on=add_working_days(timezone.localdate(), 5),
    )

    assert ladder.remind_due(timezone.localdate()) == 0
    assert ladder.remind_due(question.due_on) == 1
    assert ladder.remind_due(question.due_on) == 0
    assert told("assistance.question_reminded") == {owner.pk}


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_sentences_of_a_real_case_read_well_in_both_languages(case, officer, language):
    asked = AgencyFactory()
    (need,) = triage.split(
        case_id=case.pk, by_id=officer.pk, plans=[NeedPlan(SystemFactory().pk, asked.pk)]
    )
    needs.accept(need_id=need.pk, officer_id=UserFactory().pk)

    with translation.override(language):
        sentences = [
            text_of(entry, audience)
            for entry in Entry.objects.about(case)
            for audience in ("public", "staff")
        ]

    assert all(sentences)
    assert not any("%(" in sentence for sentence in sentences)


@pytest.mark.django_db
def test_an_overdue_need_is_told_to_its_own_officer_and_agency(case):
    asked = AgencyFactory()
    worker = StaffMembershipFactory(agency=asked, role=Role.OFFICER).user
    chief = StaffMembershipFactory(agency=asked, role=Role.MANAGER).user
    due_on = add_working_days(timezone.localdate(), 1)
    need = NeedFactory(in_progress=True, case=case, agency=asked, officer=worker, due_on=due_on)
    case.due_on = None
    case.save()

    assert ladder.climb_due(due_on) == 0
    assert ladder.climb_due(add_working_days(due_on, 5)) == 3
    assert ladder.climb_due(add_working_days(due_on, 9)) == 0

    assert set(need.escalations.values_list("told_id", flat=True)) == {worker.pk, None, chief.pk}
    assert {worker.pk, chief.pk} <= told("assistance.overdue")


@pytest.mark.django_db
def test_who_asked_hears_that_the_sme_let_the_date_pass(case, officer):
    question = messages.ask_enterprise(
        case_id=case.pk,
        need_id=None,
        by_id=officer.pk,
        agency_id=case.lead_agency_id,
        body="請補件",
        items=[],
        due_on=add_working_days(timezone.localdate(), 5),
    )

    assert ladder.climb_due(question.due_on) == 0
    assert ladder.climb_due(add_working_days(question.due_on, 1)) == 1
    assert ladder.climb_due(add_working_days(question.due_on, 8)) == 0

    assert told("assistance.overdue") == {officer.pk}
    case.refresh_from_db()
    assert case.due_on is None
