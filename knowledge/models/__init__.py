"""What is known: topics, what is written about them, and the words it is found by."""

from knowledge.models.announcement import Announcement
from knowledge.models.announcement_file import AnnouncementFile, FileScan
from knowledge.models.announcement_version import AnnouncementVersion
from knowledge.models.missed_search import MissedSearch
from knowledge.models.search_term import SearchTerm, SearchWord
from knowledge.models.subscription import Subscription
from knowledge.models.topic import Topic, TopicKind

__all__ = [
    "Announcement",
    "AnnouncementFile",
    "AnnouncementVersion",
    "FileScan",
    "MissedSearch",
    "SearchTerm",
    "SearchWord",
    "Subscription",
    "Topic",
    "TopicKind",
]
