"""What the one search of the portal reads here: the words that mean the same, and what they find."""

from collections import defaultdict
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from foundation.languages import is_english, pick
from foundation.marks import to_plain
from foundation.search import Found, Hit, best, excerpt, marked
from foundation.sought import Sought, Synonyms
from knowledge.models import Question, SearchWord


def synonyms() -> Synonyms:
    """Every word of every group, with the other words of its group; one query."""
    rows = list(SearchWord.objects.order_by("pk").values_list("term_id", "key", "text"))
    groups: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for term_id, key, text in rows:
        groups[term_id].append((key, text))
    return {
        key: tuple(text for other, text in group if other != key)
        for group in groups.values()
        for key, _text in group
    }


def questions(sought: Sought, *, user: Any, limit: int, is_loose: bool = False) -> Found:
    """Published answers, whoever asks."""
    public = Question.objects.public()
    rows = public.select_related("published").defer("search")
    found = best(public, sought, limit=limit, is_loose=is_loose, rows=rows)
    hits = tuple(_hit(one, sought) for one in found.rows)
    label = gettext_lazy("Questions and answers")
    return Found("qa", label, hits, found.number, found.has_more)


def _hit(question: Question, sought: Sought) -> Hit:
    words = question.published
    has_own = bool(words and (words.question_en if is_english() else words.question_zh))
    return Hit(
        title=marked(pick(words, "question"), sought),
        url=reverse("qa:detail", args=[question.slug]),
        snippet=excerpt(to_plain(pick(words, "answer")), sought),
        language="" if has_own else ("zh-Hant" if is_english() else "en"),
    )
