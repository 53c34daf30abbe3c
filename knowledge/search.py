"""What the one search of the portal reads here: the words that mean the same, and what they find."""

from collections import defaultdict

from foundation.sought import Synonyms
from knowledge.models import SearchWord


def synonyms() -> Synonyms:
    """Every word of every group, with the other words of its group; one query."""
    rows = list(SearchWord.objects.order_by("pk").values_list("term_id", "key", "text"))
    groups: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for term_id, key, text in rows:
        groups[term_id].append((key, text))
    return {
        key: tuple(text for other, text in group if other != key)
        for group in groups.values()
        for key, _text in group
    }
