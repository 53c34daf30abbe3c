"""Nobody is told when words of the search change, on purpose."""

from knowledge.search_events import SearchTermEvent
from notifications.registry import silence

for _event in SearchTermEvent:
    silence(_event, because="an editor's own act on how things are found, kept on record")
