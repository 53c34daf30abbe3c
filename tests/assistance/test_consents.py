"""What an applicant agreed to can be read, and taken back where the case can do without."""

import datetime as dt

import pytest
from django.utils import timezone

from accounts.permissions import forget_standing
from accounts.roles import Role
from assistance.events import CaseEvent
from assistance.models import (
    Attachment,
    Case,
    CaseMessage,
    Consent,
    ConsentPurpose,
    Offer,
    Question,
)
from assistance.services import consents, messages, needs, resolution, triage
from assistance.services.errors import (
    ConsentNeededError,
    SharingSettledError,
    SharingTakenBackError,
)
from assistance.states import CaseState, OfferState
from foundation.languages import pick
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance import asking as ask
from tests.factories.accounts import (
    AgencyFactory,
    EnterpriseFactory,
    StaffMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import (
    AttachmentFactory,
    CaseFactory,
    CaseMessageFactory,
    CoordinatorFactory,
    NeedFactory,
    OfferFactory,
)

pytestmark = pytest.mark.django_db

SHARING = ConsentPurpose.SHARE_WITH_AGENCIES
NOW = dt.datetime(2026, 8, 7, tzinfo=dt.UTC)


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def case(owner):
    ask.catalogue()
    said = ask.asking(consents=tuple(ConsentPurpose.values))
    return ask.submit(asking=said, applicant_id=owner.pk)


def test_taking_back_counts_from_now_on_and_is_recorded(case, owner):
    improve = ConsentPurpose.IMPROVE

    first = consents.withdraw(case_id=case.pk, purpose=improve, by_id=owner.pk)
    second = consents.withdraw(case_id=case.pk, purpose=improve, by_id=owner.pk)

    assert (first, second) == (True, False)
    assert Consent.objects.get(case=case, purpose=improve).withdrawn_at is not None
    entry = Entry.objects.get(event=CaseEvent.CONSENT_WITHDRAWN)
    assert entry.facts == {"purpose": "improve"}


@pytest.fixture
def shared():
    """A case in progress that the lead agency and two others work on, and one has answered."""
    case = CaseFactory(in_progress=True, lead_agency=CoordinatorFactory())
    for purpose in ConsentPurpose.values:
        Consent.objects.create(
            case=case, purpose=purpose, text_version="1", language="zh-hant", given_at=NOW
        )
    return case


class TestSharing:
    def test_other_agencies_lose_their_needs_and_the_lead_agency_goes_on(self, shared):
        own = NeedFactory(in_progress=True, case=shared, agency=shared.lead_agency)
        worked_on = NeedFactory(in_progress=True, case=shared)
        offered = OfferFactory(need__case=shared).need
        answered = NeedFactory(answered=True, case=shared)

        done = consents.withdraw(case_id=shared.pk, purpose=SHARING, by_id=None)

        for need in (own, worked_on, offered, answered):
            need.refresh_from_db()
        states = [need.state for need in (own, worked_on, offered, answered)]
        assert done
        assert states == ["progress", "withdrawn", "withdrawn", "answered"]
        assert Offer.objects.get(need=offered).state == OfferState.WITHDRAWN
        entry = Entry.objects.get(event=CaseEvent.CONSENT_WITHDRAWN)
        assert entry.facts == {
            "purpose": "share_with_agencies",
            "needs": [worked_on.pk, offered.pk],
        }

    def test_the_officers_who_lose_a_need_can_no_longer_open_the_case(self, shared):
        need = NeedFactory(in_progress=True, case=shared)
        StaffMembershipFactory(user=need.officer, agency=need.agency)
        assert Case.objects.visible_to(need.officer).filter(pk=shared.pk).exists()

        consents.withdraw(case_id=shared.pk, purpose=SHARING, by_id=None)

        forget_standing(need.officer)
        assert not Case.objects.visible_to(need.officer).filter(pk=shared.pk).exists()

    def test_a_question_of_a_lost_need_no_longer_holds_the_case_up(self, shared):
        need = NeedFactory(in_progress=True, case=shared)
        messages.ask_enterprise(
            case_id=shared.pk,
            need_id=need.pk,
            by_id=need.officer_id,
            agency_id=need.agency_id,
            body="請補報表",
            items=[],
            due_on=timezone.localdate() + dt.timedelta(days=7),
        )

        consents.withdraw(case_id=shared.pk, purpose=SHARING, by_id=None)

        shared.refresh_from_db()
        assert shared.state == CaseState.PROGRESS
        assert not Question.objects.filter(case=shared, state="open").exists()

    def test_who_has_answered_keeps_the_record_and_reads_nothing_new(self, shared):
        need = NeedFactory(answered=True, case=shared)
        post = StaffMembershipFactory(agency=need.agency)
        lead = StaffMembershipFactory(agency=shared.lead_agency)
        for body in ("先前", "之後"):
            for whose, agency in ((None, None), (need, None), (None, need.agency)):
                kind = {"from_agency": True, "agency": agency} if agency else {}
                CaseMessageFactory(case=shared, need=whose, body=body, **kind)
            AttachmentFactory(case=shared, name=f"{body}.pdf")
            if body == "先前":
                earlier = timezone.now() - dt.timedelta(days=1)
                CaseMessage.objects.update(sent_at=earlier)
                Attachment.objects.update(uploaded_at=earlier)
                consents.withdraw(case_id=shared.pk, purpose=SHARING, by_id=None)
                Consent.objects.filter(purpose=SHARING).update(
                    withdrawn_at=timezone.now() - dt.timedelta(hours=1)
                )

        said = CaseMessage.objects.visible_to(post.user)
        papers = Attachment.objects.visible_to(post.user)

        assert Case.objects.visible_to(post.user).get() == shared
        assert said.filter(body="先前").count() == 3
        assert [row.agency for row in said.filter(body="之後")] == [need.agency]
        assert [row.name for row in papers] == ["先前.pdf"]
        beside = Attachment.objects.beside(shared.pk, [one.pk for one in said])
        assert [row.name for row in beside if row.was_shared] == ["先前.pdf"]
        assert CaseMessage.objects.visible_to(lead.user).count() == 6
        assert Attachment.objects.visible_to(lead.user).count() == 2

    def test_the_page_shows_the_record_and_nothing_new(self, client, shared):
        need = NeedFactory(answered=True, case=shared)
        post = StaffMembershipFactory(agency=need.agency)
        lead = StaffMembershipFactory(agency=shared.lead_agency)
        consents.withdraw(case_id=shared.pk, purpose=SHARING, by_id=None)
        AttachmentFactory(case=shared, name="之後.pdf")
        pages = []

        for reader in (post.user, lead.user):
            client.force_login(reader)
            pages.append(client.get(f"/desk/{shared.reference}/").content.decode())

        assert ["之後.pdf" in page for page in pages] == [False, True]

    def test_what_is_agreed_to_again_is_shared_again(self, shared):
        need = NeedFactory(answered=True, case=shared)
        post = StaffMembershipFactory(agency=need.agency)
        consents.withdraw(case_id=shared.pk, purpose=SHARING, by_id=None)
        CaseMessageFactory(case=shared)
        assert not CaseMessage.objects.visible_to(post.user).exists()

        Consent.objects.create(
            case=shared, purpose=SHARING, text_version="1", language="zh-hant", given_at=NOW
        )

        assert CaseMessage.objects.visible_to(post.user).count() == 1

    def test_no_other_agency_is_asked_or_given_the_lead_afterwards(self, shared):
        need, other = NeedFactory(case=shared), AgencyFactory()
        by = shared.lead_officer
        consents.withdraw(case_id=shared.pk, purpose=SHARING, by_id=None)

        with pytest.raises(SharingTakenBackError):
            needs.offer(need_id=need.pk, agency_id=other.pk, by_id=by.pk)
        with pytest.raises(SharingTakenBackError):
            triage.change_lead(
                case_id=shared.pk, agency_id=other.pk, officer_id=by.pk, by_id=by.pk
            )

        answered = NeedFactory(answered=True, case=shared)
        with pytest.raises(SharingTakenBackError):
            resolution.reopen_need(need_id=answered.pk, by_id=by.pk)

        offered = needs.offer(need_id=need.pk, agency_id=shared.lead_agency_id, by_id=by.pk)
        assert offered.state == "offered"

    def test_a_settled_case_stays_as_it_is(self):
        case = CaseFactory(answered=True)

        with pytest.raises(SharingSettledError):
            consents.withdraw(case_id=case.pk, purpose=SHARING, by_id=None)

    def test_the_lead_officer_and_those_who_lose_the_need_are_told(self, shared):
        need = NeedFactory(in_progress=True, case=shared)
        StaffMembershipFactory(user=need.officer, agency=need.agency, role=Role.OFFICER)
        StaffMembershipFactory(user=shared.lead_officer, agency=shared.lead_agency, role=Role.LEAD)
        consents.withdraw(case_id=shared.pk, purpose=SHARING, by_id=None)

        while relay_due():
            pass

        told = Message.objects.filter(kind="assistance.consent_withdrawn")
        people = set(told.values_list("user_id", flat=True))
        assert people == {shared.lead_officer_id, need.officer_id}

    @pytest.mark.parametrize("prefix", ["", "/en"])
    def test_what_it_does_is_said_before(self, client, shared, prefix):
        firm = EnterpriseFactory(owner=(owner := UserFactory()))
        Case.objects.filter(pk=shared.pk).update(enterprise=firm)
        need = NeedFactory(in_progress=True, case=shared)
        client.force_login(owner)
        url = f"{prefix}/my/cases/{shared.reference}/consents/withdraw/"

        page = client.get(url).content.decode()
        done = client.post(url, {"purpose": SHARING.value})

        assert pick(need.agency, "name") in page or need.agency.name_en in page
        assert done.status_code == 303
        assert client.get(url).status_code == 404


@pytest.mark.parametrize("purpose", consents.NEEDED)
def test_what_the_case_needs_is_taken_back_by_withdrawing_the_request(case, owner, purpose):
    with pytest.raises(ConsentNeededError):
        consents.withdraw(case_id=case.pk, purpose=purpose, by_id=owner.pk)

    assert not Consent.objects.exclude(withdrawn_at=None).exists()


def test_the_owner_reads_and_takes_back_on_her_page(client, case, owner):
    client.force_login(owner)
    url = f"/my/cases/{case.reference}/consents/"

    assert client.get(url).status_code == 200
    done = client.post(f"{url}withdraw/", {"purpose": "improve"})
    refused = client.post(f"{url}withdraw/", {"purpose": "handle"})

    assert done["Location"] == url
    assert refused.status_code == 409
    assert client.post(f"{url}withdraw/", {"purpose": "all"}).status_code == 404


def test_others_do_not_find_the_page(client, case):
    client.force_login(UserFactory())

    assert client.get(f"/my/cases/{case.reference}/consents/").status_code == 404
    assert client.get(f"/track/{case.reference}/consents/").status_code == 404
