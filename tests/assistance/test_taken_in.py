"""A case that goes into an account or an enterprise is followed there, and by no code any more."""

import importlib

import pytest
from django.apps import apps
from django.utils import timezone

from accounts.states import MembershipState
from assistance.models import Case
from assistance.services import access_codes, calling, intake
from ledger.relay import relay_due
from notifications.models import Message
from tests.assistance import asking as ask
from tests.factories.accounts import EnterpriseFactory, EnterpriseMembershipFactory, UserFactory
from tests.factories.assistance import CaseFactory, StatedEnterpriseFactory

pytestmark = pytest.mark.django_db
CALLER = "caller@example.test"


@pytest.fixture(autouse=True)
def catalogue(db):
    ask.catalogue()


@pytest.fixture
def owner():
    return UserFactory()


@pytest.fixture
def firm(owner):
    return EnterpriseFactory(owner=owner, name_zh="示範木業有限公司", name_en="Demo Timber")


@pytest.fixture
def called(firm):
    case = CaseFactory(
        source="phone",
        opened_by=UserFactory(staff_role="duty"),
        contact_email=CALLER,
        business_number=firm.business_number,
    )
    StatedEnterpriseFactory(case=case, enterprise=firm)
    return case


def confirm(case, owner):
    calling.confirm(
        stated_id=case.stated_enterprise.pk,
        user_id=owner.pk,
        reference=case.reference,
        contact=CALLER,
    )


def claim(case, owner):
    intake.claim_into_account(case_id=case.pk, user_id=owner.pk, enterprise_id=None)


def follow(client, case):
    session = client.session
    session["followed_cases"] = {case.reference: timezone.now().timestamp() + 60}
    session.save()


def code_for(case):
    return access_codes.send_track_code(
        reference=case.reference, contact=CALLER, language="zh-hant"
    )


def letters(**where):
    relay_due(100)
    return Message.objects.filter(email=CALLER, kind__startswith="assistance.taken_into", **where)


@pytest.mark.parametrize("goes", [confirm, claim])
def test_no_code_is_sent_and_none_opens_it(called, owner, goes):
    assert code_for(called)

    goes(called, owner)

    assert not code_for(called)
    assert not Case.objects.followed_by_code().exists()


@pytest.mark.parametrize("goes", [confirm, claim])
def test_a_browser_that_follows_it_is_told_to_sign_in(client, called, owner, goes):
    follow(client, called)
    assert client.get(f"/track/{called.reference}/").status_code == 200
    goes(called, owner)

    response = client.get(f"/en/track/{called.reference}/", follow=True)

    page = response.content.decode()
    assert response.redirect_chain == [("/en/track/", 303)]
    assert f"Case {called.reference} is in an account now. Sign in to follow it." in page
    assert called.subject not in page
    assert client.get(f"/track/{called.reference}/").status_code == 404


def test_a_browser_that_never_followed_it_learns_nothing(client, called, owner):
    confirm(called, owner)

    assert client.get(f"/track/{called.reference}/").status_code == 404


def test_the_caller_reads_where_it_is_now(called, owner):
    confirm(called, owner)

    letter = letters().get()

    assert letter.kind == "assistance.taken_into_enterprise"
    assert "示範木業有限公司" in letter.text
    assert "/my/cases/" in letter.text
    assert "/track/" not in letter.text


def test_the_address_of_a_case_reads_that_somebody_took_it(called, owner):
    claim(called, owner)

    assert letters().get().kind == "assistance.taken_into_account"


def test_who_takes_it_herself_is_not_written_to(called):
    herself = UserFactory(email=CALLER, verified=True)

    claim(called, herself)

    assert not letters().exists()


def test_who_has_left_the_enterprise_is_not_written_to(called, owner, firm):
    gone = EnterpriseMembershipFactory(enterprise=firm, user=UserFactory(email=CALLER))
    type(gone).objects.filter(pk=gone.pk).update(
        state=MembershipState.ENDED, ended_at=timezone.now()
    )

    confirm(called, owner)

    assert not letters().exists()


def test_those_taken_in_before_are_known_from_the_ledger(called, owner):
    confirm(called, owner)
    Case.objects.update(taken_in_at=None)
    other = CaseFactory()
    migration = importlib.import_module("assistance.migrations.0013_cases_taken_in_before")

    migration.note_what_the_ledger_knows(apps, None)

    called.refresh_from_db()
    other.refresh_from_db()
    assert called.taken_in_at is not None
    assert other.taken_in_at is None
