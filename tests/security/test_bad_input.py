"""Input that nobody should send: told plainly, kept in the field, never a failure, nothing saved."""

import json
import logging
import uuid
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from accounts.models import EnterpriseMembership, StaffMembership, User
from assistance.models import Attachment, Case, CaseMessage, Need, Offer, Question
from foundation.models import IdempotencyKey
from ledger.models import Entry
from tests.journeys.doors import arguments
from tests.journeys.matrix import expected
from tests.journeys.visiting import address, clients, undone, visit
from tests.journeys.world import ROLES, World, make_world
from tests.security.hostile import HOSTILE, encoded, quoted, rotated

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.timeout(600)]

TURNS = 4
PEOPLE = ("owner.a", "officer.smesa", "administrator")
FORM = "application/x-www-form-urlencoded"
BROKEN = b"\x00\xff\xfe&%&&="
READ_JSON = {"csp_report", "request:suggest", "cases:message", "desk:note"}
ACTS_WRITE_TO = (Entry, IdempotencyKey, Case, CaseMessage, Need, Offer, Question, Attachment)
# Everything any view reads from an address, and some that none should.
PARAMETERS = (
    "after",
    "q",
    "view",
    "sort",
    "layout",
    "case",
    "system",
    "state",
    "county",
    "officer",
    "agency",
    "source",
    "with",
    "all",
    "number",
    "next",
    "page",
    "year",
    "day",
    "group",
    "need",
    "kind",
    "id",
)
FIELDS = (
    "idempotency_key",
    "body",
    "about",
    "others",
    "due_on",
    "papers",
    "subject",
    "description",
    "name",
    "email",
    "reason",
    "text",
    "opening",
    "closing",
    "open_needs_reason",
    "do",
    "into",
    "officer",
    "note",
    "case",
    "agency",
    "lead",
    "where_instead",
    "score",
    "item",
    "version",
    "draft",
    "language",
    "reference",
    "contact",
    "code",
    "business_number",
    "enterprise",
    "enterprise_name",
    "county",
    "industry",
    "district",
    "address",
    "paid_in_capital",
    "regular_staff",
    "founded_on",
    "role",
    "valid_from",
    "valid_to",
    "starts_on",
    "ends_on",
    "deputy",
    "newest",
    "systems",
    "contact_name",
    "contact_email",
    "contact_phone",
    "login",
    "password",
    "password1",
    "day",
    "is_working",
    "title_zh",
    "body_zh",
    "agreed",
    "source",
    "kind",
    "q",
    "branch",
    "purpose",
    "shortcuts_on",
    "take-1",
    "agency-1",
    "summary-1",
    "representative",
    "year",
    "next",
    "hoped_for",
    "name_zh",
)


@pytest.fixture(autouse=True)
def _quiet() -> Iterator[None]:
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def world() -> World:
    return make_world()


def _post(browser: Client, path: str, body: bytes, kind: str = FORM) -> tuple[Any, list[int]]:
    """The answer, and how much was written when it was given."""
    with undone(browser):
        return browser.post(path, body, content_type=kind), _written()


def _turns(letters: str, wanted: str) -> list[tuple[str, int]]:
    """Who tries a door that answers so, and with which values.

    The first role for whom it does tries them all, there the most code reads what was sent;
    an owner, an officer and an administrator try a turn each.
    """
    let_in = [role for role, one in zip(ROLES, letters, strict=True) if one in wanted]
    others = [role for role in PEOPLE if role in let_in[1:]]
    return [(role, turn) for role in let_in[:1] for turn in range(TURNS)] + [
        (role, TURNS + turn) for turn, role in enumerate(others)
    ]


def _written() -> list[int]:
    """How much stands in the tables that acts write to."""
    return [model.objects.count() for model in ACTS_WRITE_TO]


def test_no_address_makes_the_portal_fail(world: World) -> None:
    browsers, given, wrong = clients(world), arguments(world), []

    nothing = "&".join(f"{one}=%00" for one in PARAMETERS)
    for name, (reading, _sending) in expected().items():
        path = address(name, given.get(name, []))
        turns = _turns(reading, "ou")
        tries = [(role, encoded(rotated(PARAMETERS, turn, 40))) for role, turn in turns]
        for role, query in [*tries, *((role, nothing) for role, _turn in turns[:1])]:
            answer = visit(browsers[role], "GET", f"{path}?{query}")
            if answer.status_code >= 500 and name != "readyz":
                wrong.append(f"{name} {role}: {answer.status_code} {answer.exc_info}")

    assert not wrong, "\n".join(wrong)


def test_no_part_of_a_path_makes_the_portal_fail(world: World) -> None:
    browser, wrong = clients(world)["lead"], []

    for path in ("/desk/{}/", "/my/cases/{}/", "/track/{}/", "/systems/{}/", "/{}/"):
        for what, value in HOSTILE.items():
            answer = visit(browser, "GET", path.format(quoted(value[:400])))
            if answer.status_code not in (400, 404, 302, 301):
                wrong.append(f"{path} {what}: {answer.status_code}")

    assert not wrong, "\n".join(wrong)


def test_no_form_makes_the_portal_fail_or_saves_by_half(world: World) -> None:
    browsers, given, wrong = clients(world), arguments(world), []
    before = _written()

    for name, (_reading, sending) in expected().items():
        if name.startswith("mfa_"):
            continue
        path = address(name, given.get(name, []))
        for role, turn in _turns(sending, "ucro"):
            sent = rotated(FIELDS, turn)
            if turn % 2:
                sent["idempotency_key"] = str(uuid.uuid4())
            bodies = [encoded(sent).encode()] + ([BROKEN] if turn == 0 else [])
            for body in bodies:
                answer, after = _post(browsers[role], path, body)
                if answer.status_code >= 500:
                    wrong.append(f"{name} {role}: {answer.status_code} {answer.exc_info}")
                elif answer.status_code >= 400 and after != before:
                    wrong.append(f"{name} {role}: refused, and written all the same")

    assert not wrong, "\n".join(wrong)


def test_what_was_typed_is_kept_beside_what_is_wrong(world: World) -> None:
    browsers, ref, wrong = clients(world), world.case.reference, []
    kept = "這段話要留著 & <b>"
    forms = [
        ("owner.a", "cases:message", [ref], {"body": kept, "idempotency_key": "no"}),
        ("lead", "desk:message", [ref], {"body": kept, "about": "elsewhere"}),
        ("lead", "desk:note", [ref], {"body": kept, "about": "elsewhere"}),
        ("lead", "desk:ask", [ref], {"body": kept, "about": "case", "due_on": "115/13/45"}),
        ("lead", "desk:answer", [ref], {"closing": kept, "opening": "\u3164", "do": "send"}),
        ("duty", "desk:new", [], {"description": kept, "contact_email": "no"}),
        ("duty", "desk:assign", [ref], {"note": kept, "officer": "0"}),
        ("officer.smesa", "desk:need_transfer", [ref, world.needs["smesa"].pk], {"reason": kept}),
    ]

    for role, name, args, typed in forms:
        with undone(browsers[role]):
            answer = browsers[role].post(address(name, args), typed)
            page = answer.content.decode()
        if answer.status_code != 422 or "這段話要留著 &amp; &lt;b&gt;" not in page:
            wrong.append(f"{name}: {answer.status_code}, kept: {'這段話' in page}")

    assert not wrong, "\n".join(wrong)


def test_a_name_of_three_hundred_letters_is_kept_or_refused_and_never_cut_silently(
    world: World,
) -> None:
    browser = clients(world)["owner.a"]
    path = address("cases:upload", [world.case.reference])
    before = world.case.attachments.count()

    for name in (
        "中" * 120 + ".csv",
        "a" * 300 + ".csv",
        "..%2f..%2fetc.csv",
        "=1+1.csv",
        "\u202evsc.csv",
    ):
        with undone(browser):
            paper = SimpleUploadedFile(name, "甲,乙\n1,2\n".encode())
            answer = browser.post(path, {"file": paper})
            assert answer.status_code in (303, 422), name
            for row in world.case.attachments.exclude(name__startswith="qz"):
                assert len(row.name.encode()) <= 255
                assert "/" not in row.name
                assert row.name.endswith(".csv")

    assert world.case.attachments.count() == before


def test_fields_that_no_form_has_change_nothing(world: World) -> None:
    """Mass assignment: state, rights, owners and times sent along with an honest form."""
    browsers, case = clients(world), world.case
    stolen = {
        "state": "closed", "lead_officer": world.people["owner.b"].pk, "enterprise": world.a.pk,
        "enterprise_id": world.a.pk, "applicant": world.people["owner.b"].pk, "kind": "note",
        "side": "agency", "author": world.people["duty"].pk, "agency": world.ita.pk, "role": "owner",
        "is_staff": "on", "is_superuser": "on", "is_active": "on", "permissions": "case.read_all",
        "read_at": "2020-01-01", "sent_at": "2020-01-01", "id": 1, "pk": 1, "need": 1, "case": 1,
        "user": 1, "user_id": 1, "verified": "on", "business_number": "99999999",
    }  # fmt: skip
    watched = (Case, CaseMessage, User, StaffMembership, EnterpriseMembership)
    # The honest part of each form, and what may change by it.
    acts = [
        ("owner.a", "cases:message", [case.reference], {"body": "訊息"}),
        ("lead", "desk:note", [case.reference], {"body": "備註", "about": "case"}),
        ("owner.b", "account:profile_change", [], {"name": "新名字", "phone": ""}),
        ("owner.b", "account:shortcuts", [], {}),
    ]

    for role, name, args, typed in acts:
        with undone(browsers[role]):
            before = {model: _rows(model) for model in watched}
            sent = {**stolen, **typed, "idempotency_key": str(uuid.uuid4())}
            answer = browsers[role].post(address(name, args), sent)
            assert answer.status_code in (303, 302), (name, answer.status_code)
            for model in (User, StaffMembership, EnterpriseMembership):
                rights = ("is_staff", "is_superuser", "is_active", "role", "state", "email")
                assert _of(_rows(model), rights) == _of(before[model], rights), (name, model)
            said = ("state", "lead_officer_id", "enterprise_id", "applicant_id", "business_number")
            assert _of(_rows(Case), said) == _of(before[Case], said), name
            new = CaseMessage.objects.order_by("-pk").first()
            if name == "cases:message":
                assert (new.kind, new.side, new.author_id) == (
                    "message", "sme", world.people["owner.a"].pk,
                )  # fmt: skip
                assert new.read_at is None
            if name == "desk:note":
                assert new.agency_id == world.smesa.pk


def _rows(model: Any) -> list[dict[str, Any]]:
    return list(model.objects.order_by("pk").values())


def _of(rows: list[dict[str, Any]], names: tuple[str, ...]) -> list[dict[str, Any]]:
    return [{name: row[name] for name in names if name in row} for row in rows]


def test_nobody_writes_into_what_is_not_theirs_by_naming_it(world: World) -> None:
    """Ids of other people's things in honest forms."""
    browsers = clients(world)
    other = world.waiting.questions.order_by("pk").last()
    tries = [
        # A question of another agency's need, an item of another case, a case one cannot see.
        ("owner.b", "cases:answer", [world.waiting.reference, world.question.pk], {"body": "x"}),
        ("owner.a", "cases:answer", [world.case.reference, world.question.pk], {"body": "x"}),
        ("officer.ida", "desk:message", [world.case.reference],
         {"body": "x", "about": world.needs["smesa"].pk}),
        ("officer.ida", "desk:note", [world.case.reference],
         {"body": "x", "about": world.needs["smesa"].pk}),
        ("officer.ita", "desk:bulk_assign", [],
         {"case": world.case.reference, "officer": world.people["officer.ita"].pk}),
        ("lead", "desk:compare", [world.case.reference], {"into": "A115-08-99999"}),
        ("lead", "desk:need_accept", [world.case.reference, other.need_id], {}),
    ]  # fmt: skip

    for role, name, args, typed in tries:
        with undone(browsers[role]):
            before = CaseMessage.objects.count()
            sent = {**typed, "idempotency_key": str(uuid.uuid4())}
            answer = browsers[role].post(address(name, args), sent)
            assert answer.status_code in (403, 404, 409, 422), (name, answer.status_code)
            assert CaseMessage.objects.count() == before, name


def test_machines_that_send_json_get_a_plain_answer(world: World) -> None:
    browsers, given, wrong = clients(world), arguments(world), []
    deep = b"[" * 50_000

    for name, (_reading, sending) in expected().items():
        path = address(name, given.get(name, []))
        bodies = [deep]
        if name in READ_JSON:
            bodies += [json.dumps({"body": ["x"] * 1000}).encode(), b"\x00", b"", b'"\xff"']
        for role, _turn in _turns(sending, "ucro")[:1]:
            for body in bodies:
                answer, _after = _post(browsers[role], path, body, "application/json")
                if answer.status_code >= 500:
                    wrong.append(f"{name} {role} {body[:10]!r}: {answer.exc_info}")

    assert not wrong, "\n".join(wrong)


def test_the_database_is_never_left_broken_by_what_was_refused(world: World) -> None:
    browser = clients(world)["owner.a"]

    browser.post(
        address("cases:message", [world.case.reference]),
        encoded({"body": quoted("前\x00後"), "idempotency_key": str(uuid.uuid4())}).encode(),
        content_type="application/x-www-form-urlencoded",
    )

    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    assert not CaseMessage.objects.filter(body__contains="前").exists()
