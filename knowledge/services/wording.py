"""What an editor writes of a question, and which of its two languages is older."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from knowledge.models import QuestionVersion
from knowledge.parity import older_language
from knowledge.states import Language

WORDS = ("question_zh", "question_en", "answer_zh", "answer_en")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Both languages, what they rest on, and from when they hold.

    `both_agree` is the editor's word that a text left as it was still says the same as the
    other language.
    """

    question_zh: str = ""
    question_en: str = ""
    answer_zh: str = ""
    answer_en: str = ""
    topic_ids: tuple[int, ...] = ()
    law_ids: tuple[int, ...] = ()
    valid_from: dt.date | None = None
    review_months: int = 12
    publish_at: dt.datetime | None = None
    one_language_because: str = ""
    both_agree: bool = False
    seen_edits: int | None = field(default=None, compare=False)


def behind(before: QuestionVersion | None, wording: Wording) -> str:
    """The language whose text is older than the other, against what was published before.

    Returns "zh", "en", or "" where both say the same or one of them is missing.
    """
    is_whole = all(getattr(wording, name) for name in WORDS)
    if wording.both_agree or not is_whole or before is None:
        return ""
    changed = {code for code in Language.values if _is_changed(before, wording, code)}
    return older_language(changed, missing_before=[before.missing], older_before=before.behind)


def _is_changed(before: QuestionVersion, wording: Wording, code: str) -> bool:
    names = (f"question_{code}", f"answer_{code}")
    return any(getattr(before, name) != getattr(wording, name) for name in names)
