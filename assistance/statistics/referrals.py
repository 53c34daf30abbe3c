"""What became of the referrals of a quarter: for reports, and for those who look after the network.

A referral counts in the quarter in which it was sent, as it stands now. Each figure is one
condition, used for the number and for the list behind it alike.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Aggregate, Count, DurationField, ExpressionWrapper, F, Q, Sum
from django.db.models.functions import Coalesce

from assistance.models import Referral, ReferralNote
from assistance.models.referral import ReferralQuerySet
from assistance.states import TAKEN_STATES, ReferralDecline, ReferralOutcome, ReferralState
from foundation.quarters import Quarter

# With fewer, a median says more about single referrals than about the unit.
FEW = 10
FIGURES: dict[str, Q] = {
    "sent": Q(sent_at__isnull=False),
    "waiting": Q(state=ReferralState.SENT),
    "accepted": Q(accepted_at__isnull=False),
    "helping": Q(state__in=TAKEN_STATES),
    "completed": Q(state=ReferralState.COMPLETED),
    "declined": Q(state=ReferralState.DECLINED),
    "lapsed": Q(state=ReferralState.LAPSED),
    "recalled": Q(state=ReferralState.RECALLED),
}
_ANSWERED = FIGURES["accepted"] | FIGURES["declined"]
GROUPS: dict[str, tuple[str, ...]] = {
    "county": ("case__county",),
    "topic": ("system_id",),
    "unit": ("organisation_id", "volunteer_id"),
}
Key = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class ReferralFigures:
    """Referrals sent in a quarter, as they stand now.

    accepted: all that were, whatever came after. outcomes, reasons: completed and declined ones
    by code. wait: median from sending to the answer. minutes: time reported on them.
    """

    sent: int = 0
    waiting: int = 0
    accepted: int = 0
    helping: int = 0
    completed: int = 0
    declined: int = 0
    lapsed: int = 0
    recalled: int = 0
    answered: int = 0
    wait: timedelta | None = None
    outcomes: dict[str, int] = field(default_factory=dict)
    reasons: dict[str, int] = field(default_factory=dict)
    minutes: int = 0

    @property
    def wait_days(self) -> float | None:
        """The median in days of 24 hours."""
        return self.wait / timedelta(days=1) if self.wait is not None else None

    @property
    def is_few(self) -> bool:
        return self.answered < FEW


class _Median(Aggregate):
    template = "percentile_cont(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = DurationField()


def referral_figures(quarter: Quarter, rows: ReferralQuerySet | None = None) -> ReferralFigures:
    """The figures of a quarter over these referrals, or all: two queries."""
    return _figures(quarter, rows, ()).get((), ReferralFigures())


def figures_by(
    group: str, quarter: Quarter, rows: ReferralQuerySet | None = None
) -> dict[Key, ReferralFigures]:
    """The figures for each county, topic or unit: two queries.

    Keys: (county,), (system id,), (organisation id, volunteer id).
    """
    return _figures(quarter, rows, GROUPS[group])


def _figures(
    quarter: Quarter, rows: ReferralQuerySet | None, keys: tuple[str, ...]
) -> dict[Key, ReferralFigures]:
    sent = (Referral.objects.all() if rows is None else rows).sent_in(quarter)
    minutes = _minutes(sent, keys)
    grouped = sent.order_by().values(*keys)
    found: dict[Key, ReferralFigures] = {}
    for row in grouped.annotate(**_COUNTED) if keys else [sent.aggregate(**_COUNTED)]:
        key = tuple(row.pop(name) for name in keys)
        if row["n_sent"]:
            found[key] = _read(row, minutes[key])
    return found


_WAIT = ExpressionWrapper(
    Coalesce(F("accepted_at"), F("settled_at")) - F("sent_at"), output_field=DurationField()
)
_COUNTED: dict[str, Aggregate] = {
    **{f"n_{name}": Count("pk", filter=condition) for name, condition in FIGURES.items()},
    "n_answered": Count("pk", filter=_ANSWERED),
    "wait": _Median(_WAIT, filter=_ANSWERED),
    **{f"outcome_{one}": Count("pk", filter=Q(outcome=one)) for one in ReferralOutcome.values},
    **{
        f"reason_{one}": Count("pk", filter=Q(decline_reason=one))
        for one in ReferralDecline.values
    },
}


def _read(row: dict[str, Any], minutes: int) -> ReferralFigures:
    return ReferralFigures(
        **{name: row[f"n_{name}"] for name in (*FIGURES, "answered")},
        wait=row["wait"],
        outcomes=_of("outcome_", row),
        reasons=_of("reason_", row),
        minutes=minutes,
    )


def _of(prefix: str, row: dict[str, Any]) -> dict[str, int]:
    return {
        name.removeprefix(prefix): n for name, n in row.items() if name.startswith(prefix) and n
    }


def _minutes(sent: ReferralQuerySet, keys: tuple[str, ...]) -> dict[Key, int]:
    notes = ReferralNote.objects.filter(referral__in=sent).order_by()
    found: dict[Key, int] = defaultdict(int)
    if not keys:
        found[()] = notes.aggregate(n=Sum("minutes"))["n"] or 0
        return found
    by = [f"referral__{name}" for name in keys]
    for *key, n in notes.values_list(*by).annotate(n=Sum("minutes")):
        found[tuple(key)] = n
    return found
