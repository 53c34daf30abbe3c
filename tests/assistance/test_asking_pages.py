"""The pages on which an SME asks, one question each, up to the number."""

import datetime as dt
import uuid
from urllib.parse import urlencode

import pytest
from django.utils import timezone

from accounts.models import Agency
from assistance.models import (
    Case,
    Draft,
    SystemEdition,
)
from tests.assistance import asking as ask
from tests.factories.accounts import (
    BranchFactory,
    EnterpriseFactory,
    UserFactory,
)
from tests.factories.assistance import CaseFactory

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("two_systems")]


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
