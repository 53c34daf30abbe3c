"""The figures of a quarter's referrals, counted by hand."""

import datetime as dt

import pytest
from django.utils import timezone

from assistance.models import ReferralNote
from assistance.statistics.referrals import referral_figures
from foundation.quarters import Quarter
from tests.factories.referrals import ReferralFactory

pytestmark = pytest.mark.django_db


def test_a_quarter_without_referrals_has_zeros_and_no_median():
    figures = referral_figures(Quarter.of(timezone.localdate()))

    assert (figures.sent, figures.completed, figures.answered, figures.minutes) == (0, 0, 0, 0)
    assert figures.wait_days is None


def test_referrals_count_in_the_quarter_in_which_they_were_sent():
    now = timezone.now()
    for hours in (1, 3):
        ReferralFactory(completed=True, accepted_at=now + dt.timedelta(hours=hours))
    declined = ReferralFactory(declined=True, settled_at=now + dt.timedelta(hours=9))
    ReferralFactory(lapsed=True)
    ReferralFactory()
    ReferralFactory(asking=True)
    ReferralFactory(sent_at=now - dt.timedelta(days=200))
    ReferralNote.objects.create(
        referral=declined, minutes=45, worked_on=timezone.localdate(), written_at=now
    )

    figures = referral_figures(Quarter.of(timezone.localdate()))

    assert (figures.sent, figures.accepted, figures.declined) == (5, 2, 1)
    assert (figures.lapsed, figures.waiting, figures.recalled) == (1, 1, 0)
    assert figures.outcomes == {"solved": 2}
    assert figures.reasons == {"no_time": 1}
    assert figures.wait_days == pytest.approx(3 / 24, abs=0.01)
    assert (figures.answered, figures.is_few, figures.minutes) == (3, True, 45)
