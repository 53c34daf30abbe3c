"""What the page of a case says to the applicant about whose turn it is."""

import pytest

from assistance.states import NeedState
from tests.factories.accounts import EnterpriseMembershipFactory
from tests.factories.assistance import AnswerFactory, CaseFactory, NeedFactory, RatingFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def owner():
    return EnterpriseMembershipFactory(owner=True)


def page_of(case, owner, client):
    client.force_login(owner.user)
    return client.get(f"/en/my/cases/{case.reference}/").content.decode()


def test_a_date_that_has_passed_is_no_promise(owner, client):
    case = CaseFactory(enterprise=owner.enterprise, in_progress=True, overdue=True)

    page = page_of(case, owner, client)

    assert "You will hear from us by" not in page
    assert "We are late and apologise." in page


def test_a_date_to_come_is_a_promise(owner, client):
    case = CaseFactory(enterprise=owner.enterprise, in_progress=True, due_today=True)

    page = page_of(case, owner, client)

    assert "You will hear from us by" in page
    assert "We are late" not in page


def test_an_agency_that_says_no_is_no_refusal_to_her(owner, client):
    case = CaseFactory(enterprise=owner.enterprise, triaged=True)
    NeedFactory(case=case, state=NeedState.DECLINED)

    page = page_of(case, owner, client)

    assert "Finding another agency" in page
    assert 'data-s="declined"' not in page


def test_nobody_is_asked_for_a_rating_that_is_there(owner, client):
    case = CaseFactory(enterprise=owner.enterprise, answered=True)
    answer = AnswerFactory(case=case, sent=True)
    before = page_of(case, owner, client)
    RatingFactory(answer=answer)

    after = page_of(case, owner, client)

    assert "Please tell us if this helped." in before
    assert "Please tell us if this helped." not in after
    assert "You rated this answer" in after


def test_a_part_says_where_its_result_is_once_it_was_sent(owner, client):
    case = CaseFactory(enterprise=owner.enterprise, answered=True)
    NeedFactory(case=case, answered=True)

    assert "This part is in your answer." in page_of(case, owner, client)
