"""From asking to a case: the service, the pages, and what staff open for a caller."""

import datetime as dt
import uuid
from urllib.parse import urlencode

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
    Draft,
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
from assistance.states import CaseState, Side, Source
from foundation.working_days import add_working_days
from ledger.models import Entry
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance import asking as ask
from tests.factories.accounts import (
    BranchFactory,
    EnterpriseFactory,
    StaffMembershipFactory,
    UserFactory,
)
from tests.factories.assistance import CaseFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def catalogue(db):
    ask.catalogue()


@pytest.fixture
def owner():
    return UserFactory(name="林雅雯")


@pytest.fixture
def enterprise(owner):
    return EnterpriseFactory(
        owner=owner, name_zh="示範木業有限公司", industry="C", county="nantou"
    )


def entries(case):
    return Entry.objects.filter(stream=f"assistance.case:{case.pk}")


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

        entry = entries(case).get()
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
        assert entries(first).count() == 1

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

    def test_it_takes_at_most_twelve_queries_and_one_for_the_papers(self):
        draft = drafts.begin(owner_id=None).draft
        add_working_days(timezone.localdate(), 1)

        with CaptureQueriesContext(connection) as caught:
            ask.submit(draft_id=draft.pk)

        told = [one["sql"] for one in caught.captured_queries if "SAVEPOINT" not in one["sql"]]
        assert len(told) <= 13, "\n".join(told)

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
        assert entries(case).last().event == CaseEvent.CLAIMED_INTO_ACCOUNT

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


class TestPages:
    def test_a_guest_asks_from_the_first_page_to_the_number(self, client):
        response = ask.ask_as_guest(client)

        case = Case.objects.get()
        assert response.status_code == 303
        assert response["Location"] == f"/request/done/{case.reference}/"
        page = client.get(response["Location"]).content.decode()
        assert case.reference in page
        assert case.contact_email == ask.EMAIL
        assert case.industry == "C"
        assert case.applicant is None

    def test_nothing_is_sent_before_the_address_is_confirmed(self, client):
        ask.answer_all(client)

        response = client.get("/request/check/")

        assert response["Location"] == "/request/confirm/"
        assert not Case.objects.exists()

    def test_an_owner_is_not_asked_what_her_account_knows(self, client, owner, enterprise):
        client.force_login(owner)
        factory = BranchFactory(enterprise=enterprise, kind="factory", county="changhua")
        answers = {
            "problem": ask.ANSWERS["problem"],
            "hopes": {"hoped_for": ""},
            "system": {"unsure": "on"},
            "enterprise": {"enterprise": str(enterprise.pk)},
            "branch": {"branch": str(factory.pk)},
            "papers": {},
            "contact": {"name": "林雅雯", "email": owner.email},
        }

        ask.answer_all(client, answers)
        response = ask.send(client)

        case = Case.objects.get()
        assert response["Location"] == f"/request/done/{case.reference}/"
        assert case.enterprise == enterprise
        assert case.branch == factory
        assert case.county == "changhua"
        assert case.business_number == enterprise.business_number
        assert case.applicant == owner

    def test_another_enterprise_cannot_be_chosen(self, client, owner, enterprise):
        foreign = EnterpriseFactory()
        client.force_login(owner)
        ask.answer_all(client, {"problem": ask.ANSWERS["problem"]})

        response = client.post("/request/enterprise/", {"enterprise": str(foreign.pk)})

        assert response.status_code == 422

    def test_a_branch_of_another_enterprise_cannot_be_chosen(self, client, owner, enterprise):
        BranchFactory(enterprise=enterprise)
        foreign = BranchFactory()
        client.force_login(owner)
        ask.answer_all(client, {"enterprise": {"enterprise": str(enterprise.pk)}})

        response = client.post("/request/branch/", {"branch": str(foreign.pk)})

        assert response.status_code == 422

    def test_the_register_fills_in_the_name(self, client):
        ask.answer_all(client, until="details")

        page = client.get("/request/details/").content.decode()

        assert "示範乙精密股份有限公司" in page

    def test_a_changed_answer_leads_back_to_the_last_page(self, client):
        ask.answer_all(client)
        ask.confirm(client)

        response = client.post("/request/hopes/", {"hoped_for": "想要有人來看看", "back": "check"})

        assert response["Location"] == "/request/check/"
        assert "想要有人來看看" in client.get("/request/check/").content.decode()

    def test_consent_is_asked_for_and_the_page_kept(self, client):
        ask.answer_all(client)
        ask.confirm(client)

        response = ask.send(client, share_with_agencies="")

        assert response.status_code == 422
        assert not Case.objects.exists()

    def test_sending_twice_makes_one_case_and_leads_to_it(self, client):
        ask.answer_all(client)
        ask.confirm(client)
        key = str(uuid.uuid4())
        sent = {"idempotency_key": key, **ask.CONSENT}

        first = client.post("/request/check/", sent)
        second = client.post("/request/check/", sent)

        assert Case.objects.count() == 1
        assert first["Location"] == second["Location"]

    def test_a_case_she_may_see_is_shown_before_sending_again(self, client, owner, enterprise):
        before = CaseFactory(
            enterprise=enterprise,
            lead_agency=Agency.objects.get(is_coordinator=True),
            main_system=SystemEdition.objects.current().get(system__code="financing").system,
        )
        client.force_login(owner)
        answers = {
            "problem": ask.ANSWERS["problem"],
            "hopes": {},
            "system": {"systems": ["financing"]},
            "enterprise": {"enterprise": str(enterprise.pk)},
            "papers": {},
            "contact": {"name": "林雅雯", "email": owner.email},
        }
        ask.answer_all(client, answers)

        page = client.get("/request/check/").content.decode()

        assert before.reference in page
        assert ask.send(client).status_code == 303
        assert Case.objects.latest("pk").suspected_duplicate_of == before

    def test_a_guest_does_not_learn_of_another_persons_case(self, client):
        other = ask.submit(asking=ask.asking(contact_email="else@example.test"))
        ask.answer_all(client)
        ask.confirm(client)

        page = client.get("/request/check/").content.decode()

        assert other.reference not in page
        ask.send(client)
        assert Case.objects.latest("pk").suspected_duplicate_of == other

    def test_a_stranger_does_not_see_the_confirmation(self, client, django_user_model):
        case = ask.submit()

        assert client.get(f"/request/done/{case.reference}/").status_code == 404
        client.force_login(UserFactory())
        assert client.get(f"/request/done/{case.reference}/").status_code == 404

    def test_the_hint_names_the_system_and_the_reason(self, client):
        page = client.post("/request/suggest/", {"description": ask.STORY}).content.decode()

        assert "財務融通" in page
        assert "貸款" in page

    def test_unknown_steps_are_not_found(self, client):
        assert client.get("/request/nonsense/").status_code == 404
        assert client.post("/request/nonsense/", {}).status_code == 404

    @pytest.mark.parametrize("prefix", ["", "/en"])
    @pytest.mark.parametrize("step", [*ask.ANSWERS, "subject"])
    def test_every_page_is_drawn_in_both_languages(self, client, prefix, step):
        ask.answer_all(client)

        response = client.get(f"{prefix}/request/{step}/")

        assert response.status_code == 200


class TestBadInput:
    def test_too_long_a_story_is_refused_and_kept(self, client):
        story = "貸款" * 2001

        response = client.post("/request/problem/", {"description": story})

        assert response.status_code == 422
        assert story in response.content.decode()

    @pytest.mark.parametrize("text", ["\x00", "\ud800", "\u3164", "\u202e", "𠮷" * 4001])
    @pytest.mark.parametrize(
        ("step", "name"),
        [
            ("problem", "description"),
            ("subject", "subject"),
            ("details", "name"),
            ("contact", "name"),
            ("contact", "email"),
            ("business", "business_number"),
            ("system", "systems"),
            ("enterprise", "enterprise"),
        ],
    )
    def test_hostile_text_is_refused_in_words(self, client, step, name, text):
        said = {**ask.ANSWERS.get(step, {}), name: text}
        body = urlencode(said, doseq=True, errors="surrogatepass")

        response = client.post(
            f"/request/{step}/", body, content_type="application/x-www-form-urlencoded"
        )

        # A lone surrogate cannot be sent in UTF-8: what arrives is read as U+FFFD.
        assert response.status_code in {400, 422} or (
            text == "\ud800" and response.status_code == 303
        )

    def test_versions_and_drafts_that_are_nonsense_do_no_harm(self, client):
        client.post("/request/begin/")

        response = client.post(
            "/request/problem/",
            {"description": ask.STORY, "version": "9" * 400, "draft": "no-uuid"},
        )

        assert response.status_code == 409
        assert ask.STORY in response.content.decode()


class TestForACaller:
    @pytest.fixture
    def officer(self):
        smesa = Agency.objects.get(is_coordinator=True)
        return StaffMembershipFactory(role="duty", agency=smesa).user

    def said(self, **changed):
        return {
            "idempotency_key": str(uuid.uuid4()),
            "source": "phone",
            "description": ask.STORY,
            "enterprise_name": "示範丙茶行",
            "contact_name": "陳假名",
            "contact_email": "chen@example.test",
            "language": "zh-hant",
            "agreed": "on",
            **changed,
        }

    def test_staff_open_a_case_and_the_source_is_kept(self, client, officer):
        client.force_login(officer)

        response = client.post("/desk/new/", self.said())

        case = Case.objects.get()
        assert response.status_code == 303
        assert case.source == Source.PHONE
        assert case.opened_by == officer
        assert case.applicant is None
        assert entries(case).get().actor_id == officer.pk

    def test_a_known_business_number_ties_the_case_to_the_enterprise(self, client, officer):
        known = EnterpriseFactory(business_number="99990010")
        client.force_login(officer)

        client.post("/desk/new/", self.said(business_number="99990010"))

        assert Case.objects.get().enterprise == known

    def test_without_the_callers_consent_nothing_is_opened(self, client, officer):
        client.force_login(officer)

        response = client.post("/desk/new/", self.said(agreed=""))

        assert response.status_code == 422
        assert ask.STORY in response.content.decode()
        assert not Case.objects.exists()

    def test_those_whose_role_does_not_open_cases_are_turned_away(self, client, owner):
        client.force_login(owner)

        assert client.get("/desk/new/").status_code == 403


def test_the_dates_after_sending_count_from_that_day(client):
    case = ask.submit()
    Case.objects.filter(pk=case.pk).update(due_on=dt.date(2030, 1, 1))
    session = client.session
    session["followed_cases"] = {case.reference: timezone.now().timestamp() + 60}
    session.save()

    page = client.get(f"/en/request/done/{case.reference}/").content.decode()

    assert case.due_on.strftime("%Y-%m-%d") in page
    assert "2030-01-01" not in page


def test_an_abandoned_draft_is_not_a_case(client):
    ask.answer_all(client, until="papers")

    assert Draft.objects.count() == 1
    assert not Case.objects.exists()
