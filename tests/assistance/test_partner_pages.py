"""The pages of partners and volunteers, before, during and after a referral; and links by e-mail."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from assistance.models import LinkPurpose, Referral, ReferralLink
from assistance.services import referral, referral_answers, referral_links
from assistance.services.errors import LinkSpentError, NobodyToWriteToError
from assistance.services.referral import Request
from assistance.states import ReferralState
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance.desk import officer, signed_in
from tests.factories.accounts import EnterpriseFactory, UserFactory
from tests.factories.assistance import CaseFactory, CoordinatorFactory
from tests.factories.catalogue import EditionFactory, SystemFactory
from tests.factories.network import OrganisationFactory, OrganisationMembershipFactory
from tests.factories.referrals import ReferralFactory, can_help
from tests.factories.volunteers import VolunteerFactory

pytestmark = pytest.mark.django_db

PRIVATE = ("隱私木業", "林隱私", "0911-222-333", "private@example.test", "隱私的說明")


@pytest.fixture
def system():
    made = SystemFactory(code="financing", number=1)
    EditionFactory(system=made, short_zh="財務融通", short_en="Financing")
    return made


@pytest.fixture
def case():
    return CaseFactory(
        in_progress=True,
        lead_agency=CoordinatorFactory(),
        lead_officer=officer("lead"),
        enterprise=EnterpriseFactory(owner=UserFactory(), regular_staff=18),
        enterprise_name="隱私木業",
        contact_name="林隱私",
        contact_phone="0911-222-333",
        contact_email="private@example.test",
        description="隱私的說明",
        district="大里區",
        industry="C",
    )


@pytest.fixture
def partner():
    return OrganisationMembershipFactory(organisation=OrganisationFactory()).user


def _put_to(partner, case, system, **traits) -> Referral:
    return ReferralFactory(
        case=case,
        system=system,
        organisation=partner.organisation_memberships.get().organisation,
        referred_by=case.lead_officer,
        **traits,
    )


def _page(client, made: Referral):
    return client.get(reverse("partner:referral", args=[made.pk]))


def _shows(answer) -> set[str]:
    return {word for word in PRIVATE if word in answer.content.decode()}


def test_before_acceptance_the_card_tells_place_trade_size_and_nothing_more(partner, case, system):
    client, made = signed_in(partner), _put_to(partner, case, system)

    for answer in (client.get(reverse("partner:inbox")), _page(client, made)):
        page = answer.content.decode()
        assert "大里區" in page
        assert "製造業" in page
        assert "18 人" in page
        assert "財務融通" in page
        assert made.asked[:10] in page
        assert not _shows(answer)


def test_once_accepted_exactly_what_she_agreed_to_is_shown(partner, case, system):
    client, made = signed_in(partner), _put_to(partner, case, system)

    answer = client.post(reverse("partner:accept", args=[made.pk]), follow=True)

    assert _shows(answer) == {"林隱私", "0911-222-333"}
    # The list of cards never shows any of it.
    assert not _shows(client.get(reverse("partner:inbox")))


@pytest.mark.parametrize("trait", ["asking", "declined", "lapsed", "completed"])
def test_before_and_after_it_is_not_there_for_the_receiver(partner, case, system, trait):
    client, made = signed_in(partner), _put_to(partner, case, system, **{trait: True})

    assert _page(client, made).status_code == 404
    for act in ("accept", "decline", "report", "complete"):
        url = reverse(f"partner:{act}", args=[made.pk])
        assert client.post(url).status_code == 404
    assert not _shows(client.get(reverse("partner:inbox")))


def test_a_partner_of_another_organisation_finds_nothing(case, system, partner):
    made = _put_to(partner, case, system, accepted=True)
    stranger = OrganisationMembershipFactory(organisation=OrganisationFactory()).user

    assert _page(signed_in(stranger), made).status_code == 404


def test_who_left_the_organisation_answers_nothing_more(case, system, partner):
    made = _put_to(partner, case, system, accepted=True)
    partner.organisation_memberships.update(ended_at=timezone.now())

    assert _page(signed_in(partner), made).status_code == 403


def test_a_volunteer_sees_her_referrals_while_her_term_runs(case, system):
    volunteer = VolunteerFactory(serving=True)
    made = ReferralFactory(case=case, system=system, organisation=None, volunteer=volunteer)
    client = signed_in(volunteer.user)

    assert _page(client, made).status_code == 200
    volunteer.terms.update(ends_on=timezone.localdate().replace(year=2020), starts_on="2019-01-01")
    assert _page(client, made).status_code == 403


def test_after_signing_in_a_partner_lands_where_she_is_asked(partner):
    assert signed_in(partner).get(reverse("start"))["Location"] == reverse("partner:inbox")
    assert signed_in(UserFactory()).get(reverse("start"))["Location"] == reverse("home")


def test_declining_takes_one_tap_on_a_reason(partner, case, system):
    client, made = signed_in(partner), _put_to(partner, case, system)

    answer = client.post(reverse("partner:decline", args=[made.pk]), {"reason": "too_far"})

    made.refresh_from_db()
    assert (answer.status_code, made.state) == (303, "declined")


@pytest.mark.parametrize("data", [{}, {"reason": "never-was"}, {"reason": "other"}])
def test_declining_without_a_reason_is_shown_again(partner, case, system, data):
    client, made = signed_in(partner), _put_to(partner, case, system)

    assert client.post(reverse("partner:decline", args=[made.pk]), data).status_code == 422


def test_what_was_recalled_meanwhile_is_a_404_not_a_500(partner, case, system):
    client, made = signed_in(partner), _put_to(partner, case, system)
    referral.recall(referral_id=made.pk, by_id=None)

    assert client.post(reverse("partner:accept", args=[made.pk])).status_code == 404


def test_reports_add_up_and_the_same_form_sent_twice_counts_once(partner, case, system):
    client, made = signed_in(partner), _put_to(partner, case, system, accepted=True)
    page = _page(client, made).content.decode()
    key = re.search(r'name="idempotency_key" value="([^"]+)"', page)[1]
    form = {
        "idempotency_key": key,
        "body": "看了報表",
        "minutes": "45",
        "worked_on": timezone.localdate().isoformat(),
    }

    for _ in range(2):
        client.post(reverse("partner:report", args=[made.pk]), form)

    assert [note.minutes for note in made.notes.all()] == [45]


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": "", "minutes": ""},
        {"minutes": "-1"},
        {"minutes": "99999999999999999999"},
        {"minutes": "many"},
        {"worked_on": "3026-01-01"},
        {"worked_on": "yesterday"},
        {"body": "x" * 2001},
        {"body": "a\x00b"},
    ],
    ids=str,
)
def test_a_wrong_report_is_shown_again_with_what_was_typed(partner, case, system, wrong):
    client, made = signed_in(partner), _put_to(partner, case, system, accepted=True)
    form = {
        "idempotency_key": "6f5902ac-237c-4d8a-9f2b-6f5902ac237c",
        "body": "看了報表",
        "minutes": "45",
        "worked_on": timezone.localdate().isoformat(),
    }

    answer = client.post(reverse("partner:report", args=[made.pk]), form | wrong)

    assert answer.status_code == 422
    assert not made.notes.exists()


def test_the_outcome_ends_what_the_receiver_sees(partner, case, system):
    client, made = signed_in(partner), _put_to(partner, case, system, accepted=True)

    client.post(
        reverse("partner:complete", args=[made.pk]),
        {"outcome": "solved", "text": "已核貸。", "minutes": "30"},
    )

    made.refresh_from_db()
    assert made.state == ReferralState.COMPLETED
    assert _page(client, made).status_code == 404
    inbox = client.get(reverse("partner:inbox"))
    assert "已解決" in inbox.content.decode()
    assert not _shows(inbox)


@pytest.mark.parametrize("many", [1, 15])
def test_the_inbox_costs_the_same_however_much_stands_in_it(
    partner, case, system, many, django_assert_max_num_queries
):
    for _ in range(many):
        own = CaseFactory(in_progress=True, enterprise=EnterpriseFactory(owner=UserFactory()))
        _put_to(partner, own, system)
        _put_to(partner, case, system, completed=True)
    client = signed_in(partner)
    client.get(reverse("partner:inbox"))

    with django_assert_max_num_queries(12):
        client.get(reverse("partner:inbox"))


# Organisations without an account


@pytest.fixture
def by_mail(case, system) -> Referral:
    organisation = can_help(email="centre@example.test")
    return referral.propose(
        case_id=case.pk,
        system_id=system.pk,
        need_id=None,
        by_id=case.lead_officer_id,
        request=Request(
            kind="organisation",
            receiver_id=organisation.pk,
            asked="請看財務報表。",
            fields=("contact_name", "contact_phone"),
            consent_on=timezone.localdate(),
        ),
    )


def _secret() -> str:
    letter = Message.objects.filter(email="centre@example.test").order_by("pk").last()
    return re.search(r"/partner/link/([\w-]+)/", letter.text)[1]


def _link(act: str, secret: str) -> str:
    return reverse(f"partner:{act}", args=[secret])


def test_the_letter_names_nothing_of_the_sme(by_mail):
    letter = Message.objects.get(email="centre@example.test")

    assert not any(word in letter.subject + letter.text + letter.html for word in PRIVATE)


def test_looking_at_a_link_changes_nothing_however_often(by_mail, client):
    secret = _secret()

    for _ in range(3):
        answer = client.get(_link("link", secret))
        assert answer.status_code == 200
        assert not _shows(answer)

    by_mail.refresh_from_db()
    assert by_mail.state == ReferralState.SENT
    assert ReferralLink.objects.get().used_at is None


def test_a_link_answers_once_and_a_second_letter_leads_to_the_sme(by_mail, client):
    first = _secret()

    assert client.post(_link("link_accept", first)).status_code == 200
    assert client.post(_link("link_accept", first)).status_code == 409
    assert client.get(_link("link", first)).status_code == 404

    second = _secret()
    assert second != first
    assert _shows(client.get(_link("link", second))) == {"林隱私", "0911-222-333"}
    assert client.get(_link("link", second))["Cache-Control"].startswith("max-age=0")

    done = {"outcome": "advised", "text": "已說明。", "minutes": ""}
    assert client.post(_link("link_complete", second), done).status_code == 200
    assert client.get(_link("link", second)).status_code == 404
    by_mail.refresh_from_db()
    assert (by_mail.state, by_mail.outcome) == ("completed", "advised")


def test_a_link_declines_with_a_reason(by_mail, client):
    secret = _secret()

    assert client.post(_link("link_decline", secret), {}).status_code == 422
    assert client.post(_link("link_decline", secret), {"reason": "no_time"}).status_code == 200

    by_mail.refresh_from_db()
    assert by_mail.state == ReferralState.DECLINED


def test_a_link_to_answer_does_not_report_and_the_other_way_round(by_mail, client):
    secret = _secret()
    done = {"outcome": "advised", "text": "x", "minutes": ""}

    assert client.post(_link("link_complete", secret), done).status_code == 409

    by_mail.refresh_from_db()
    assert by_mail.state == ReferralState.SENT
    assert ReferralLink.objects.get().used_at is None


def test_a_link_dies_with_its_days_and_with_its_referral(by_mail, client):
    secret = _secret()
    ReferralLink.objects.update(expires_at=timezone.now())
    assert client.get(_link("link", secret)).status_code == 404

    referral_links.send_again(referral_id=by_mail.pk, by_id=None)
    fresh = _secret()
    assert client.get(_link("link", fresh)).status_code == 200
    referral.recall(referral_id=by_mail.pk, by_id=None)
    assert client.get(_link("link", fresh)).status_code == 404
    with pytest.raises(LinkSpentError):
        referral_answers.answer_by_link(secret=fresh, accepts=True)


def test_only_a_digest_of_the_secret_is_kept(by_mail):
    link = ReferralLink.objects.get()

    assert link.purpose == LinkPurpose.ANSWER
    assert _secret() not in link.secret_hash


def test_who_has_an_account_gets_no_link(partner, case, system):
    made = _put_to(partner, case, system)

    with pytest.raises(NobodyToWriteToError):
        referral_links.send_again(referral_id=made.pk, by_id=None)
    relay_due(100)
    assert not ReferralLink.objects.exists()
