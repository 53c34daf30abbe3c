"""Six digits by e-mail: hashed, short-lived, few tries, the same answer whatever the address."""

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone

from assistance.models import AccessCode, CodePurpose
from assistance.services import access_codes, drafts
from assistance.services.access_codes import Door, Outcome
from notifications.models import Message
from notifications.services.delivery import deliver_due
from notifications.states import MessageState
from tests.assistance.asking import newest_code
from tests.factories.assistance import CaseFactory

pytestmark = pytest.mark.django_db
EMAIL = "lin@example.test"


@pytest.fixture
def door():
    return Door(CodePurpose.FILE, EMAIL, draft_id=drafts.begin(owner_id=None).draft.pk)


def send(door):
    return access_codes.send_code(door=door, language="zh-hant")


def test_the_code_is_in_the_letter_and_nowhere_else(door):
    send(door)

    code = newest_code()
    row = AccessCode.objects.get()
    assert code not in row.code_hash
    assert Message.objects.get().key == f"letter-access-code-{row.pk}"


def test_a_code_that_was_sent_is_forgotten_by_the_outbox(door):
    send(door)
    code = newest_code()

    deliver_due()

    (sent,) = mail.outbox
    letter = Message.objects.get()
    assert code in sent.body
    assert letter.state == MessageState.SENT
    assert letter.text == letter.html == ""


def test_the_right_code_opens_once(door):
    send(door)
    code = newest_code()

    assert access_codes.try_code(door=door, code=code) is Outcome.RIGHT
    assert access_codes.try_code(door=door, code=code) is Outcome.SPENT
    assert access_codes.is_confirmed(door.draft_id, EMAIL)


def test_five_wrong_tries_spend_it(door):
    send(door)
    code = newest_code()
    wrong = f"{(int(code) + 1) % 10**6:06d}"

    outcomes = [access_codes.try_code(door=door, code=wrong) for _ in range(5)]

    assert outcomes == [Outcome.WRONG] * 4 + [Outcome.SPENT]
    assert access_codes.try_code(door=door, code=code) is Outcome.SPENT
    assert not access_codes.is_confirmed(door.draft_id, EMAIL)


def test_it_ends_after_a_quarter_of_an_hour(door):
    send(door)
    code = newest_code()

    with time_machine.travel(timezone.now() + dt.timedelta(minutes=16)):
        assert access_codes.try_code(door=door, code=code) is Outcome.SPENT


def test_only_the_newest_code_counts(door):
    send(door)
    first = newest_code()
    send(door)
    second = newest_code()

    if first != second:
        assert access_codes.try_code(door=door, code=first) is Outcome.WRONG
    assert access_codes.try_code(door=door, code=second) is Outcome.RIGHT


def test_an_address_gets_at_most_five_in_an_hour(door):
    sent = [send(door) for _ in range(7)]

    assert sent == [True] * 5 + [False] * 2
    assert Message.objects.count() == 5


def test_flooding_an_address_from_drafts_does_not_lock_out_its_cases(door):
    case = CaseFactory(contact_email=EMAIL)
    for _ in range(6):
        send(door)

    assert access_codes.send_track_code(
        reference=case.reference, contact=EMAIL, language="zh-hant"
    )


def test_a_code_for_one_draft_does_not_open_another(door):
    send(door)
    other = Door(CodePurpose.FILE, EMAIL, draft_id=drafts.begin(owner_id=None).draft.pk)

    assert access_codes.try_code(door=other, code=newest_code()) is Outcome.SPENT


class TestForACase:
    @pytest.fixture
    def case(self):
        return CaseFactory(contact_email=EMAIL, contact_phone="04-2345-6789")

    def ask(self, case, contact):
        return access_codes.send_track_code(
            reference=case.reference, contact=contact, language="en"
        )

    def test_the_code_goes_to_the_address_of_the_case(self, case):
        assert self.ask(case, EMAIL)
        assert self.ask(case, "0423456789")

        assert set(Message.objects.values_list("email", flat=True)) == {EMAIL}

    @pytest.mark.parametrize("contact", ["stranger@example.test", "6789", ""])
    def test_to_others_nothing_is_sent(self, case, contact):
        assert not self.ask(case, contact)

        assert not Message.objects.exists()
        assert not AccessCode.objects.exists()

    def test_a_case_without_a_phone_is_not_opened_by_an_empty_one(self):
        case = CaseFactory(contact_phone="")

        assert not self.ask(case, "")
        assert not self.ask(case, "--------")

    def test_the_letter_speaks_the_language_of_the_page(self, case):
        self.ask(case, EMAIL)

        assert re.search(r"holds for 15 minutes", Message.objects.get().text)


def test_a_code_names_what_it_opens(door):
    now = timezone.now()

    with pytest.raises(IntegrityError), transaction.atomic():
        AccessCode.objects.create(
            purpose=CodePurpose.TRACK,
            email=EMAIL,
            draft_id=door.draft_id,
            code_hash="x",
            created_at=now,
            expires_at=now,
        )
