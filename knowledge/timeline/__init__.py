"""The sentences of this app's events, one module per kind of thing."""

from knowledge.timeline import announcements, questions, search_terms

__all__ = ["announcements", "questions", "search_terms"]
