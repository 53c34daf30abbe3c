"""What the small world holds of questions: one that is published, its next wording with the approver."""

from typing import Any

from accounts.models import Agency, User
from tests.factories.knowledge import (
    LawArticleFactory,
    QuestionFactory,
    QuestionVersionFactory,
    TopicFactory,
)


def things(smesa: Agency, people: dict[str, User]) -> dict[str, Any]:
    topic, law = TopicFactory(code="procurement-bonds"), LawArticleFactory(article="30")
    wrote = {"author": people["editor"], "topics": [topic], "laws": [law]}
    question = QuestionFactory(public=True, slug="bid-bond", agency=smesa, words=wrote)
    QuestionVersionFactory(
        question=question,
        number=2,
        state="in_review",
        question_zh="qzwording 押標金怎麼繳？",
        **wrote,
    )
    return {"question": question, "law": law}


def arguments(ids: dict[str, Any]) -> dict[str, list[Any]]:
    acts = "question edit preview compare send give_back approve confirm retire"
    of_one = [f"manage_qa:{act}" for act in acts.split()]
    of_one += [f"qa:{page}" for page in ("detail", "print", "vote")]
    of_one.append("desk:question")
    of_laws = {name: [ids["law"].pk] for name in ("manage_qa:law", "desk:law")}
    return {name: [ids["question"].slug] for name in of_one} | of_laws
