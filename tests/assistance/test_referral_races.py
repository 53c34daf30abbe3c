"""A referral on which two people act at the same moment: one of them acts, and nothing is shown that should not be."""

import datetime as dt

import pytest

from assistance.events import ReferralEvent
from assistance.models import Referral
from assistance.services import referral, referral_answers
from foundation.transitions import MoveNotAllowedError
from ledger.models import Entry
from tests.accounts.racing import race
from tests.factories.accounts import UserFactory
from tests.factories.referrals import ReferralFactory

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def sent():
    return ReferralFactory()


def _accept(made: Referral) -> str:
    return referral_answers.accept(referral_id=made.pk, by_id=None).state


def _recall(made: Referral, by_id: int) -> str:
    return referral.recall(referral_id=made.pk, by_id=by_id).state


def _stop(made: Referral) -> str:
    return referral.stop(referral_id=made.pk, by_id=None).state


def _lapse(made: Referral) -> int:
    return referral_answers.lapse_due(made.answer_by + dt.timedelta(days=1))


def _recorded(event: ReferralEvent) -> int:
    return Entry.objects.filter(event=event).count()


def test_accepting_and_recalling_at_once_ends_recalled(sent):
    officer = UserFactory().pk

    accepted, recalled = race(lambda: _accept(sent), lambda: _recall(sent, officer))

    # Whoever came first, it is recalled: either before she could accept, or after.
    sent.refresh_from_db()
    assert recalled == "recalled" == sent.state
    assert accepted == "accepted" or isinstance(accepted, MoveNotAllowedError)
    assert (_recorded(ReferralEvent.ACCEPTED) == 1) == (accepted == "accepted")


def test_accepting_and_the_end_of_the_clock_at_once_is_one_of_both(sent):
    accepted, lapsed = race(lambda: _accept(sent), lambda: _lapse(sent))

    sent.refresh_from_db()
    was_accepted = accepted == "accepted"
    assert was_accepted or isinstance(accepted, MoveNotAllowedError)
    assert lapsed == (0 if was_accepted else 1)
    assert sent.state == ("accepted" if was_accepted else "lapsed")
    assert _recorded(ReferralEvent.LAPSED) == lapsed


def test_an_agreement_that_ends_while_they_accept_ends_all_the_same(sent):
    accepted, stopped = race(lambda: _accept(sent), lambda: _stop(sent))

    sent.refresh_from_db()
    assert stopped == "recalled" == sent.state
    assert not sent.is_taken
    assert accepted == "accepted" or isinstance(accepted, MoveNotAllowedError)
    assert _recorded(ReferralEvent.STOPPED_BY_SME) == 1


def test_agreeing_and_recalling_at_once_shows_nothing(sent):
    asking = ReferralFactory(asking=True)

    race(
        lambda: referral.agree(referral_id=asking.pk, by_id=None, fields=["contact_phone"]),
        lambda: _recall(asking, UserFactory().pk),
    )

    asking.refresh_from_db()
    assert asking.state == "recalled"
    assert asking.answer_by is None
