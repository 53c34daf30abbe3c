"""From an asking to a case: the service, and taking a guest's case into an account."""

import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.models import Agency
from assistance.events import CaseEvent
from assistance.models import (
    Case,
    ClockSpan,
    Consent,
    RoutingOutcome,
    SystemEdition,
)
from assistance.services import drafts, intake
from assistance.services.errors import (
    AlreadyInAnAccountError,
    AnotherBusinessNumberError,
    DraftAlreadySubmittedError,
    NobodyCoordinatesError,
)
from assistance.states import CaseState, Side
from foundation.working_days import add_working_days
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance import asking as ask
from tests.factories.accounts import (
    StaffMembershipFactory,
    UserFactory,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_systems")]


class TestSubmit:
    def test_a_case_begins_with_a_number_dates_and_the_coordinating_agency(self):
        today = timezone.localdate()

        case = ask.submit()

        promise = SystemEdition.objects.current().get(system__code="financing")
        assert case.state == CaseState.SUBMITTED
        assert case.reference == f"A{today.year - 1911}-{today.month:02d}-00001"
        assert case.lead_agency == Agency.objects.get(is_coordinator=True)
        assert case.main_system == promise.system
        assert case.due_on == add_working_days(today, promise.first_answer_days)
        assert case.due_kind == "first_answer"
        assert case.resolution_due_on == add_working_days(today, promise.resolution_days)
        assert list(case.wanted_systems.values_list("code", flat=True)) == ["financing"]
        assert ClockSpan.objects.get(case=case, ended_at=None).side == Side.AGENCY

    def test_it_is_recorded_without_a_word_of_what_was_typed(self, owner):
        case = ask.submit(applicant_id=owner.pk)

        entry = ask.entries(case).get()
        assert entry.event == CaseEvent.SUBMITTED
        assert entry.actor_id == owner.pk
        assert entry.facts == {
            "systems": ["financing"],
            "source": "web",
            "files": 0,
            "unsure": False,
        }

    def test_consents_are_kept_purpose_by_purpose_with_the_version_of_the_text(self):
        case = ask.submit()

        kept = Consent.objects.filter(case=case).order_by("purpose")
        assert [one.purpose for one in kept] == ["handle", "share_with_agencies"]
        assert {one.text_version for one in kept} == {intake.CONSENT_VERSION}

    def test_what_was_suggested_is_kept_beside_what_was_chosen(self):
        asked = ask.asking(system_codes=("marketing",))

        case = ask.submit(asking=asked)

        outcome = RoutingOutcome.objects.get(case=case)
        assert outcome.suggested[0] == "financing"
        assert outcome.chosen_by_sme == ["marketing"]

    def test_who_does_not_know_the_system_gets_the_best_suggestion(self):
        case = ask.submit(asking=ask.asking(system_codes=(), is_unsure=True))

        assert case.is_unsure_of_system
        assert case.main_system.code == "financing"
        assert not case.wanted_systems.exists()

    def test_words_that_point_nowhere_still_make_a_case_with_the_usual_promise(self):
        asked = ask.asking(description="您好", system_codes=(), is_unsure=True, industry="")

        case = ask.submit(asking=asked)

        assert case.main_system is None
        assert case.due_on is not None

    def test_the_title_is_the_first_sentence_unless_she_gave_one(self):
        untitled = ask.submit()
        titled = ask.submit(asking=ask.asking(subject="要周轉金"))

        assert untitled.subject.startswith("接到德國客戶的大訂單")
        assert len(untitled.subject) <= 40
        assert titled.subject == "要周轉金"

    def test_it_is_found_by_its_words(self):
        case = ask.submit()

        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT search @@ '''鋁材'''::tsquery, search @@ '''99990009'''::tsquery"
                " FROM assistance_case WHERE id = %s",
                [case.pk],
            )
            assert cursor.fetchone() == (True, True)

    def test_the_same_key_makes_one_case(self):
        key = uuid.uuid4()

        first, second = ask.submit(key=key), ask.submit(key=key)

        assert first == second
        assert Case.objects.count() == 1
        assert ask.entries(first).count() == 1

    def test_a_draft_goes_out_once_whatever_the_key(self):
        draft = drafts.begin(owner_id=None).draft
        ask.submit(draft_id=draft.pk)

        with pytest.raises(DraftAlreadySubmittedError):
            ask.submit(draft_id=draft.pk)

        assert Case.objects.count() == 1
        draft.refresh_from_db()
        assert draft.answers == {}

    def test_without_a_coordinating_agency_nothing_is_kept(self):
        Agency.objects.filter(is_coordinator=True).update(is_coordinator=False)

        with pytest.raises(NobodyCoordinatesError):
            ask.submit()

        assert not Case.objects.exists()

    def test_an_open_case_of_the_same_business_and_system_is_suspected(self):
        first = ask.submit()

        again = ask.submit(asking=ask.asking(contact_email="other@example.test"))
        elsewhere = ask.submit(asking=ask.asking(business_number="99990010"))

        assert again.suspected_duplicate_of == first
        assert elsewhere.suspected_duplicate_of is None

    def test_a_settled_case_or_another_system_is_no_duplicate(self):
        first = ask.submit()
        Case.objects.filter(pk=first.pk).update(state=CaseState.WITHDRAWN, due_on=None)
        other = ask.submit(
            asking=ask.asking(
                system_codes=("marketing",), description="想把茶葉賣到國外的通路，需要行銷。"
            )
        )

        assert other.suspected_duplicate_of is None
        assert ask.submit().suspected_duplicate_of is None

    def test_it_takes_six_trips_to_the_database(self):
        draft = drafts.begin(owner_id=None).draft
        add_working_days(timezone.localdate(), 1)

        with CaptureQueriesContext(connection) as caught:
            ask.submit(draft_id=draft.pk)

        told = [one["sql"] for one in caught.captured_queries if "SAVEPOINT" not in one["sql"]]
        assert len(told) <= 6, "\n".join(told)

    def test_receipt_and_notice_to_the_officers_on_duty_are_written(self):
        smesa = Agency.objects.get(is_coordinator=True)
        duty = StaffMembershipFactory(role="duty", agency=smesa).user
        officer = StaffMembershipFactory(role="officer", agency=smesa).user

        case = ask.submit()
        relay_due(100)

        receipt = Message.objects.get(email=ask.EMAIL, channel="email")
        assert case.reference in receipt.subject
        assert "7" in receipt.text or receipt.text
        assert f"/track/?number={case.reference}" in receipt.text
        assert Message.objects.filter(user=duty, kind="assistance.case.arrived").exists()
        assert not Message.objects.filter(user=officer).exists()


class TestClaimIntoAccount:
    def test_a_guests_case_moves_into_account_and_enterprise(self, owner, enterprise):
        number = enterprise.business_number
        case = ask.submit(asking=ask.asking(business_number=number))

        intake.claim_into_account(case_id=case.pk, user_id=owner.pk, enterprise_id=enterprise.pk)

        case.refresh_from_db()
        assert (case.applicant, case.enterprise) == (owner, enterprise)
        assert ask.entries(case).last().event == CaseEvent.CLAIMED_INTO_ACCOUNT

    def test_a_case_that_has_an_account_is_not_taken(self, owner):
        case = ask.submit(applicant_id=owner.pk)

        with pytest.raises(AlreadyInAnAccountError):
            intake.claim_into_account(
                case_id=case.pk, user_id=UserFactory().pk, enterprise_id=None
            )

    def test_a_case_of_another_business_number_is_refused(self, owner, enterprise):
        case = ask.submit(asking=ask.asking(business_number="99990010"))

        with pytest.raises(AnotherBusinessNumberError):
            intake.claim_into_account(
                case_id=case.pk, user_id=owner.pk, enterprise_id=enterprise.pk
            )

        case.refresh_from_db()
        assert case.applicant is None
