"""What the one search of the portal reads here: the words that mean the same, and what they find."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Case, F, OuterRef, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from accounts.permissions import standing
from foundation.facets import COUNTY, EVERYWHERE, NOTHING, TOPIC, Chosen, tag, tagged
from foundation.finding import Finder, best
from foundation.languages import ZH, fell_back, is_english, pick
from foundation.marks import to_line
from foundation.prepared import Prepared
from foundation.roc import format_date
from foundation.search import Found, Hit, excerpt, marked
from foundation.sought import Sought, Synonyms, keys_in, read
from foundation.variants import as_written_here
from knowledge.models import Announcement, Question, SearchWord, Topic
from knowledge.models.topic import TopicKind

_READ_OF_A_TEXT = 300
# The parts of what is asked first, in their order.
_WORD, _SYSTEM, _OTHER = range(3)


def synonyms(typed: str) -> Synonyms:
    """The known words of a query, with the other words of their groups; one query."""
    keys = keys_in(typed)
    return _by_word(_groups_of(keys) if keys else ())


def _by_word(rows: Iterable[tuple[int, str, str]]) -> Synonyms:
    groups: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for term_id, key, text in rows:
        groups[term_id].append((key, text))
    return {
        key: tuple(text for other, text in group if other != key)
        for group in groups.values()
        for key, _text in group
    }


def sought_by(typed: str) -> Sought:
    """A query as it is written here, with what means the same."""
    said = as_written_here(typed)
    return read(said, synonyms(said))


def asked(typed: str) -> tuple[Sought, dict[str, str]]:
    """The same with the names of all topics by code, in their order; one query for both."""
    said = as_written_here(typed)
    rows = sorted(_groups_and_topics(keys_in(said) or [""]))
    words = _by_word((term, key, text) for kind, term, key, text, _en in rows if kind == _WORD)
    names = {code: en if is_english() else zh for kind, _n, code, zh, en in rows if kind != _WORD}
    return read(said, words), names


@Prepared
def _groups_and_topics(keys: list[str]) -> "QuerySet[Any, tuple[int, int, str, str, str]]":
    known = SearchWord.objects.filter(key__in=keys).values("term_id")
    words = SearchWord.objects.filter(term_id__in=known).order_by()
    of_system = Case(When(kind=TopicKind.SYSTEM, then=Value(_SYSTEM)), default=Value(_OTHER))
    topics = Topic.objects.annotate(part=of_system).order_by()
    return words.values_list(Value(_WORD), "term_id", "key", "text", Value("")).union(
        topics.values_list("part", "number", "code", "name_zh", "name_en"), all=True
    )


@Prepared
def _groups_of(keys: list[str]) -> "QuerySet[SearchWord, tuple[int, str, str]]":
    known = SearchWord.objects.filter(key__in=keys).values("term_id")
    words = SearchWord.objects.filter(term_id__in=known).order_by("pk")
    return words.values_list("term_id", "key", "text")


def _question_tags() -> Combinable:
    topics = Topic.objects.filter(question_versions=OuterRef("published_id")).order_by()
    return tagged(TOPIC, ArraySubquery(topics.values("code")))


_find_questions = Finder(
    Question.objects.public,
    rows=lambda: Question.objects.select_related("published").defer("search"),
    tags=_question_tags,
)


def questions(
    sought: Sought,
    *,
    user: Any,
    limit: int,
    or_loose: bool = False,
    chosen: Chosen = NOTHING,
) -> Found:
    """Published answers, whoever asks."""
    found = _find_questions(sought, limit=limit, or_loose=or_loose, chosen=chosen)
    hits = (_hit(one, sought) for one in found.rows)
    return Found.of("qa", gettext_lazy("Questions and answers"), hits, found)


def answers_like(text: str, *, limit: int) -> list[Question]:
    """Published answers that share words with what somebody wrote, the nearest first."""
    sought = sought_by(text[:_READ_OF_A_TEXT])
    if not sought:
        return []
    rows = Question.objects.with_words().defer("search")
    return best(Question.objects.public(), sought, limit=limit, or_loose=True, rows=rows).rows


def _hit(question: Question, sought: Sought) -> Hit:
    words = question.published
    has_own = bool(words and (words.question_en if is_english() else words.question_zh))
    return Hit(
        title=marked(pick(words, "question"), sought),
        url=reverse("qa:detail", args=[question.slug]),
        snippet=excerpt(to_line(pick(words, "answer")), sought),
        language="" if has_own else ("zh-Hant" if is_english() else "en"),
    )


def _announcement_tags() -> Combinable:
    anywhere = Value(f" {tag(COUNTY, EVERYWHERE)}")
    places = Case(
        When(current__counties=[], then=anywhere),
        default=tagged(COUNTY, F("current__counties")),
        output_field=TextField(),
    )
    return Concat(tagged(TOPIC, F("current__topics")), places, output_field=TextField())


_find_announcements = Finder(
    Announcement.objects.readable_by,
    rows=lambda: Announcement.objects.select_related("current").defer("search"),
    first=Announcement.objects.readable,
    tags=_announcement_tags,
)


def announcements(
    sought: Sought,
    *,
    user: Any,
    limit: int,
    or_loose: bool = False,
    chosen: Chosen = NOTHING,
) -> Found:
    """Announcements this person may read; what was withdrawn is found by nobody."""
    roles = tuple(sorted(standing(user).roles))
    found = _find_announcements(sought, limit=limit, or_loose=or_loose, chosen=chosen, roles=roles)
    hits = (_announcement(one, sought) for one in found.rows)
    return Found.of("news", gettext_lazy("Announcements"), hits, found)


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
