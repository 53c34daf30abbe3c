"""What is announced of the words that find each other. Names are stable: they are stored in the ledger."""

from enum import StrEnum


class SearchTermEvent(StrEnum):
    ADDED = "knowledge.search_term.added"
    CHANGED = "knowledge.search_term.changed"
    REMOVED = "knowledge.search_term.removed"
