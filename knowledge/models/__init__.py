"""What is known: topics, what is written about them, and the words it is found by."""

from knowledge.models.announcement import Announcement
from knowledge.models.announcement_file import AnnouncementFile, FileScan
from knowledge.models.announcement_version import AnnouncementVersion
from knowledge.models.answer_offer import AnswerOffer
from knowledge.models.helpful_vote import HelpfulVote
from knowledge.models.law_article import LawArticle
from knowledge.models.missed_search import MissedSearch
from knowledge.models.question import Question
from knowledge.models.question_version import LONGEST_ANSWER, LONGEST_QUESTION, QuestionVersion
from knowledge.models.search_term import SearchTerm, SearchWord
from knowledge.models.subscription import Subscription
from knowledge.models.topic import Topic, TopicKind

__all__ = [
    "LONGEST_ANSWER",
    "LONGEST_QUESTION",
    "Announcement",
    "AnnouncementFile",
    "AnnouncementVersion",
    "AnswerOffer",
    "FileScan",
    "HelpfulVote",
    "LawArticle",
    "MissedSearch",
    "Question",
    "QuestionVersion",
    "SearchTerm",
    "SearchWord",
    "Subscription",
    "Topic",
    "TopicKind",
]
