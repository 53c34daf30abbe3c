"""Fill a scratch database with bilingual documents for the one search.

Their words are clauses of the texts the portal brings along, so that common words are as common as
they are there; nearly all say 中小企業, one in a hundred names a place, each has a rare word.
"""

import re
import uuid
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import StringIO
from random import Random
from typing import Any

from django.db import connection
from django.db.models import Model

from accounts.reference import counties
from bench.filling import STRIDE, Stream, drop_indexes, move_sequences
from foundation.marks import to_plain
from foundation.text import to_tsvector_text
from knowledge.models import Announcement, AnnouncementVersion, Question, QuestionVersion
from network.models import DirectoryText, Location, Organisation

# What of a hundred documents is a Q&A, an announcement, an entry of the directory.
SHARES = {"questions": 25, "announcements": 25, "organisations": 50}
OF_EVERYBODY = ("中小企業", "small and medium enterprises")
OF_EVERYBODY_SHARE = 0.9
CLAUSES = 7
BATCH = 5_000
_BORDER_ZH = re.compile("[。！？；：\n]+")
_BORDER_EN = re.compile(r"[.!?;:\n]+ *")
_RARE_ZH = "晶璃鋰鎂砷鉻釩鎵銦鈮鉭鎢鈷鎳鋯鈦氟醯酯醇酮烯烷胺苯酚"
_RARE_EN = ("zor", "vane", "quil", "mib", "tesk", "ralo", "duv", "phen")


@dataclass(frozen=True)
class Words:
    """One document's words in both languages."""

    title_zh: str
    title_en: str
    body_zh: str
    body_en: str
    place: str


def fill(size: int, seed: int = 115) -> int:
    """Write documents until there are about `size`; return how many were written."""
    if Question.objects.filter(pk__gte=STRIDE).exists():
        return 0
    words = _writer(Random(seed))  # noqa: S311 - spread, not secrets
    count = {kind: size * share // 100 for kind, share in SHARES.items()}
    models = (Question, QuestionVersion, Announcement, AnnouncementVersion)
    more = (Organisation, Location, DirectoryText)
    dropped = drop_indexes([*models, *more])
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        for kind, write in WRITERS.items():
            for first in range(0, count[kind], BATCH):
                write(cursor, range(first, min(first + BATCH, count[kind])), words)
        cursor.execute("SET session_replication_role = DEFAULT")
        cursor.execute("SET maintenance_work_mem = '512MB'")
        for statement in dropped:
            cursor.execute(statement)
        move_sequences(cursor, [*models, Organisation, Location])
        cursor.execute("VACUUM ANALYZE")
    return sum(count.values())


def _writer(chance: Random) -> Iterator[Words]:
    """Documents without end."""
    zh, en = _clauses()
    names = list(counties().items())
    number = 0
    while True:
        number += 1
        code, county = chance.choice(names)
        rare_zh = "".join(chance.choices(_RARE_ZH, k=3))
        rare_en = "".join(chance.choices(_RARE_EN, k=3))
        of_all = OF_EVERYBODY if chance.random() < OF_EVERYBODY_SHARE else ("", "")
        body_zh, body_en = chance.sample(zh, CLAUSES), chance.sample(en, CLAUSES)
        yield Words(
            title_zh=f"{county.zh}{rare_zh}：{chance.choice(zh)[:60]}",
            title_en=f"{rare_en} in {county.en}: {chance.choice(en)[:120]}",
            body_zh="。".join([of_all[0], *body_zh]),
            body_en=". ".join([of_all[1], *body_en]),
            place=code,
        )


def _clauses() -> tuple[list[str], list[str]]:
    """Clauses of the texts that the portal and its demonstration bring along."""
    texts: list[tuple[str, str]] = [
        (to_plain(one.answer_zh), to_plain(one.answer_en)) for one in QuestionVersion.objects.all()
    ]
    texts += [(one.question_zh, one.question_en) for one in QuestionVersion.objects.all()]
    for news in AnnouncementVersion.objects.all():
        texts += [
            (news.title_zh, news.title_en),
            (news.summary_zh, news.summary_en),
            (to_plain(news.body_zh), to_plain(news.body_en)),
        ]
    entries = Organisation.objects.filter(is_fictional=True)
    texts += [(one.description_zh, one.description_en) for one in entries]
    zh = {part.strip() for text, _en in texts for part in _BORDER_ZH.split(text)}
    en = {part.strip() for _zh, text in texts for part in _BORDER_EN.split(text)}
    return sorted(zh - {""}), sorted(en - {""})


def _questions(cursor: Any, numbers: range, words: Iterator[Words]) -> None:
    pattern = Question.objects.public().order_by("pk").first()
    if pattern is None:
        raise LookupError("the demonstration has no published question")
    rows, versions = [], []
    for n in numbers:
        pk, said = STRIDE + n, next(words)
        search = to_tsvector_text(
            said.title_zh, said.title_en, "", said.body_zh, said.body_en, weights="AABCC"
        )
        rows.append({"id": pk, "slug": f"bench-{n}", "published_id": pk, "search": search})
        versions.append(
            {
                "id": pk,
                "question_id": pk,
                "question_zh": said.title_zh,
                "question_en": said.title_en,
                "answer_zh": said.body_zh,
                "answer_en": said.body_en,
            }
        )
    _copy(cursor, Question, pattern.pk, rows)
    _copy(cursor, QuestionVersion, pattern.published_id, versions)


def _announcements(cursor: Any, numbers: range, words: Iterator[Words]) -> None:
    shown = Announcement.objects.published().filter(current__audience="all").order_by("pk")
    pattern = shown.first()
    if pattern is None:
        raise LookupError("the demonstration has no announcement for everybody")
    rows, versions = [], []
    for n in numbers:
        pk, said = STRIDE + n, next(words)
        search = to_tsvector_text(
            *(said.title_zh, said.title_en, "", "", said.body_zh, said.body_en), weights="AABBDD"
        )
        named = {"id": pk, "uuid": uuid.UUID(int=pk), "slug": f"bench-{n}"}
        rows.append({**named, "current_id": pk, "search": search})
        versions.append(
            {
                "id": pk,
                "announcement_id": pk,
                "counties": f"{{{said.place}}}",
                "title_zh": said.title_zh,
                "title_en": said.title_en,
                "summary_zh": said.title_zh,
                "summary_en": said.title_en,
                "body_zh": said.body_zh,
                "body_en": said.body_en,
            }
        )
    _copy(cursor, Announcement, pattern.pk, rows)
    _copy(cursor, AnnouncementVersion, pattern.current_id, versions)


def _organisations(cursor: Any, numbers: range, words: Iterator[Words]) -> None:
    place = Location.objects.filter(organisation__closed_at=None).order_by("pk").first()
    if place is None:
        raise LookupError("the demonstration has no open entry in the directory")
    rows, places, texts = [], [], []
    for n in numbers:
        pk, said = STRIDE + n, next(words)
        name_zh, name_en = f"{said.title_zh[:40]}第{n}服務處", f"{said.title_en[:60]} desk {n}"
        body = (said.body_zh[:180], said.body_en[:360])
        search = to_tsvector_text(f"{name_zh}，{name_en}", "", "", "，".join(body), weights="ABCD")
        named = {"id": pk, "uuid": uuid.UUID(int=pk), "name_zh": name_zh, "name_en": name_en}
        rows.append({**named, "description_zh": body[0], "description_en": body[1]})
        places.append(
            {"id": pk, "uuid": uuid.UUID(int=pk), "organisation_id": pk, "county": said.place}
        )
        tags = f"{{topic:financing,county:{said.place}}}"
        texts.append({"organisation_id": pk, "search": search, "tags": tags})
    _copy(cursor, Organisation, place.organisation_id, rows)
    _copy(cursor, Location, place.pk, places)
    _copy(cursor, DirectoryText, place.organisation_id, texts)


WRITERS = {
    "questions": _questions,
    "announcements": _announcements,
    "organisations": _organisations,
}


def _copy(cursor: Any, model: type[Model], pattern: int, rows: Sequence[dict[str, Any]]) -> None:
    """Write a row again and again, each time with what is said of it."""
    columns = [field.column for field in model._meta.concrete_fields]
    names = ", ".join(f'"{column}"' for column in columns)
    table, key = model._meta.db_table, model._meta.pk
    kept = StringIO()
    cursor.copy_expert(
        f"COPY (SELECT {names} FROM {table} WHERE {key and key.column} = {int(pattern)}) TO STDOUT",  # noqa: S608
        kept,
    )
    usual = dict(zip(columns, kept.getvalue().rstrip("\n").split("\t"), strict=True))
    lines = (
        "\t".join(_told(row[name]) if name in row else usual[name] for name in columns) + "\n"
        for row in rows
    )
    cursor.copy_expert(f"COPY {table} ({names}) FROM STDIN", Stream(lines))


def _told(value: Any) -> str:
    return str(value).replace("\\", "\\\\").replace("\t", " ").replace("\n", "\\n")
