"""Published answers that an officer puts into a reply, in the language of the case."""

from __future__ import annotations

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from assistance.models import Case
from foundation.languages import pick, pick_in
from foundation.marks import to_plain
from knowledge.models import Question
from knowledge.search import answers_like

MOST_OFFERED = 12


@dataclass(frozen=True, slots=True)
class Answer:
    """A published answer as words of a letter: what it says, what it rests on, where it stands."""

    pk: int
    title: str
    text: str


def answers_for(case: Case) -> list[Answer]:
    """What is published near the words of the case, then about its system."""
    near = answers_like(case.subject, limit=MOST_OFFERED)
    if len(near) < MOST_OFFERED and case.main_system is not None:
        about = Question.objects.public().about([case.main_system.code]).with_words()
        near += list(about.defer("search").order_by("-helped", "pk")[:MOST_OFFERED])
    once = {one.pk: one for one in near if one.published}
    return [_as_words(one, case.language) for one in list(once.values())[:MOST_OFFERED]]


def _as_words(question: Question, language: str) -> Answer:
    words = question.published
    with override(language):
        address = settings.PORTAL_ORIGIN + reverse("qa:detail", args=[question.slug])
        laws = [law.title for law in words.laws.all()] if words else []
        basis = _("Basis: %(laws)s") % {"laws": _(", ").join(laws)} if laws else ""
    parts = [to_plain(pick_in(words, "answer", language)), basis, address]
    title = _("Q&A: %(question)s") % {"question": pick(words, "question")}
    return Answer(question.pk, title, "\n\n".join(part for part in parts if part))
