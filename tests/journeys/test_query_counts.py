"""Pages ask the database as often for a thousand rows as for ten."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assistance.models import Attachment, Case, CaseMessage, CaseReading
from foundation.text import to_tsvector_text
from ledger.models import Entry
from notifications.models import Message
from tests.factories.assistance import AttachmentFactory, CaseFactory, CaseMessageFactory
from tests.factories.ledger import EntryFactory
from tests.factories.notifications import MessageFactory
from tests.journeys.world import World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
# Page, reader, and the most queries it may ask, signing in and rights included.
PAGES: list[tuple[str, str, str, bool, int]] = [
    ("desk:queue", "", "duty", False, 10),
    ("desk:queue", "view=overdue&sort=-updated", "officer.smesa", False, 10),
    ("desk:queue", "view=all&q=周轉金", "lead", False, 10),
    ("desk:queue", "view=left", "manager", False, 10),
    ("desk:queue", "layout=split", "lead", False, 12),
    ("desk:search", "q=周轉金", "duty", False, 10),
    ("desk:export", "view=all", "duty", False, 12),
    ("desk:case", "", "lead", True, 12),
    ("desk:case", "", "officer.ida", True, 12),
    ("desk:audit", "", "auditor", True, 12),
    ("desk:enterprise", "", "lead", True, 12),
    ("cases:list", "", "owner.a", False, 12),
    ("cases:detail", "", "owner.a", True, 12),
    ("cases:readers", "", "owner.a", True, 12),
    ("inbox:list", "", "owner.a", False, 12),
]


def many(world: World, count: int) -> None:
    """Rows of every kind that a page might be tempted to walk through one by one."""
    now, owner = timezone.now(), world.people["owner.a"]
    words = to_tsvector_text("購料周轉金")
    cases = [
        CaseFactory.build(
            enterprise=world.a,
            applicant=owner,
            lead_agency=world.smesa,
            lead_officer=world.people["lead"],
            state="progress" if n % 2 else "closed",
            due_on=timezone.localdate() - timedelta(days=n % 9) if n % 2 else None,
            due_kind="first_answer" if n % 2 else "",
            answered_at=None if n % 2 else now,
            closed_at=None if n % 2 else now,
            main_system=world.ids["system"],
            reference=f"A114-{count:05d}-{n:04d}",
            search=words,
        )
        for n in range(count)
    ]
    Case.objects.bulk_create(cases)
    common = {"case": world.case, "sent_at": now}
    said = CaseMessage.objects.bulk_create(
        CaseMessageFactory.build(**common, author=owner, body=f"訊息{n}") for n in range(count)
    )
    Entry.objects.bulk_create(
        EntryFactory.build(
            event="assistance.case.message_from_sme",
            subject_label="assistance.case",
            subject_id=str(world.case.pk),
            stream=f"assistance.case:{world.case.pk}",
            actor_id=owner.pk,
            facts={"message": message.pk},
            at=now,
        )
        for message in said
    )
    CaseReading.objects.bulk_create(
        CaseReading(case=world.case, reader=world.people["lead"], agency=world.smesa, at=now)
        for _ in range(count)
    )
    papers = min(count, 50)
    Attachment.objects.bulk_create(
        AttachmentFactory.build(case=world.case, message=one) for one in said[:papers]
    )
    Message.objects.bulk_create(
        MessageFactory.build(
            key=f"many-{count}-{n}",
            channel="portal",
            user=owner,
            email="",
            html="",
            state="sent",
            sent_at=now,
        )
        for n in range(count)
    )


def asked(browser: Client, path: str) -> list[str]:
    """The statements of the second visit; the first fills the caches."""
    browser.get(path)
    with CaptureQueriesContext(connection) as seen:
        assert browser.get(path).status_code == 200, path
    return [
        one["sql"] for one in seen.captured_queries if not one["sql"].startswith(("SAVE", "RELE"))
    ]


def counts(world: World) -> dict[tuple[str, str, str], list[str]]:
    found = {}
    for name, query, role, is_of_case, _most in PAGES:
        browser = Client()
        browser.force_login(world.people[role])
        path = reverse(name, args=[world.case.reference] if is_of_case else [])
        found[name, query, role] = asked(browser, f"{path}?{query}")
    return found


def test_pages_ask_no_more_for_a_thousand_rows_than_for_ten() -> None:
    world = make_world()
    many(world, 10)
    few = counts(world)
    many(world, 1_000)
    lots = counts(world)

    wrong: list[Any] = []
    for name, query, role, _is_of_case, most in PAGES:
        before, after = few[name, query, role], lots[name, query, role]
        if len(after) > most:
            wrong.append((name, query, role, len(after), f"more than {most}"))
        if len(after) > len(before):
            wrong.append((name, query, role, len(before), len(after), "grows"))
    assert not wrong, "\n".join(map(str, wrong))
