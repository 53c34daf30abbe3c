"""What the small world holds for the pages of the search."""

from typing import Any

from tests.factories.knowledge import SearchTermFactory


def things() -> dict[str, Any]:
    return {"search_term": SearchTermFactory(words=("貸款", "loan"))}
