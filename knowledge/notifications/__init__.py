"""Who is told what of this app's happenings, one module per kind of thing."""

from knowledge.notifications import announcements, search_terms

__all__ = ["announcements", "search_terms"]
