"""What became of the referrals of a quarter: for reports, and for those who look after the network."""

from collections import Counter
from dataclasses import dataclass
from statistics import median

from django.db.models import Sum

from assistance.models import Referral, ReferralNote, UnmetSearch
from assistance.states import ReferralState
from foundation.quarters import Quarter

_HOUR = 3600


@dataclass(frozen=True, slots=True)
class ReferralFigures:
    """Referrals sent in a quarter, as they stand now.

    outcomes: completed ones by outcome code. answer_hours: median from sending to the answer.
    minutes: time reported on them. unmet: needs for which nobody was found.
    """

    sent: int
    accepted: int
    declined: int
    lapsed: int
    recalled: int
    waiting: int
    outcomes: dict[str, int]
    answer_hours: float | None
    minutes: int
    unmet: int

    @property
    def completed(self) -> int:
        return sum(self.outcomes.values())


def referral_figures(quarter: Quarter) -> ReferralFigures:
    """Count the referrals sent in a quarter; what the SME did not agree to was never sent."""
    sent = Referral.objects.filter(sent_at__gte=quarter.starts_at, sent_at__lt=quarter.ends_at)
    rows = list(sent.values_list("state", "outcome", "sent_at", "accepted_at", "settled_at"))
    states = Counter(state for state, *_rest in rows)
    answers = [
        (accepted_at or settled_at, sent_at)
        for state, _outcome, sent_at, accepted_at, settled_at in rows
        if accepted_at or state == ReferralState.DECLINED
    ]
    hours = [(at - since).total_seconds() / _HOUR for at, since in answers if at and since]
    minutes = ReferralNote.objects.filter(referral__in=sent).aggregate(n=Sum("minutes"))["n"]
    return ReferralFigures(
        sent=len(rows),
        accepted=sum(1 for row in rows if row[3]),
        declined=states[ReferralState.DECLINED],
        lapsed=states[ReferralState.LAPSED],
        recalled=states[ReferralState.RECALLED],
        waiting=states[ReferralState.SENT],
        outcomes=dict(Counter(outcome for _state, outcome, *_rest in rows if outcome)),
        answer_hours=median(hours) if hours else None,
        minutes=minutes or 0,
        unmet=UnmetSearch.objects.all().unmet_in(quarter).count(),
    )
