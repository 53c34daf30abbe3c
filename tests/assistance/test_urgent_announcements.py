"""Urgent announcements reach whoever has an open case in their topics."""

import pytest
from django.db import transaction

from assistance.notifications.urgent import UrgentAnnouncement, UrgentAnnouncementAgain
from knowledge.announcement_events import AnnouncementEvent
from knowledge.services import announcements
from ledger.models import Entry
from notifications.models import Message
from notifications.services.announcing import announce
from tests.factories.accounts import EnterpriseMembershipFactory, UserFactory
from tests.factories.announcements import AnnouncementFactory
from tests.factories.assistance import CaseFactory, NeedFactory
from tests.factories.catalogue import SystemFactory
from tests.knowledge.announcing import amended, approved, drafted

pytestmark = pytest.mark.django_db


@pytest.fixture
def system():
    return SystemFactory(number=1)


def told(system, **fields) -> list[Message]:
    """Everybody who hears of an announcement that has just become public."""
    given = {"version__category": "urgent", "version__topics": [system.code]} | fields
    AnnouncementFactory(published=True, **given)
    with transaction.atomic():
        announce(entry=Entry.objects.get(event=AnnouncementEvent.PUBLISHED))
    return list(Message.objects.order_by("pk"))


def case_in(system, **fields):
    case = CaseFactory(**{"in_progress": True} | fields)
    NeedFactory(case=case, system=system, in_progress=True)
    return case


def test_everyone_of_the_enterprise_hears_of_it_in_portal_and_by_e_mail(system):
    member = EnterpriseMembershipFactory(owner=True)
    case_in(system, enterprise=member.enterprise, applicant=member.user)

    messages = told(system)

    assert {one.user_id for one in messages} == {member.user_id}
    assert {one.channel for one in messages} == {"portal", "email"}
    assert "/news/" in messages[0].path


def test_a_guest_hears_of_it_in_her_language(system):
    case_in(system, contact_email="Guest@Example.com", language="en")

    (message,) = told(system)

    assert message.email == "guest@example.com"
    assert message.subject.startswith("Urgent: Example notice")


def test_a_person_with_two_cases_hears_once(system):
    person = UserFactory()
    for _case in range(2):
        case_in(system, applicant=person)

    assert len(told(system)) == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"version__category": "programmes"},
        {"version__topics": ["elsewhere"]},
        {"version__topics": []},
        {"version__audience": "role", "version__roles": ["officer"]},
        {"version__audience": "county", "version__counties": ["kinmen"]},
    ],
    ids=str,
)
def test_what_is_not_urgent_or_not_for_her_stays_quiet(system, fields):
    case_in(system, county="tainan")

    assert told(system, **fields) == []


def test_settled_cases_and_settled_parts_are_left_in_peace(system):
    NeedFactory(case=CaseFactory(closed=True), system=system, answered=True)
    NeedFactory(case=CaseFactory(in_progress=True), system=system, answered=True)

    assert told(system) == []


def test_its_questions_do_not_grow_with_the_cases(system, django_assert_max_num_queries):
    for _case in range(12):
        case_in(system, applicant=UserFactory())
    AnnouncementFactory(published=True, version__category="urgent", version__topics=[system.code])
    entry = Entry.objects.get(event=AnnouncementEvent.PUBLISHED)

    with django_assert_max_num_queries(4):
        assert len(list(UrgentAnnouncement().audience(entry))) == 12


@pytest.mark.parametrize(("tell_again", "number"), [(False, 0), (True, 1)])
def test_an_amendment_is_told_only_where_its_writer_said_so(system, tell_again, number):
    member = EnterpriseMembershipFactory(owner=True)
    case_in(system, enterprise=member.enterprise, applicant=member.user)
    urgent = {"category": "urgent", "topics": [system.code]}
    announcement = approved(drafted(**urgent))

    amended(announcement, **urgent, title_zh="改過的標題", tell_again=tell_again)
    with transaction.atomic():
        announce(entry=Entry.objects.get(event=AnnouncementEvent.AMENDED))

    told_again = Message.objects.filter(kind=UrgentAnnouncementAgain.kind, channel="email")
    assert told_again.count() == number
    assert all("改過的標題" in one.subject for one in told_again)


def test_the_next_amendment_asks_anew(system):
    urgent = {"category": "urgent", "topics": [system.code]}
    announcement = amended(approved(drafted(**urgent)), **urgent, tell_again=True)

    version = announcements.amend(announcement_id=announcement.pk, by_id=UserFactory().pk)

    assert version.tell_again is False
