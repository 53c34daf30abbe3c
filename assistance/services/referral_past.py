"""What was asked of organisations and volunteers before: answers, turns."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import timedelta
from statistics import median
from typing import Any

from django.utils import timezone

from assistance.models import Referral
from assistance.states import ReferralState
from network.candidates import Past
from network.matching import Kind, Record

Key = tuple[str, int]
RECORD_LASTS = timedelta(days=365)
_ANSWERED = (ReferralState.DECLINED, ReferralState.LAPSED)
_MANY_HOURS = 3600


def pasts(keys: Collection[Key], *, case_id: int, system_id: int) -> dict[Key, Past]:
    """The past of each of these, in two queries; who was never asked is left out."""
    rows: dict[Key, list[dict[str, Any]]] = defaultdict(list)
    since = timezone.now() - RECORD_LASTS
    for kind in Kind:
        ids = [pk for named, pk in keys if named == kind]
        asked = Referral.objects.filter(**{f"{kind}_id__in": ids}, created_at__gte=since)
        for row in asked.order_by("pk").values(
            f"{kind}_id",
            *("case_id", "system_id", "state", "created_at"),
            *("sent_at", "accepted_at", "settled_at"),
        ):
            rows[(kind.value, row[f"{kind}_id"])].append(row)
    return {
        key: Past(
            record=_record(found),
            last_asked_at=max(row["created_at"] for row in found),
            has_answered=any(
                row["case_id"] == case_id and row["system_id"] == system_id and _has_said_no(row)
                for row in found
            ),
        )
        for key, found in rows.items()
    }


def _has_said_no(row: Mapping[str, Any]) -> bool:
    return row["state"] in _ANSWERED and row["sent_at"] is not None


def _record(rows: list[dict[str, Any]]) -> Record:
    accepted = [row for row in rows if row["accepted_at"]]
    declined = [row for row in rows if _has_said_no(row)]
    spoken = accepted + [row for row in declined if row["state"] == ReferralState.DECLINED]
    hours = [
        ((row["accepted_at"] or row["settled_at"]) - row["sent_at"]).total_seconds() / _MANY_HOURS
        for row in spoken
    ]
    return Record(
        asked=len(accepted) + len(declined),
        accepted=len(accepted),
        answer_hours=median(hours) if hours else None,
    )
