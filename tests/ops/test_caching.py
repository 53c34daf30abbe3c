"""The cache in Valkey gives back what it was given, whatever the keys are called."""

import pytest
from django.conf import settings

from sme_portal.caching import PortalCache


@pytest.fixture
def kept():
    cache = PortalCache(settings.REDIS_URL, {"KEY_PREFIX": "test_caching"})
    yield cache
    cache.delete_many(["one", "two words", "三"])
    cache.close()


def test_many_are_found_at_once_and_nothing_for_the_rest(kept):
    kept.set_many({"one": 1, "two words": {"name": "陳"}, "三": [3]}, timeout=30)

    found = kept.get_many(["one", "two words", "三", "never"])

    assert found == {"one": 1, "two words": {"name": "陳"}, "三": [3]}
    assert kept.get("one") == 1


def test_keys_of_another_version_are_others(kept):
    kept.set("one", "old", version=1, timeout=30)

    assert kept.get("one", version=2) is None


def test_a_counter_counts_once_it_is_begun(kept):
    with pytest.raises(ValueError, match="not found"):
        kept.incr("one")

    assert kept.add("one", 1, timeout=30)
    assert kept.incr("one") == 2
    assert kept.incr("one", 3) == 5
    assert kept.get("one") == 5
