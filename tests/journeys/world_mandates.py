"""A mandate of enterprise A for the volunteer, the case filed under it, and one still asked for."""

import uuid
from collections.abc import Mapping
from typing import Any

from accounts.models import Enterprise, User
from foundation.text import to_tsvector_text
from tests.factories.assistance import CaseFactory, ClockSpanFactory
from tests.factories.mandates import SAID, MandatedRequestFactory, MandateFactory


def mandates(people: Mapping[str, User], firm: Enterprise, system: Any) -> dict[str, Any]:
    """What was filed is read by A, by whoever filed it and at SMESA; what waits, by A alone."""
    said = "qzfiled 節能設備"
    named = {
        "enterprise": firm,
        "enterprise_name": firm.name_zh,
        "business_number": firm.business_number,
    }
    mandate = MandateFactory(
        filer=people["volunteer"],
        firm="qzfiled 顧問社",
        confirmed=True,
        confirmed_by=people["owner.a"],
        is_standing=True,
        may_write=True,
        **named,
    )
    case = CaseFactory(
        source="mandate",
        enterprise=firm,
        applicant=people["owner.a"],
        opened_by=people["volunteer"],
        enterprise_name="qzfiled 企業",
        main_system=system,
        subject=said,
        description=said,
        contact_name="qzfiled 林",
        contact_email="qzfiled@tests.example",
        search=to_tsvector_text(said),
    )
    ClockSpanFactory(case=case)
    MandatedRequestFactory(filed=True, mandate=mandate, case=case)
    waiting = MandatedRequestFactory(
        mandate=MandateFactory(filer=people["partner"], firm="qzwaiting 公會", **named),
        said=SAID | {"description": "qzwaiting 尚未確認"},
    )
    return {"mandate": mandate, "filed": case, "asked_mandate": waiting.mandate}


def mandate_arguments(ids: Mapping[str, Any]) -> dict[str, list[Any]]:
    """What the doors of filing for others take."""
    held, asked, number = ids["mandate"].pk, ids["asked_mandate"].pk, ids["filed"].reference
    of_case = ("detail", "print", "message", "upload")
    return {
        **{f"acting:{act}": [held] for act in ("mandate", "request", "ask", "lay_down")},
        **{f"acting:{act}": [number] for act in of_case},
        "acting:answer": [number, 1],
        "cases:filed_by": [number],
        **{f"mandates:{act}": [held] for act in ("show", "withdraw")},
        **{f"mandates:{act}": [asked] for act in ("confirm", "refuse")},
        "mandates:link": ["not-the-secret"],
        "mandates:link_paper": ["not-the-secret", uuid.UUID(int=7)],
        **{
            f"mandates:link_{act}": ["not-the-secret"] for act in ("confirm", "refuse", "withdraw")
        },
    }
