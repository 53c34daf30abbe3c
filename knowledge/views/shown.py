"""A wording as readers see it: in their language, or in both; with what it rests on."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.conf import settings
from django.urls import reverse
from django.utils.safestring import SafeString

from foundation.languages import is_english
from foundation.linked_data import as_script
from foundation.marks import to_html, to_line
from knowledge.models import LawArticle, Question, QuestionVersion, Topic
from knowledge.states import Language

TAGS = {Language.ZH: "zh-Hant", Language.EN: "en"}


@dataclass(frozen=True, slots=True)
class Text:
    """One language of a wording."""

    language: Language
    question: str
    answer: str

    @property
    def tag(self) -> str:
        return TAGS[self.language]

    @property
    def name(self) -> str:
        return str(self.language.label)

    @property
    def html(self) -> SafeString:
        """The answer below the page's own heading."""
        return to_html(self.answer, heading=2)

    @property
    def lower_html(self) -> SafeString:
        """The same where the question is a heading of the third level itself."""
        return to_html(self.answer, heading=4)

    @property
    def line(self) -> str:
        return to_line(self.answer)


@dataclass(frozen=True, slots=True)
class Shown:
    """What a page about one question draws."""

    question: Question
    version: QuestionVersion
    main: Text
    other: Text | None
    topics: list[Topic]
    laws: list[LawArticle]
    changed_laws: list[LawArticle] = field(default_factory=list)

    @property
    def is_foreign(self) -> bool:
        """Is there no text in the language of the page?"""
        return self.main.language != wanted_language()

    @property
    def is_older(self) -> bool:
        """Is what the reader reads older than the other language?"""
        return self.version.behind == self.main.language


def wanted_language() -> Language:
    return Language.EN if is_english() else Language.ZH


def text_in(version: QuestionVersion, language: Language) -> Text | None:
    question = getattr(version, f"question_{language}")
    answer = getattr(version, f"answer_{language}")
    return Text(language, question, answer) if question and answer else None


def texts_of(version: QuestionVersion) -> tuple[Text, Text | None]:
    """The text in the reader's language and the other; one of the two where there is but one."""
    wanted = wanted_language()
    other = Language.ZH if wanted == Language.EN else Language.EN
    first, second = text_in(version, wanted), text_in(version, other)
    main = first or second or Text(wanted, version.title, "")
    return main, second if first else None


def shown(question: Question, version: QuestionVersion) -> Shown:
    """Everything a page needs; topics and laws come from what was fetched before."""
    main, other = texts_of(version)
    laws = sorted(version.laws.all(), key=lambda law: (law.law_zh, law.number, law.article))
    changed = [law for law in laws if _changed_since_review(question, law)]
    topics = sorted(version.topics.all(), key=lambda topic: (topic.kind != "system", topic.number))
    return Shown(question, version, main, other, topics, laws, changed)


def _changed_since_review(question: Question, law: LawArticle) -> bool:
    noted, reviewed = law.change_noted_on, question.reviewed_on
    return question.is_due and noted is not None and (reviewed is None or noted >= reviewed)


def structured(one: Shown) -> SafeString:
    """The page as schema.org's FAQPage, for search engines."""
    address = settings.PORTAL_ORIGIN + reverse("qa:detail", args=[one.question.slug])
    described = {
        "@context": "https://schema.org",
        "@type": "FAQPage",
        "@id": address,
        "inLanguage": one.main.tag,
        "dateModified": one.question.reviewed_on.isoformat() if one.question.reviewed_on else "",
        "mainEntity": [
            {
                "@type": "Question",
                "name": one.main.question,
                "url": address,
                "acceptedAnswer": {"@type": "Answer", "text": str(one.main.html)},
            }
        ],
    }
    return as_script(described)
