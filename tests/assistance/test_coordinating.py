"""Another agency's work for the same enterprise: a fact without content, and a way to ask to coordinate."""

import re

import pytest
from django.urls import reverse

from assistance.events import CaseEvent, NeedEvent
from assistance.models import CaseMessage
from assistance.services import needs
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance.desk import elsewhere, officer, signed_in
from tests.factories.accounts import EnterpriseFactory, UserFactory
from tests.factories.assistance import CaseFactory, NeedFactory
from tests.factories.catalogue import EditionFactory, SystemFactory

pytestmark = pytest.mark.django_db
SECRETS = ("機密的主旨", "機密的需求", "我方的主旨", "我方的需求")


@pytest.fixture
def firm():
    return EnterpriseFactory(owner=UserFactory())


def _worked_on(firm, number: int, code: str, short: str, word: str):
    """A need that an officer of an agency of her own works on in a case of her agency's."""
    system = SystemFactory(code=code, number=number)
    EditionFactory(system=system, short_zh=short)
    worker = elsewhere()
    agency = worker.staff_memberships.get().agency
    case = CaseFactory(
        in_progress=True,
        enterprise=firm,
        lead_agency=agency,
        lead_officer=worker,
        subject=f"{word}的主旨",
    )
    common = {"case": case, "system": system, "agency": agency, "officer": worker}
    return NeedFactory(**common, in_progress=True, summary=f"{word}的需求")


@pytest.fixture
def mine(firm):
    return _worked_on(firm, 4, "information", "資訊管理", "我方")


@pytest.fixture
def theirs(firm):
    return _worked_on(firm, 8, "pollution", "污染防治", "機密")


def _address(need, code: str) -> str:
    return reverse("desk:coordinate", args=[need.case.reference, code])


def _sent(client, address: str, text: str):
    page = client.get(address).content.decode()
    key = re.search(r'name="idempotency_key" value="([^"]+)"', page)[1]
    return client.post(address, {"idempotency_key": key, "text": text})


def test_the_officer_of_system_4_reads_that_system_8_is_at_work_and_asks_to_coordinate(
    mine, theirs
):
    client = signed_in(mine.officer)
    seen = client.get(reverse("desk:enterprise", args=[mine.case.reference])).content.decode()
    assert "第 8 體系（污染防治）自" in seen
    assert "機密" not in seen
    assert _address(mine, "pollution") in seen

    answer = _sent(client, _address(mine, "pollution"), "想一起安排到廠時間。")
    relay_due(500)

    assert answer.status_code == 303
    asked = Entry.objects.get(event=NeedEvent.COORDINATION_ASKED)
    assert asked.stream == f"assistance.case:{theirs.case_id}"
    assert Entry.objects.get(event=CaseEvent.COORDINATION_SOUGHT).subject_id == str(mine.case_id)
    told = Message.objects.filter(kind="assistance.coordination_asked", channel="email")
    assert list(told.values_list("user", flat=True)) == [theirs.officer_id]
    assert mine.officer.email in told.get().text
    assert not [word for word in SECRETS[2:] if word in told.get().text]
    # They read the note; neither reads the other's case.
    page = signed_in(theirs.officer).get(reverse("desk:case", args=[theirs.case.reference]))
    assert "想一起安排到廠時間。" in page.content.decode()
    assert client.get(reverse("desk:case", args=[theirs.case.reference])).status_code == 404


def test_who_hears_it_is_the_agency_where_the_officer_has_left(mine, theirs):
    agency = theirs.officer.staff_memberships.get().agency
    colleague = officer("officer", agency=agency)
    theirs.officer.staff_memberships.update(valid_to="2020-01-01", valid_from="2019-01-01")

    _sent(signed_in(mine.officer), _address(mine, "pollution"), "想一起安排到廠時間。")
    relay_due(500)

    told = Message.objects.filter(kind="assistance.coordination_asked", channel="portal")
    assert list(told.values_list("user", flat=True)) == [colleague.pk]


def test_it_is_said_once_however_often_it_is_sent_and_not_without_words(mine, theirs):
    client, address = signed_in(mine.officer), _address(mine, "pollution")
    page = client.get(address).content.decode()
    key = re.search(r'name="idempotency_key" value="([^"]+)"', page)[1]
    for _ in range(2):
        client.post(address, {"idempotency_key": key, "text": "想一起安排到廠時間。"})
    empty = client.post(address, {"idempotency_key": key, "text": " "})

    assert empty.status_code == 422
    assert CaseMessage.objects.filter(case=theirs.case).count() == 1


@pytest.mark.parametrize("code", ["financing", "never-was", "information"])
def test_a_system_that_is_not_at_work_elsewhere_is_not_there(mine, code):
    SystemFactory(code="financing", number=1)

    assert signed_in(mine.officer).get(_address(mine, code)).status_code == 404


def test_what_ended_meanwhile_is_a_404_and_strangers_find_nothing(mine, theirs):
    stranger = elsewhere()
    assert signed_in(stranger).get(_address(mine, "pollution")).status_code == 404

    needs.answer(need_id=theirs.pk, by_id=theirs.officer_id, text="已回覆。")

    assert signed_in(mine.officer).get(_address(mine, "pollution")).status_code == 404
