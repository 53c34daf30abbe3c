"""What the one search of the portal reads here: the words that mean the same, and what they find."""

from collections import defaultdict
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from foundation.languages import ZH, fell_back, is_english, pick
from foundation.marks import to_line
from foundation.roc import format_date
from foundation.search import Found, Hit, best, excerpt, marked
from foundation.sought import Sought, Synonyms, read
from knowledge.models import Announcement, Question, SearchWord

_READ_OF_A_TEXT = 300


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


def answers_like(text: str, *, limit: int) -> list[Question]:
    """Published answers that share words with what somebody wrote, the nearest first."""
    sought = read(text[:_READ_OF_A_TEXT], synonyms())
    if not sought:
        return []
    rows = Question.objects.with_words().defer("search")
    found = best(Question.objects.public(), sought, limit=limit, rows=rows)
    if not found.rows:
        found = best(Question.objects.public(), sought, limit=limit, rows=rows, is_loose=True)
    return found.rows


def _hit(question: Question, sought: Sought) -> Hit:
    words = question.published
    has_own = bool(words and (words.question_en if is_english() else words.question_zh))
    return Hit(
        title=marked(pick(words, "question"), sought),
        url=reverse("qa:detail", args=[question.slug]),
        snippet=excerpt(to_line(pick(words, "answer")), sought),
        language="" if has_own else ("zh-Hant" if is_english() else "en"),
    )


def announcements(sought: Sought, *, user: Any, limit: int, is_loose: bool = False) -> Found:
    """Announcements this person may read; what was withdrawn is found by nobody."""
    found = best(
        Announcement.objects.readable_to(user),
        sought,
        limit=limit,
        is_loose=is_loose,
        rows=Announcement.objects.select_related("current").defer("search"),
    )
    hits = tuple(_announcement(one, sought) for one in found.rows)
    return Found("news", gettext_lazy("Announcements"), hits, found.number, found.has_more)


def _announcement(announcement: Announcement, sought: Sought) -> Hit:
    words = announcement.current
    assert words is not None  # noqa: S101
    published = timezone.localdate(announcement.published_at)
    told = [words.get_category_display(), format_date(published, get_language() or ZH)]
    if announcement.is_ended:
        told.append(_("Over"))
    return Hit(
        title=marked(pick(words, "title"), sought),
        url=reverse("news:detail", args=[announcement.slug]),
        snippet=excerpt(f"{pick(words, 'summary')} {to_line(pick(words, 'body'))}", sought),
        about=" ・ ".join(told),
        language=_fallen_back_to(words, "title"),
    )


def _fallen_back_to(words: Any, field: str) -> str:
    """The language of a text that is not there in the reader's."""
    if not fell_back(words, field):
        return ""
    return "zh-Hant" if is_english() else "en"
