"""Merging from the queue: which case goes on, what is refused, and what is told of each."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.events import CaseEvent
from assistance.models import Case, CaseMessage
from assistance.services.errors import NotTheSameEnterpriseError
from assistance.states import CaseState
from ledger.models import Entry
from tests.assistance.desk import elsewhere, officer, signed_in
from tests.factories.accounts import EnterpriseFactory
from tests.factories.assistance import CaseFactory

pytestmark = pytest.mark.django_db

URL = "desk:bulk_merge"


@pytest.fixture
def firm():
    return EnterpriseFactory()


def of(firm, days=0, **fields):
    submitted = timezone.now() - dt.timedelta(days=days)
    return CaseFactory(of_enterprise=True, enterprise=firm, submitted_at=submitted, **fields)


def sent(cases, into, **more):
    return {
        "case": [case.reference for case in cases],
        "into": into.reference,
        "idempotency_key": str(uuid.uuid4()),
        **more,
    }


def test_two_cases_are_shown_side_by_side_and_the_older_is_proposed(firm):
    newer, older = of(firm, subject="第二次申請"), of(firm, days=3, subject="第一次申請")
    ticked = {"case": [newer.reference, older.reference]}

    answer = signed_in(officer()).post(reverse(URL), ticked)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "sp-compare" in page
    assert page.index("第一次申請") < page.index("第二次申請")
    assert answer.context["form"]["into"].initial == older.reference
    assert Case.objects.open().count() == 2


def test_the_others_end_and_point_to_the_one_that_goes_on(firm):
    duty, stays = officer(), of(firm, days=3)
    others = [of(firm), of(firm)]

    answer = signed_in(duty).post(reverse(URL), sent([stays, *others], stays, reason="同一件事"))

    assert answer.status_code == 303
    for case in others:
        case.refresh_from_db()
        assert (case.state, case.merged_into) == (CaseState.MERGED, stays)
    assert CaseMessage.objects.filter(kind="note", body="同一件事").count() == 2
    merged = Entry.objects.filter(event=CaseEvent.MERGED, actor_id=duty.pk)
    assert {entry.facts["from"] for entry in merged} == {case.pk for case in others}


def test_the_same_form_sent_twice_merges_once_and_says_so_twice(firm):
    duty, stays, other = officer(), of(firm), of(firm)
    typed, client = sent([stays, other], stays), signed_in(duty)

    answers = [client.post(reverse(URL), typed).status_code for _ in range(2)]

    assert answers == [303, 303]
    assert Entry.objects.filter(event=CaseEvent.MERGED).count() == 2


def test_cases_of_different_enterprises_are_refused_at_once(firm):
    mine, strangers = of(firm), of(EnterpriseFactory())

    for data in ({"case": [mine.reference, strangers.reference]}, sent([mine, strangers], mine)):
        answer = signed_in(officer()).post(reverse(URL), data)

        assert answer.status_code == 409
        assert str(NotTheSameEnterpriseError()) in answer.content.decode()
    assert Case.objects.open().count() == 2


def test_what_could_not_be_merged_is_told_case_by_case(firm):
    stays, fine, settled = of(firm), of(firm), of(firm, closed=True)

    answer = signed_in(officer()).post(reverse(URL), sent([stays, fine, settled], stays))

    problems = {row["case"]: str(row["problem"]) for row in answer.context["rows"]}
    fine.refresh_from_db()
    assert answer.status_code == 409
    assert (problems[fine], fine.state) == ("", CaseState.MERGED)
    assert problems[settled]


def test_where_none_could_be_merged_the_form_stays_with_what_was_typed(firm):
    stays, settled = of(firm), of(firm, closed=True)

    answer = signed_in(officer()).post(
        reverse(URL), sent([stays, settled], stays, reason="同一件事")
    )

    assert answer.status_code == 409
    assert "同一件事" in answer.content.decode()


@pytest.mark.parametrize("typed", [{"into": "A000-00-00000"}, {"reason": "\x00"}, {"into": ""}])
def test_a_form_that_says_nothing_useful_merges_nothing(firm, typed):
    stays, other = of(firm), of(firm)

    answer = signed_in(officer()).post(reverse(URL), sent([stays, other], stays) | typed)

    assert answer.status_code in (400, 422)
    assert Case.objects.open().count() == 2


def test_an_officer_merges_what_she_leads_and_nothing_else(firm):
    worker = officer(Role.OFFICER)
    stays = of(firm)
    led = of(firm, in_progress=True, lead_officer=worker)
    others = of(firm, in_progress=True)

    answer = signed_in(worker).post(reverse(URL), sent([stays, led, others], stays))

    led.refresh_from_db()
    others.refresh_from_db()
    assert answer.status_code == 409
    assert (led.state, others.state) == (CaseState.MERGED, CaseState.PROGRESS)


def test_one_case_is_not_enough(firm):
    answer = signed_in(officer()).post(reverse(URL), {"case": [of(firm).reference]})

    assert answer.status_code == 303


def test_cases_one_cannot_see_take_no_part(firm):
    stays, other = of(firm), of(firm)

    answer = signed_in(elsewhere()).post(reverse(URL), sent([stays, other], stays))

    assert answer.status_code == 303
    assert Case.objects.open().count() == 2


@pytest.mark.parametrize("role", [Role.MANAGER, Role.AUDITOR])
def test_those_who_do_not_work_on_cases_have_no_button(firm, role):
    of(firm)
    client = signed_in(officer(role))

    assert reverse(URL) not in client.get(reverse("desk:queue")).content.decode()
    assert client.post(reverse(URL)).status_code == 403
