"""Who is told what of this app's happenings, one module per kind of thing."""

from knowledge.notifications import search_terms

__all__ = ["search_terms"]
