"""The drafted questions about government procurement that the portal brings along, and their laws."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts.models import Agency
from knowledge.models import LawArticle, Question, QuestionVersion, Topic
from knowledge.services import publishing
from knowledge.services.laws import number_of
from sme_portal.seeds.knowledge import read

RESPONSIBLE = "smesa"
_LIBRARY = "https://law.moj.gov.tw/LawClass/"


def seed_laws() -> str:
    """Every article that a question cites; what editors wrote about one stays, gaps are filled."""
    data = read("procurement_questions.yaml")
    laws = {row["code"]: row for row in data["laws"]}
    cited = sorted({cite for row in data["questions"] for cite in row["laws"]})
    known = {(law.law_code, law.article): law for law in LawArticle.objects.all()}
    rows = [_article(cite, laws, data["summaries"]) for cite in cited]
    new = [row for row in rows if (row.law_code, row.article) not in known]
    LawArticle.objects.bulk_create(new)
    bare = [
        law for row in rows if (law := known.get((row.law_code, row.article))) if _fill(law, row)
    ]
    LawArticle.objects.bulk_update(bare, ["summary_zh", "summary_en"])
    return f"articles of law: {len(rows)}, {len(new)} new, {len(bare)} described"


def _fill(law: LawArticle, brought: LawArticle) -> bool:
    """Take over the summary brought along where nobody has written one."""
    if law.summary_zh or law.summary_en:
        return False
    law.summary_zh, law.summary_en = brought.summary_zh, brought.summary_en
    return True


def _article(cite: str, laws: dict[str, Any], summaries: dict[str, Any]) -> LawArticle:
    code, _gap, article = cite.partition(" ")
    law, summary = laws[code], summaries[cite]
    page = f"LawSingle.aspx?pcode={law['pcode']}&flno={article}"
    return LawArticle(
        law_code=code,
        law_zh=law["zh"],
        law_en=law["en"],
        article=article,
        number=number_of(article),
        summary_zh=summary["zh"],
        summary_en=summary["en"],
        url=_LIBRARY + (page if article else f"LawAll.aspx?pcode={law['pcode']}"),
    )


def seed_questions() -> str:
    """Drafts only: a second person reads each before readers do. Those already there stay."""
    rows = read("procurement_questions.yaml")["questions"]
    agency = Agency.objects.get(code=RESPONSIBLE)
    topics = dict(Topic.objects.values_list("code", "pk"))
    laws = {str(law): law.pk for law in LawArticle.objects.all()}
    known = set(Question.objects.values_list("slug", flat=True))
    new = [row for row in rows if row["code"] not in known]
    now = timezone.now()
    for row in new:
        question = Question.objects.create(slug=row["code"], agency=agency, created_at=now)
        version = QuestionVersion.objects.create(
            question=question,
            number=1,
            question_zh=row["question_zh"],
            question_en=row["question_en"],
            answer_zh=_listed(row["points_zh"]),
            answer_en=_listed(row["points_en"]),
            changed_at=now,
        )
        version.topics.set([topics[row["topic"]]])
        version.laws.set([laws[cite] for cite in row["laws"]])
    return f"questions: {len(rows)}, {len(new)} drafted"


def _listed(points: list[str]) -> str:
    return "\n".join(f"- {point}" for point in points)


def index_questions() -> str:
    """What is public already is found by the words that would be written today."""
    return f"questions made findable again: {publishing.index_again()}"


STEPS: tuple[Callable[[], str], ...] = (seed_laws, seed_questions, index_questions)
