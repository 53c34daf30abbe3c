"""Who reads back a note on the case as a whole: the lead agency, and the agency that wrote it."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from assistance.models import CaseMessage
from assistance.services import messages
from tests.assistance.desk import led_case, officer, signed_in
from tests.factories.accounts import AgencyFactory, UserFactory
from tests.factories.assistance import NeedFactory

pytestmark = pytest.mark.django_db

WORDS = "整件案件要先看財務"


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def lead():
    return officer(Role.LEAD)


@pytest.fixture
def case(lead, owner):
    return led_case(lead, owner)


def at_work(case):
    """An officer of an agency that works on a need of the case."""
    agency = AgencyFactory()
    who = officer(Role.OFFICER, agency=agency)
    need = NeedFactory(case=case, agency=agency, in_progress=True, officer=who)
    return who, agency, need


def wrote(case, who, agency):
    return messages.note(
        case_id=case.pk, need_id=None, by_id=who.pk, agency_id=agency.pk, body=WORDS
    )


def readers_of(note, *people):
    return {one.pk for one in people if CaseMessage.objects.visible_to(one).filter(pk=note.pk)}


def test_she_and_her_colleagues_and_the_lead_agency_read_it(case, lead, owner):
    who, agency, _need = at_work(case)
    colleague = officer(Role.OFFICER, agency=agency)
    other, _agency, _need = at_work(case)

    note = wrote(case, who, agency)

    found = readers_of(note, who, colleague, lead, other, owner, officer(Role.AUDITOR))
    assert {who.pk, colleague.pk, lead.pk} < found
    assert not found & {other.pk, owner.pk}


def test_it_stands_on_her_page_and_not_on_the_others(case):
    who, agency, _need = at_work(case)
    other, _agency, _need = at_work(case)
    wrote(case, who, agency)
    url = reverse("desk:case", args=[case.reference])

    assert WORDS in signed_in(who).get(url).content.decode()
    assert WORDS not in signed_in(other).get(url).content.decode()


def test_what_the_lead_agency_noted_stays_with_it(case, lead):
    who, _agency, _need = at_work(case)

    note = wrote(case, lead, case.lead_agency)

    assert readers_of(note, who, lead) == {lead.pk}


def test_once_her_agency_is_out_of_the_case_it_is_gone_for_her(case):
    who, agency, need = at_work(case)
    note = wrote(case, who, agency)

    need.state, need.due_on = "withdrawn", None
    need.save()

    assert readers_of(note, who) == set()
