"""What the small world holds for the pages of the search and of the routing rules."""

from typing import Any

from tests.factories.knowledge import SearchTermFactory
from tests.factories.routing import RuleVersionFactory


def things() -> dict[str, Any]:
    return {
        "search_term": SearchTermFactory(words=("貸款", "loan")),
        "rule_version": RuleVersionFactory(),
    }


def arguments(ids: dict[str, Any]) -> dict[str, list[Any]]:
    term, version = [ids["search_term"].pk], [ids["rule_version"].pk]
    rules = ("draft", "rehearse", "turn_on", "end", "discard")
    return {
        **{f"manage_search:{act}": term for act in ("change", "remove")},
        **{f"manage:routing_{act}": version for act in rules},
    }
