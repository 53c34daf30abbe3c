"""What is looked for in the one search, by whom, and what a plain query for the same words costs."""

import time
from typing import Any
from urllib.parse import quote

from django.db import connection
from django.urls import reverse

from accounts.models import User
from bench.driving import Call, run_time
from bench.sessions import session_of
from knowledge import search
from sme_portal.seeds.demo.people import address

# What kind of query it is, and the words.
QUERIES = {
    "nearly every document": "中小企業",
    "nearly every document, English": "small",
    "one character": "的",
    "every third": "申請",
    "every fourth, place": "台南",
    "every fourth, English": "Tainan",
    "every fourth, phrase": "押標金",
    "every tenth": "公司",
    "common phrase": "機關可以要求廠商",
    "rare": "晶璃",
    "very rare": "鋰鎂砷",
    "rare, English": "zorvanequil",
    "two common words": "貸款 診斷",
    "two words, English": "bid bond",
    "both languages": "loan 台南",
    "nowhere together": "污染防治 subsidy",
    "some of the words": "nothing anywhere found",
    "nowhere": "無此詞彙",
}
# Whose search it is; None: a visitor's.
READERS = {"visitor": None, "duty": "duty", "officer": "officer.ita"}
TABLES = {
    "knowledge_question": "id",
    "knowledge_announcement": "id",
    "network_directorytext": "organisation_id",
}
SHOWN = 5


def scenes() -> dict[str, Call]:
    """Every measured search by name: `visitor: rare`."""
    page = reverse("search")
    found = {}
    for reader, account in READERS.items():
        cookies = session_of(User.objects.get(email=address(account))) if account else {}
        for kind, words in QUERIES.items():
            found[f"{reader}: {kind}"] = Call(f"{page}?q={quote(words)}", cookies)
    return found


def measure_plain(kind: str, times: int) -> dict[str, Any]:
    """Count and rank all that holds the words, table by table, with nothing but the driver.

    The same words with what means the same, the same rows for a visitor's eyes; no page around it.
    """
    words = search.sought_by(QUERIES[kind]).strict
    connection.ensure_connection()
    backend = int(connection.connection.info.backend_pid)
    before, wall, cpu = run_time(backend), time.perf_counter(), time.process_time()
    for _ in range(times):
        with connection.cursor() as cursor:
            for table, key in TABLES.items():
                holding = f"FROM {table} WHERE search @@ %s::tsquery"
                cursor.execute(f"SELECT count(*) {holding}", [words])
                cursor.fetchall()
                ranked = "ORDER BY ts_rank_cd(search, %s::tsquery, 1) DESC LIMIT %s"
                cursor.execute(f"SELECT {key} {holding} {ranked}", [words, words, SHOWN])
                cursor.fetchall()
    spent = {
        "app": time.process_time() - cpu,
        "database": run_time(backend) - before,
        "wall": time.perf_counter() - wall,
    }
    return {name: seconds * 1000 / times for name, seconds in spent.items()}
