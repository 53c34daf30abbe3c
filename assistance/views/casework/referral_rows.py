"""The referrals of a case as staff read them: a fact for all, the content for who may read it."""

from typing import Any

from assistance import case_rows
from assistance.models import Referral, SharedField
from assistance.referral_permissions import can_recall, can_refer, can_take_up
from assistance.timeline.names import system_name
from assistance.views.casework.bench import Bench
from assistance.views.referral_looks import LOOKS


def referrals_on(bench: Bench) -> dict[str, Any]:
    """The rows, newest first, and whether this person may refer the case as a whole."""
    rows = case_rows.referrals_of(bench.case.pk)
    readable = {need.pk: need for need in bench.needs if getattr(need, "is_readable", False)}
    drawn = []
    for row in rows:
        row.case = bench.case
        row.need = readable.get(row.need_id or 0) if row.need_id else None
        may_read = bench.reads_whole or row.need is not None
        drawn.append(_row(bench, row, may_read=may_read))
    return {"referrals": drawn, "may_refer": bool(can_refer(bench.user, bench.case))}


def _row(bench: Bench, row: Referral, *, may_read: bool) -> dict[str, Any]:
    notes = list(row.notes.all()) if may_read else []
    can_act = may_read and bool(can_recall(bench.user, row))
    return {
        "referral": row,
        "system": system_name(row.system_id),
        "about": f"need-{row.need_id}" if row.need_id else row.system.code,
        "look": LOOKS[row.state],
        "may_read": may_read,
        "notes": notes,
        "minutes": sum(note.minutes for note in notes),
        "fields": [SharedField(name).words for name in row.fields_given],
        "may_recall": can_act,
        "may_send_link": can_act and row.sent_at is not None and not row.has_account,  # type: ignore[attr-defined]
        "may_take_up": bool(can_take_up(bench.user, row)),
        "goes_on": row.state in ("declined", "lapsed", "refused") and may_read,
    }
