"""Roles in several agencies and parts in others' cases: in whose name one acts, and what ends."""

import uuid

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from assistance.models import CaseMessage, CaseReading, Consent, ConsentPurpose, Statement
from assistance.services import consents, merging, resolution
from assistance.services.errors import NotTheSameEnterpriseError
from assistance.states import CaseState
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import (
    AgencyFactory,
    EnterpriseFactory,
    StaffMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import (
    AttachmentFactory,
    CaseFactory,
    ClockSpanFactory,
    CoordinatorFactory,
    NeedFactory,
    StatedEnterpriseFactory,
)
from tests.journeys.visiting import body_of, guest_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def smesa():
    return CoordinatorFactory()


@pytest.fixture
def firm():
    return EnterpriseFactory(owner=UserFactory())


def led(agency, **fields):
    case = CaseFactory(
        in_progress=True,
        lead_agency=agency,
        lead_officer=StaffMembershipFactory(agency=agency, role=Role.LEAD).user,
        **fields,
    )
    ClockSpanFactory(case=case)
    return case


def part(case, agency, **traits):
    traits = traits or {"in_progress": True}
    person = StaffMembershipFactory(agency=agency).user
    return NeedFactory(case=case, agency=agency, officer=person, **traits)


class TestInWhoseName:
    @pytest.fixture
    def uninvolved(self):
        """Made first, so that its number is the lowest of all."""
        return AgencyFactory()

    def test_who_works_for_two_agencies_looks_for_the_one_that_has_a_part(
        self, uninvolved, smesa, firm
    ):
        ida = AgencyFactory()
        case = led(smesa, enterprise=firm)
        part(case, ida)
        person = officer(Role.OFFICER, agency=uninvolved)
        StaffMembershipFactory(user=person, agency=ida, role=Role.OFFICER)
        browser, file = signed_in(person), AttachmentFactory(case=case)

        browser.get(reverse("desk:case", args=[case.reference]))
        browser.get(reverse("desk:peek", args=[case.reference]))
        body_of(browser.get(reverse("files:download", args=[file.pk])))
        said = {"body": "已電洽", "about": "case", "idempotency_key": str(uuid.uuid4())}
        browser.post(reverse("desk:note", args=[case.reference]), said)

        assert set(CaseReading.objects.values_list("agency_id", flat=True)) == {ida.pk}
        assert CaseMessage.objects.get(body="已電洽").agency == ida

    def test_a_manager_here_who_works_on_cases_elsewhere_writes_no_note_here(
        self, uninvolved, smesa, firm
    ):
        person = officer(Role.MANAGER, agency=smesa)
        StaffMembershipFactory(user=person, agency=uninvolved, role=Role.OFFICER)
        case = led(smesa, enterprise=firm)

        answer = signed_in(person).post(
            reverse("desk:note", args=[case.reference]), {"body": "x", "about": "case"}
        )

        assert answer.status_code == 403
        assert not CaseMessage.objects.filter(case=case).exists()


class TestMerging:
    @pytest.fixture
    def pair(self, smesa, firm):
        """A case led by another agency, and one of SMESA in which that agency has a part."""
        ida = AgencyFactory()
        own, others = led(ida, enterprise=firm), led(smesa, enterprise=firm)
        part(others, ida)
        return own, others

    def test_nobody_merges_into_the_case_of_an_agency_she_does_not_work_for(self, pair):
        own, others = pair
        browser = signed_in(own.lead_officer)
        sent = {"into": others.reference, "idempotency_key": str(uuid.uuid4())}

        one = browser.post(reverse("desk:compare", args=[own.reference]), {**sent, "reason": "同"})
        many = browser.post(
            reverse("desk:bulk_merge"), {**sent, "case": [own.reference, others.reference]}
        )

        own.refresh_from_db()
        assert (one.status_code, many.status_code, own.state) == (409, 409, CaseState.PROGRESS)

    def test_a_duty_officer_merges_across_agencies(self, pair):
        own, others = pair
        sent = {"into": others.reference, "reason": "同一件事"}

        signed_in(officer(Role.DUTY)).post(reverse("desk:compare", args=[own.reference]), sent)

        own.refresh_from_db()
        assert own.merged_into == others

    def test_what_the_enterprise_said_was_not_theirs_is_not_merged_with_theirs(self, smesa, firm):
        theirs = led(smesa, enterprise=firm, business_number=firm.business_number)
        called = led(smesa, business_number=firm.business_number)
        StatedEnterpriseFactory(
            case=called,
            enterprise=firm,
            statement=Statement.NOT_OURS,
            decided_at=timezone.now(),
            decided_by=UserFactory(),
        )

        for one, other in ((called, theirs), (theirs, called)):
            with pytest.raises(NotTheSameEnterpriseError):
                merging.merge(case_id=one.pk, into_id=other.pk, by_id=UserFactory().pk, reason="")

    def test_a_stranger_who_typed_the_firms_number_learns_nothing_of_its_case(self, smesa, firm):
        theirs = led(smesa, enterprise=firm, business_number=firm.business_number)
        typed = led(
            smesa, business_number=firm.business_number, contact_email="stranger@tests.example"
        )

        merging.merge(
            case_id=typed.pk, into_id=theirs.pk, by_id=officer(Role.DUTY).pk, reason="同一件事"
        )
        relay_due(limit=100)

        page = guest_of(typed).get(reverse("track:detail", args=[typed.reference]))
        mails = Message.objects.filter(email="stranger@tests.example")
        assert page.status_code == 200
        assert theirs.reference not in page.content.decode()
        assert mails.exists()
        assert not any(theirs.reference in mail.text + mail.html for mail in mails)

    def test_an_owner_reads_under_which_number_her_case_goes_on(self, smesa, firm):
        target, case = led(smesa, enterprise=firm), led(smesa, enterprise=firm)
        merging.merge(case_id=case.pk, into_id=target.pk, by_id=UserFactory().pk, reason="同")

        page = signed_in(firm.memberships.get().user).get(
            reverse("cases:detail", args=[case.reference])
        )

        assert reverse("cases:detail", args=[target.reference]) in page.content.decode()


def test_how_busy_another_agencys_officers_are_does_not_show_to_who_cannot_assign_there(
    smesa, firm
):
    ida = AgencyFactory()
    case, own = led(smesa, enterprise=firm), led(ida, enterprise=firm)
    part(case, ida)
    busy = officer(Role.LEAD, agency=smesa, name="忙碌的人")
    browser, ticked = signed_in(own.lead_officer), {"case": [case.reference]}

    alone = browser.get(reverse("desk:bulk"), ticked)
    sent = browser.post(reverse("desk:bulk_assign"), {**ticked, "officer": busy.pk})
    mixed = browser.get(reverse("desk:bulk"), {"case": [case.reference, own.reference]})

    assert [page.status_code for page in (alone, sent, mixed)] == [409, 409, 200]
    assert not any(busy.name in page.content.decode() for page in (alone, sent, mixed))
    assert own.lead_officer_id in {one.user_id for one in mixed.context["officers"]}


def test_why_a_case_was_taken_back_is_not_told_to_whom_it_was_no_longer_shared(smesa, firm):
    ida = AgencyFactory()
    case = led(smesa, enterprise=firm)
    need = part(case, ida, answered=True)
    Consent.objects.create(
        case=case,
        purpose=ConsentPurpose.SHARE_WITH_AGENCIES,
        text_version="1",
        language="zh-hant",
        given_at=timezone.now(),
    )
    consents.withdraw(case_id=case.pk, purpose=ConsentPurpose.SHARE_WITH_AGENCIES, by_id=None)
    resolution.withdraw(case_id=case.pk, by_id=None, reason="qzreason 不想讓別人知道")

    shown = {
        agency: "qzreason"
        in signed_in(person).get(reverse("desk:case", args=[case.reference])).content.decode()
        for agency, person in (("ida", need.officer), ("smesa", case.lead_officer))
    }

    assert shown == {"ida": False, "smesa": True}
