"""The sentences of this app's events, one module per kind of thing."""

from knowledge.timeline import search_terms

__all__ = ["search_terms"]
