"""From what an owner says to the guidance systems that fit, with reasons. Pure: no database."""

from assistance.routing.facts import Facts, Reason, Suggestion
from assistance.routing.suggesting import suggest

__all__ = ["Facts", "Reason", "Suggestion", "suggest"]
