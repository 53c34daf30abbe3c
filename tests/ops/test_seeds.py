"""The demonstration: made once, through the services, with something to see in every state."""

import datetime as dt

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth import authenticate
from django.core import mail
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from accounts.business_number import is_valid
from accounts.models import Enterprise, User
from accounts.permissions import standing
from accounts.roles import Role
from assistance.models import (
    Case,
    CaseMessage,
    GuidanceSystem,
    Mandate,
    Need,
    Referral,
    RoutingOutcome,
    RuleVersion,
)
from assistance.states import CaseState, MandateState, Source
from ledger.models import Delivery, Entry
from notifications.models import Message
from notifications.services.delivery import deliver_due
from notifications.states import MessageState
from sme_portal import demo
from sme_portal.seeds.demo import clock, history
from sme_portal.seeds.demo.stories import stories
from sme_portal.seeds.reference import seed_reference

pytestmark = pytest.mark.django_db

CASES = 16


@pytest.fixture
def reference():
    list(seed_reference())


@pytest.fixture
def demonstration(reference, capsys):
    call_command("seed_demo", cases=CASES)
    said = capsys.readouterr()
    assert said.err == ""


def counted():
    return [model.objects.count() for model in (Case, Entry, Message, User, Enterprise)]


def seeded_at(moment):
    """What the demonstration holds when it is made at this moment; nothing of it stays."""
    with time_machine.travel(moment, tick=False), transaction.atomic():
        history.seed(cases=CASES, seed=115, password=settings.DEMO_PASSWORD)
        told = [
            list(
                Case.objects.order_by("pk").values_list("reference", "state", "subject", "due_on")
            ),
            list(CaseMessage.objects.order_by("pk").values_list("body", "sent_at")),
            list(Entry.objects.order_by("pk").values_list("event", "at")),
        ]
        transaction.set_rollback(True)
    return told


@pytest.mark.slow
def test_the_same_seed_at_the_same_moment_tells_the_same_quarter(reference):
    present = timezone.now()

    assert seeded_at(present) == seeded_at(present)


def test_without_reference_data_it_says_what_to_do(db):
    with pytest.raises(CommandError, match="seed_reference"):
        call_command("seed_demo")


def test_it_belongs_in_a_demo_only(reference, settings):
    settings.PORTAL_DEMO = False

    with pytest.raises(CommandError, match="PORTAL_DEMO"):
        call_command("seed_demo")

    assert not User.objects.exists()


def test_the_demo_can_be_signed_in_to_and_every_state_be_looked_at(demonstration):
    for email, _who in demo.ACCOUNTS:
        assert authenticate(None, username=email, password=settings.DEMO_PASSWORD), email
    assert standing(User.objects.get(email="duty@demo.example")).has_role(Role.DUTY)

    owner = User.objects.get(email="owner.a@demo.example")
    member = User.objects.get(email="member.a@demo.example")
    hers = Case.objects.of_applicant(owner)
    assert set(hers.values_list("state", flat=True)) == set(CaseState)
    assert set(hers) == set(Case.objects.of_applicant(member))
    assert hers.open().filter(due_on__lt=timezone.localdate()).exists()


@pytest.mark.slow
def test_what_is_made_adds_up(demonstration):
    assert Case.objects.count() == CASES
    assert all(
        is_valid(number) for number in Enterprise.objects.values_list("business_number", flat=True)
    )
    # Numbers follow one another as the cases came in, and nothing lies in the future.
    asked = list(Case.objects.order_by("pk").values_list("submitted_at", "reference"))
    assert asked == sorted(asked)
    assert Entry.objects.filter(at__gt=timezone.now()).count() == 0
    times = list(Entry.objects.order_by("pk").values_list("at", flat=True))
    assert times == sorted(times)
    assert not Need.objects.filter(created_at__gt=timezone.now()).exists()
    assert CaseMessage.objects.exclude(body="").count() == CaseMessage.objects.count()


@pytest.mark.slow
def test_referrals_stand_in_every_state_and_rules_are_seen_at_work(reference, capsys):
    call_command("seed_demo", cases=43)

    assert capsys.readouterr().err == ""
    made = Referral.objects.all()
    assert set(made.values_list("state", flat=True)) == {
        *("asking", "sent", "accepted", "progress"),
        *("completed", "declined", "lapsed", "refused"),
    }
    for name in ("partner", "volunteer"):
        user = User.objects.get(email=f"{name}@demo.example")
        assert made.put_to(user).filter(state="sent").exists()
    owner = User.objects.get(email="owner.a@demo.example")
    assert made.visible_to(owner).filter(state="asking").exists()
    assert made.awaiting_duty().count() == 1
    assert set(RuleVersion.objects.values_list("state", flat=True)) == {"draft", "in_force"}
    assert not RoutingOutcome.objects.filter(placed_at=None).exists()


@pytest.mark.slow
def test_somebody_acts_for_an_enterprise_and_another_is_asked(demonstration):
    used, waiting = Mandate.objects.order_by("pk")

    assert used.state == MandateState.CONFIRMED
    assert used.requests.get().case.source == Source.MANDATE
    assert waiting.state == MandateState.ASKED
    assert used.filer == waiting.filer


@pytest.mark.slow
def test_nobody_is_written_to_about_the_past(demonstration):
    assert not Delivery.objects.pending().exists()
    assert deliver_due(1000) == 0
    assert mail.outbox == []
    assert set(Message.objects.by_email().values_list("state", flat=True)) <= {
        MessageState.SUPPRESSED
    }


@pytest.mark.slow
def test_a_second_run_adds_nothing_and_takes_over_a_new_password(demonstration, settings):
    before = counted()
    settings.DEMO_PASSWORD = "another-demo-word"

    call_command("seed_demo", cases=CASES + 5)

    assert counted() == before
    assert authenticate(None, username="owner.a@demo.example", password="another-demo-word")


def test_there_is_a_story_for_every_system_in_both_languages():
    told = stories()

    assert len(told) >= 60
    assert len({story.subject for story in told}) == len(told)
    assert {story.language for story in told} == {"zh-hant", "en"}


def test_stories_name_systems_that_exist(reference):
    known = set(GuidanceSystem.objects.values_list("code", flat=True))

    assert {code for story in stories() for code in story.systems} == known


def test_the_clock_is_right_again_afterwards():
    past = timezone.now() - dt.timedelta(days=30)

    with clock.moved_clock() as set_clock:
        set_clock(past)
        assert timezone.now() == past

    assert timezone.now() > past + dt.timedelta(days=29)
