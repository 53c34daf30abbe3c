"""Who is told of what of this app's happenings, one module per kind of thing."""

from knowledge.notifications import announcements, questions, search_terms

__all__ = ["announcements", "questions", "search_terms"]
