"""What is known: topics, what is written about them, and the words it is found by."""

from knowledge.models.missed_search import MissedSearch
from knowledge.models.search_term import SearchTerm, SearchWord
from knowledge.models.topic import Topic, TopicKind

__all__ = ["MissedSearch", "SearchTerm", "SearchWord", "Topic", "TopicKind"]
