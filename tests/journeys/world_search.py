"""What the small world holds for the pages of the search and of the routing rules."""

from typing import Any

from tests.factories.knowledge import SearchTermFactory
from tests.factories.routing import RuleVersionFactory


def things() -> dict[str, Any]:
    return {
        "search_term": SearchTermFactory(words=("貸款", "loan")),
        "rule_version": RuleVersionFactory(),
    }
