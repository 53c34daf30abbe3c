"""Counting what people searched for and did not find, without keeping anything about them."""

import datetime as dt
import re

from django.db import connection, transaction
from django.utils import timezone

from foundation.text import fold, search_terms
from knowledge.models import MissedSearch
from knowledge.models.missed_search import LONGEST_KEPT

KEPT_DAYS = 180
MOST_NEW_WORDS_A_DAY = 500
_SHORTEST_KEPT = 2
_MOST_WORDS = 6
# A number, an address or a link may say who somebody is.
_MAY_NAME_SOMEBODY = re.compile(r"[0-9@〇零一二三四五六七八九]{3,}|[0-9@]|://|www\.")

_COUNT = """
INSERT INTO knowledge_missedsearch (day, words, count)
SELECT %(day)s, %(words)s, 1
WHERE (SELECT count(*) FROM knowledge_missedsearch WHERE day = %(day)s) < %(most)s
   OR EXISTS (SELECT 1 FROM knowledge_missedsearch WHERE day = %(day)s AND words = %(words)s)
ON CONFLICT (day, words) DO UPDATE SET count = knowledge_missedsearch.count + 1
"""


def may_be_kept(typed: str) -> bool:
    """Words that could be about anybody; what holds a number or an address is not kept."""
    words = _folded(typed)
    if not _SHORTEST_KEPT <= len(words) <= LONGEST_KEPT or len(words.split()) > _MOST_WORDS:
        return False
    return not _MAY_NAME_SOMEBODY.search(fold(typed))


@transaction.atomic
def note(*, typed: str) -> bool:
    """Count one more search that found nothing; return whether its words may be kept.

    No more than `MOST_NEW_WORDS_A_DAY` wordings are kept of one day.
    """
    if not may_be_kept(typed):
        return False
    given: dict[str, dt.date | str | int] = {
        "day": timezone.localdate(),
        "words": _folded(typed),
        "most": MOST_NEW_WORDS_A_DAY,
    }
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, given)
        return bool(cursor.rowcount)


@transaction.atomic
def forget_old(*, today: dt.date) -> int:
    """Delete what was counted longer than `KEPT_DAYS` ago; return how many rows."""
    old = MissedSearch.objects.filter(day__lt=today - dt.timedelta(days=KEPT_DAYS))
    return old.delete()[0]


def _folded(typed: str) -> str:
    return " ".join(search_terms(typed))
