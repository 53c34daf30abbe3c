"""Editors, approvers and wordings for tests of questions."""

from uuid import uuid4

from accounts.models import Agency, User
from accounts.roles import Role
from knowledge.models import Question, QuestionVersion
from knowledge.services import publishing, questions
from knowledge.services.wording import Wording
from tests.factories.accounts import StaffMembershipFactory
from tests.factories.knowledge import TopicFactory


def editor(agency: Agency) -> User:
    return StaffMembershipFactory(agency=agency, role=Role.EDITOR).user


def approver(agency: Agency) -> User:
    return StaffMembershipFactory(agency=agency, role=Role.APPROVER).user


def wording(**given: object) -> Wording:
    words = {
        "question_zh": "押標金可以用什麼方式繳？",
        "question_en": "How may a bid bond be paid?",
        "answer_zh": "可以用現金或銀行本票。",
        "answer_en": "In cash or by cashier's cheque.",
    }
    topics = {"topic_ids": (TopicFactory(code="procurement-bonds").pk,)}
    return Wording(**{**words, **topics, **given})


def drafted(agency: Agency, by: User, **given: object) -> Question:
    question, _is_new = questions.draft(
        agency_id=agency.pk, by_id=by.pk, wording=wording(**given), key=uuid4()
    )
    return question


def approve(question: Question, by: User) -> QuestionVersion:
    """She reads what is open and agrees to that."""
    read = question.versions.newest_first()[0].revision
    return publishing.approve(question_id=question.pk, by_id=by.pk, revision=read)


def published(agency: Agency, by: User, second: User, **given: object) -> Question:
    question = drafted(agency, by, **given)
    questions.send(question_id=question.pk, by_id=by.pk)
    approve(question, second)
    question.refresh_from_db()
    return question
