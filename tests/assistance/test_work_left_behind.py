"""Cases of an officer no longer in post: listed, told of, and given to somebody who is."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from accounts.services import staff
from assistance.events import CaseEvent, NeedEvent
from assistance.models import CaseMessage
from assistance.search import LEFT_BEHIND, Criteria, queue, tally, views_for
from assistance.services import handing_over
from assistance.services.handing_over import NothingLeftBehindError, TakerNotInTheAgencyError
from assistance.states import CaseState
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance.desk import elsewhere, officer, signed_in
from tests.factories.accounts import AgencyFactory, StaffMembershipFactory, UserFactory
from tests.factories.assistance import CaseFactory, CoordinatorFactory, NeedFactory

pytestmark = pytest.mark.django_db

LEFT = Criteria(view=LEFT_BEHIND)


@pytest.fixture
def smesa():
    return CoordinatorFactory()


@pytest.fixture
def manager(smesa):
    return officer(Role.MANAGER)


def leave(person):
    person.staff_memberships.update(ended_at=timezone.now(), ended_by=UserFactory())


@pytest.fixture
def left(smesa):
    """An officer who held one case and has left since."""
    person = officer(Role.LEAD, name="陳怡君")
    CaseFactory(in_progress=True, lead_officer=person)
    leave(person)
    return person


def sent(cases, taker, **more):
    return {
        "case": [case.reference for case in cases],
        "officer": taker.pk,
        "idempotency_key": str(uuid.uuid4()),
        **more,
    }


def test_the_list_holds_open_cases_of_those_no_longer_in_post_and_no_others(left, manager):
    stays = officer(Role.LEAD)
    off = officer(Role.LEAD, is_active=False)
    CaseFactory(in_progress=True, lead_officer=stays)
    CaseFactory(closed=True, lead_officer=left)
    CaseFactory()
    CaseFactory(triaged=True, lead_officer=off)

    listed = {case.lead_officer for case in queue(manager, LEFT)}

    assert listed == {left, off}


def test_an_auditors_or_administrators_post_does_not_count_as_taking_cases(left, smesa, manager):
    StaffMembershipFactory(user=left, agency=smesa, role=Role.ADMINISTRATOR)

    assert [case.lead_officer for case in queue(manager, LEFT)] == [left]


def test_a_post_in_another_agency_does_not_count_here(left, manager):
    StaffMembershipFactory(user=left, agency=AgencyFactory(), role=Role.OFFICER)

    assert [case.lead_officer for case in queue(manager, LEFT)] == [left]


def test_needs_of_leavers_are_listed_for_their_own_agency_and_for_duty_officers(smesa, manager):
    agency = AgencyFactory()
    own_manager, worker = officer(Role.MANAGER, agency=agency), officer(Role.OFFICER, agency)
    serving = officer(Role.LEAD)
    case = CaseFactory(in_progress=True, lead_officer=serving)
    NeedFactory(in_progress=True, case=case, agency=agency, officer=worker)
    leave(worker)

    assert list(queue(own_manager, LEFT)) == [case]
    assert list(queue(officer(Role.DUTY), LEFT)) == [case]
    assert list(queue(manager, LEFT)) == []


@pytest.mark.parametrize(
    ("role", "sees"),
    [
        (Role.DUTY, True),
        (Role.LEAD, True),
        (Role.MANAGER, True),
        (Role.OFFICER, False),
        (Role.AUDITOR, False),
    ],
)
def test_those_who_reassign_see_the_view_with_its_count(left, role, sees):
    person = officer(role)

    offered = LEFT_BEHIND in {view.code for view in views_for(person)}
    page = signed_in(person).get(reverse("desk:queue")).content.decode()

    assert offered is sees
    assert ("承辦人已不在職" in page) is sees
    if sees:
        assert tally(person, LEFT, {}).views[LEFT_BEHIND].number == 1


def test_the_count_comes_in_the_one_query(left, manager, django_assert_num_queries):
    signed_in(manager)
    views_for(manager)
    with django_assert_num_queries(1):
        tally(manager, LEFT, {})


def test_the_view_is_not_drawn_while_it_holds_nothing(manager):
    assert "承辦人已不在職" not in signed_in(manager).get(reverse("desk:queue")).content.decode()


def test_ticked_cases_go_to_a_colleague_in_one_go(left, manager):
    taker = officer(Role.OFFICER)
    cases = [*queue(manager, LEFT), CaseFactory(waiting=True, lead_officer=left)]
    client = signed_in(manager)

    page = client.post(reverse("desk:hand_over"), {"case": [case.reference for case in cases]})
    answer = client.post(reverse("desk:hand_over"), sent(cases, taker, note="請接手。"))

    assert f"移交 {len(cases)} 件案件" in page.content.decode()
    assert page.status_code == 200
    assert answer.status_code == 303
    assert not queue(manager, LEFT).exists()
    for case in cases:
        case.refresh_from_db()
        assert case.lead_officer == taker
    assert Entry.objects.filter(event=CaseEvent.ASSIGNED, actor_id=manager.pk).count() == 2
    assert CaseMessage.objects.filter(kind="note", body="請接手。").count() == 2


def test_a_form_sent_twice_hands_over_once(left, manager):
    taker, cases = officer(Role.OFFICER), list(queue(manager, LEFT))
    typed = sent(cases, taker)
    client = signed_in(manager)

    answers = [client.post(reverse("desk:hand_over"), typed) for _ in range(2)]

    assert [one.status_code for one in answers] == [303, 303]
    assert Entry.objects.filter(event=CaseEvent.ASSIGNED).count() == 1


def test_a_need_goes_to_a_colleague_and_the_lead_stays(smesa):
    agency = AgencyFactory()
    own_manager, worker = officer(Role.MANAGER, agency=agency), officer(Role.OFFICER, agency)
    taker, serving = officer(Role.OFFICER, agency), officer(Role.LEAD)
    case = CaseFactory(in_progress=True, lead_officer=serving)
    need = NeedFactory(in_progress=True, case=case, agency=agency, officer=worker)
    leave(worker)

    handing_over.hand_over(
        case_id=case.pk, to_id=taker.pk, by_id=own_manager.pk, agency_ids={agency.pk}
    )

    need.refresh_from_db()
    case.refresh_from_db()
    entry = Entry.objects.get(event=NeedEvent.HANDED_OVER)
    assert (need.officer, case.lead_officer, case.state) == (taker, serving, CaseState.PROGRESS)
    assert (entry.facts["from"], entry.facts["officer"]) == (worker.pk, taker.pk)
    relay_due(limit=100)
    told = Message.objects.filter(kind="assistance.need_handed_over")
    assert set(told.values_list("user_id", flat=True)) == {taker.pk}


def test_nothing_moves_where_the_officer_is_still_in_post(manager):
    serving, taker = officer(Role.LEAD), officer(Role.OFFICER)
    case = CaseFactory(in_progress=True, lead_officer=serving)

    with pytest.raises(NothingLeftBehindError):
        handing_over.hand_over(case_id=case.pk, to_id=taker.pk, by_id=manager.pk, agency_ids=None)
    answer = signed_in(manager).post(reverse("desk:hand_over"), sent([case], taker))

    case.refresh_from_db()
    assert answer.status_code == 409
    assert case.lead_officer == serving


def test_a_stranger_to_the_agency_does_not_take_it(left, manager):
    (case,) = queue(manager, LEFT)

    with pytest.raises(TakerNotInTheAgencyError):
        handing_over.hand_over(
            case_id=case.pk, to_id=elsewhere().pk, by_id=manager.pk, agency_ids=None
        )

    assert not Entry.objects.filter(event=CaseEvent.ASSIGNED).exists()


def test_a_manager_hands_over_for_her_own_agency_only(left):
    (case,) = queue(officer(Role.DUTY), LEFT)
    other, taker = elsewhere(Role.MANAGER), officer(Role.OFFICER)

    with pytest.raises(NothingLeftBehindError):
        handing_over.hand_over(
            case_id=case.pk,
            to_id=taker.pk,
            by_id=other.pk,
            agency_ids=other.staff_memberships.values_list("agency_id", flat=True),
        )


@pytest.mark.parametrize("role", [Role.OFFICER, Role.AUDITOR])
def test_those_who_do_not_reassign_hand_nothing_over(left, role):
    answer = signed_in(officer(role)).post(reverse("desk:hand_over"), {})

    assert answer.status_code == 403


def test_the_end_of_a_role_tells_how_many_cases_stand_open_and_leads_to_them(smesa, manager):
    post = StaffMembershipFactory(agency=smesa, role=Role.LEAD)
    CaseFactory.create_batch(3, in_progress=True, lead_officer=post.user)
    administrator = officer(Role.ADMINISTRATOR)

    staff.end_role(staff_membership_id=post.pk, actor_id=administrator.pk)
    relay_due(limit=100)

    news = Message.objects.get(kind="assistance.work_left_behind", channel="portal")
    assert news.user_id == manager.pk
    assert "3 件" in news.text
    assert news.path.endswith("/desk/?view=left")


def test_the_end_of_a_role_without_open_work_tells_nobody(smesa, manager):
    post = StaffMembershipFactory(agency=smesa, role=Role.LEAD)

    staff.end_role(staff_membership_id=post.pk, actor_id=manager.pk)
    relay_due(limit=100)

    assert not Message.objects.filter(kind="assistance.work_left_behind").exists()


def test_one_role_of_two_leaves_nothing_behind(smesa, manager):
    post = StaffMembershipFactory(agency=smesa, role=Role.LEAD)
    StaffMembershipFactory(agency=smesa, role=Role.OFFICER, user=post.user)
    CaseFactory(in_progress=True, lead_officer=post.user)

    staff.end_role(staff_membership_id=post.pk, actor_id=manager.pk)
    relay_due(limit=100)

    assert not Message.objects.filter(kind="assistance.work_left_behind").exists()
    assert not queue(manager, LEFT).exists()
