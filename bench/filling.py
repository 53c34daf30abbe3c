"""Fill a scratch database with any number of cases by COPY.

The lives of a demonstration, lived through the services, are the patterns: their rows are written
again and again with other ids, dates, numbers, enterprises and officers. Five in a hundred cases
are open; the settled ones are spread over five years.
"""

import datetime as dt
import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from io import StringIO
from random import Random
from typing import Any

from django.apps import apps
from django.db import connection
from django.db.models import ForeignKey, Model

from accounts.models import Enterprise, StaffMembership, User
from accounts.roles import Role
from assistance.models import Case, GuidanceSystem, Need
from assistance.states import OPEN_CASE_STATES, CaseState
from ledger.models import Entry

STRIDE = 1_000_000
OPEN_SHARE = 0.05
MONTHS = 60
DAYS_IN_A_MONTH = 30
CASES_PER_ENTERPRISE = 8
OFFICERS = 200
FIRST_SERIAL = 1_000
CHUNK = 4_000
SETTLED = (CaseState.CLOSED, CaseState.DECLINED, CaseState.WITHDRAWN)
# Tables whose rows belong to a case: how they find it.
FOLLOWERS = {
    "assistance.Need": "case_id",
    "assistance.Offer": "need__case_id",
    "assistance.CaseMessage": "case_id",
    "assistance.Question": "case_id",
    "assistance.QuestionItem": "question__case_id",
    "assistance.Answer": "case_id",
    "assistance.AnswerPart": "answer__case_id",
    "assistance.Rating": "answer__case_id",
    "assistance.ClockSpan": "case_id",
    "assistance.Consent": "case_id",
    "assistance.RoutingOutcome": "case_id",
    "assistance.Escalation": "case_id",
    "assistance.CaseReading": "case_id",
}
AGENCY_OF_OFFICER = {"assistance.Case": ("lead_agency_id",), "assistance.Need": ("agency_id",)}
FACTS_THAT_ARE_IDS = {"message", "note", "question", "need", "needs", "answer"}


@dataclass
class Pattern:
    """One row with gaps: a %-text, and the numbers that fill it before shifting."""

    text: str
    bases: tuple[int, ...]
    month: str = ""
    # Whose officers may stand in the gap for one; 0 where there is none.
    agency: int = 0


@dataclass
class Table:
    model: type[Model]
    columns: list[str]
    rows: dict[int, list[list[Any]]] = field(default_factory=dict)


def fill(size: int, seed: int = 115) -> int:
    """Write cases until there are `size`; return how many were written."""
    chance = Random(seed)  # noqa: S311 - spread, not secrets
    tables = _read_patterns()
    missing = size - Case.objects.count()
    if missing <= 0:
        return 0
    officers = _officers()
    enterprises = _enterprises(max(20, size // CASES_PER_ENTERPRISE))
    open_ids, settled_ids = _pattern_ids()
    open_count = max(0, int(size * OPEN_SHARE) - len(open_ids))
    blocks = [
        *_blocks(settled_ids, missing - open_count, MONTHS, first=1),
        *_blocks(open_ids, open_count, 1, first=STRIDE // 2),
    ]
    dropped = drop_indexes([table.model for table in tables])
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for table in tables:
            _copy(cursor, table, _lines(table, blocks, enterprises, officers, chance))
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for statement in dropped:
            cursor.execute(statement)
        move_sequences(cursor, [table.model for table in tables])
        cursor.execute("VACUUM ANALYZE")
    return missing


# One block: which patterns, by how much their ids shift, how many months ago.
Block = tuple[Sequence[int], int, int]


def _blocks(ids: Sequence[int], count: int, months: int, *, first: int) -> Iterator[Block]:
    left, number = count, first
    while left > 0:
        chosen = ids[:left] if left < len(ids) else ids
        yield chosen, number * STRIDE, number % months
        left -= len(chosen)
        number += 1


def _pattern_ids() -> tuple[list[int], list[int]]:
    cases = Case.objects.order_by("pk")
    own = cases.filter(pk__lt=STRIDE)
    return (
        list(own.filter(state__in=OPEN_CASE_STATES).values_list("pk", flat=True)),
        list(own.filter(state__in=SETTLED).values_list("pk", flat=True)),
    )


def _read_patterns() -> list[Table]:
    """Every row of the demonstration's cases as PostgreSQL writes it for COPY."""
    wanted = Case.wanted_systems.through
    tables = [_read(Case, {pk: pk for pk in Case.objects.values_list("pk", flat=True)})]
    for label, path in FOLLOWERS.items():
        model = apps.get_model(label)
        tables.append(_read(model, dict(model._default_manager.values_list("pk", path))))
    tables.append(_read(wanted, dict(wanted.objects.values_list("pk", "case_id"))))
    streams = Entry.objects.filter(stream__startswith="assistance.case:")
    owners = {pk: int(name.split(":")[1]) for pk, name in streams.values_list("pk", "stream")}
    tables.append(_read(Entry, owners))
    return tables


def _read(model: type[Model], owners: dict[int, int]) -> Table:
    columns = [f.column for f in model._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    kept = StringIO()
    with connection.cursor() as cursor:
        cursor.copy_expert(f"COPY (SELECT {names} FROM {model._meta.db_table}) TO STDOUT", kept)  # noqa: S608
    table = Table(model, columns)
    for line in kept.getvalue().splitlines():
        row = line.split("\t")
        owner = owners.get(int(row[columns.index("id")]))
        if owner is not None:
            table.rows.setdefault(owner, []).append(row)
    return table


def _lines(
    table: Table,
    blocks: Sequence[Block],
    enterprises: Sequence[int],
    officers: dict[int, list[int]],
    chance: Random,
) -> Iterator[str]:
    """Every line to be written into one table."""
    shapes: dict[int, dict[int, list[Pattern]]] = {}
    serials: dict[str, Iterator[int]] = {}
    is_case = table.model is Case
    for ids, shift, month in blocks:
        if month not in shapes:
            shapes[month] = _shapes(table, month)
        by_case = shapes[month]
        for case_id in ids:
            for pattern in by_case.get(case_id, ()):
                numbers = tuple([base + shift for base in pattern.bases])
                officer = str(chance.choice(officers[pattern.agency])) if pattern.agency else "\\N"
                if not is_case:
                    yield pattern.text.replace("§O", officer, 1) % numbers
                    continue
                serial = serials.setdefault(pattern.month, itertools.count(FIRST_SERIAL))
                reference = f"A{pattern.month}-{next(serial):05d}"
                firm = enterprises[chance.randrange(len(enterprises))]
                text = pattern.text.replace("§R", reference, 1).replace("§E", str(firm), 1)
                yield text.replace("§O", officer, 1) % numbers


def _shapes(table: Table, month: int) -> dict[int, list[Pattern]]:
    return {
        case_id: [_pattern(table, row, month) for row in rows]
        for case_id, rows in table.rows.items()
    }


def _pattern(table: Table, row: list[str], month: int) -> Pattern:
    back = dt.timedelta(days=month * DAYS_IN_A_MONTH)
    words: list[str] = []
    bases: list[int] = []
    number, agency = "", 0
    for field_, column, value in zip(
        table.model._meta.concrete_fields, table.columns, row, strict=True
    ):
        kind = field_.get_internal_type()
        if column in AGENCY_OF_OFFICER.get(table.model._meta.label, ()) and value != "\\N":
            agency = int(value)
        if value == "\\N":
            words.append(value)
        elif field_.primary_key or _points_into_the_case(field_):
            words.append("%d")
            bases.append(int(value))
        elif kind in {"DateTimeField", "DateField"}:
            moved = dt.datetime.fromisoformat(value) - back
            words.append(
                moved.isoformat() if kind == "DateTimeField" else moved.date().isoformat()
            )
            if column == "submitted_at":
                number = f"{moved.year - 1911}-{moved.month:02d}"
        elif table.model is Entry and column in {"stream", "subject_id", "facts"}:
            text, found = _entry_part(table, row, column, value)
            words.append(text)
            bases += found
        else:
            words.append(_own(table, column, value))
    return Pattern("\t".join(words) + "\n", tuple(bases), number, agency)


def _points_into_the_case(field_: Any) -> bool:
    if not isinstance(field_, ForeignKey):
        return False
    target = field_.related_model._meta.label
    return target in FOLLOWERS or target == Case._meta.label


def _own(table: Table, column: str, value: str) -> str:
    """What is not shifted: as it stands, or a gap that a case fills for itself."""
    if table.model is Need and column == "officer_id":
        return "§O"
    if table.model is Case:
        gaps = {"reference": "§R", "enterprise_id": "§E", "lead_officer_id": "§O"}
        if column in gaps:
            return gaps[column]
    return value.replace("%", "%%")


def _entry_part(table: Table, row: list[str], column: str, value: str) -> tuple[str, list[int]]:
    if column == "stream":
        label, pk = value.split(":")
        return f"{label}:%d", [int(pk)]
    if column == "subject_id":
        return "%d", [int(value)]
    bases: list[int] = []
    facts = json.loads(value.replace("\\\\", "\\"))
    for name in facts:
        if name in FACTS_THAT_ARE_IDS and facts[name]:
            many = isinstance(facts[name], list)
            bases += map(int, facts[name] if many else [facts[name]])
            facts[name] = ["§" for _ in facts[name]] if many else "§"
    text = json.dumps(facts, ensure_ascii=False).replace("\\", "\\\\").replace("%", "%%")
    return text.replace('"§"', "%d"), bases


class Stream:
    """Lines as a file that COPY reads."""

    def __init__(self, lines: Iterator[str]) -> None:
        self._lines = lines

    def read(self, size: int = -1) -> str:
        return "".join(itertools.islice(self._lines, CHUNK))


def _copy(cursor: Any, table: Table, lines: Iterator[str]) -> None:
    names = ", ".join(f'"{column}"' for column in table.columns)
    cursor.copy_expert(f"COPY {table.model._meta.db_table} ({names}) FROM STDIN", Stream(lines))


def _enterprises(count: int) -> list[int]:
    """Enterprises without members, beside those of the demonstration."""
    first = STRIDE
    now = dt.datetime.now(dt.UTC).isoformat()
    names = "id, business_number, name_zh, name_en, representative, industry, registration_kind, county"
    rest = "district, address, registry_source, created_at, updated_at"
    lines = (
        f"{first + n}\t{10_000_000 + n}\t量測企業 {n}\t\t\tC\tcompany\ttainan\t\t\t\t{now}\t{now}\n"
        for n in range(count)
    )
    with connection.cursor() as cursor:
        cursor.copy_expert(
            f"COPY {Enterprise._meta.db_table} ({names}, {rest}) FROM STDIN", Stream(lines)
        )
    return list(range(first, first + count))


def _officers() -> dict[int, list[int]]:
    """Two hundred officers, spread over the agencies that answer for a system."""
    today = dt.date.today()  # noqa: DTZ011
    agencies = list(
        GuidanceSystem.objects.values_list("agency_terms__agency_id", flat=True)
        .filter(agency_terms__valid_to=None)
        .distinct()
    )
    people = User.objects.bulk_create(
        User(email=f"bench{n:03d}@demo.example", name=f"量測 {n:03d}") for n in range(OFFICERS)
    )
    posts = StaffMembership.objects.bulk_create(
        StaffMembership(
            user=person,
            agency_id=agencies[n % len(agencies)],
            role=Role.OFFICER,
            valid_from=today - dt.timedelta(days=400),
        )
        for n, person in enumerate(people)
    )
    found: dict[int, list[int]] = {}
    for post in posts:
        found.setdefault(post.agency_id, []).append(post.user_id)
    return found


def drop_indexes(models: Sequence[type[Model]]) -> list[str]:
    """Drop what no constraint needs, and return how to make it again."""
    tables = [model._meta.db_table for model in models]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid) FROM pg_index i"
            " WHERE i.indrelid = ANY(SELECT unnest(%s::text[])::regclass) AND NOT i.indisunique",
            [tables],
        )
        found = cursor.fetchall()
        for name, _definition in found:
            cursor.execute(f"DROP INDEX {name}")
    return [definition for _name, definition in found]


def move_sequences(cursor: Any, models: Sequence[type[Model]]) -> None:
    for model in models:
        table = model._meta.db_table
        cursor.execute(
            f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT max(id) FROM {table}))"  # noqa: S608
        )
