"""The referrals of a case as its applicant reads them."""

from typing import Any

from django.urls import reverse

from assistance import case_rows
from assistance.views.cases.door import Door
from assistance.views.referral_looks import LOOKS


def referrals_for(door: Door) -> list[dict[str, Any]]:
    """Whom we ask for her or asked, newest first, and what comes next."""
    return [
        {
            "name": row.receiver_name,
            "look": LOOKS[row.state],
            "label": row.face.label,
            "next_step": row.face.next_step,
            "by": row.answer_by,
            "url": reverse(f"{door.namespace}:referral", args=[door.case.reference, row.pk]),
        }
        for row in case_rows.referrals_of(door.case.pk)
    ]
