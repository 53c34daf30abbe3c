"""What this app announces. Names are stable: they are stored in the ledger."""

from enum import StrEnum


class QuestionEvent(StrEnum):
    DRAFTED = "knowledge.question.drafted"
    REVISED = "knowledge.question.revised"
    SENT_FOR_REVIEW = "knowledge.question.sent_for_review"
    RETURNED = "knowledge.question.returned"
    APPROVED = "knowledge.question.approved"
    PUBLISHED = "knowledge.question.published"
    FELL_DUE = "knowledge.question.fell_due"
    CONFIRMED = "knowledge.question.confirmed"
    RETIRED = "knowledge.question.retired"
    TAKEN_UP_AGAIN = "knowledge.question.taken_up_again"


class LawEvent(StrEnum):
    ADDED = "knowledge.law.added"
    CHANGED = "knowledge.law.changed"
