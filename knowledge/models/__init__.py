"""What is known: topics, and what is written about them."""

from knowledge.models.topic import Topic, TopicKind

__all__ = ["Topic", "TopicKind"]
