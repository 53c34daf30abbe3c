"""What every test stands on: a real PostgreSQL, closed sockets, no words in the wrong language left behind."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.utils import translation


@pytest.fixture(autouse=True)
def _clean_cache_and_language(settings: object) -> Iterator[None]:
    """Each test starts with an empty cache and in the portal's own language."""
    cache.clear()
    with translation.override("zh-hant"):
        yield
    cache.clear()
