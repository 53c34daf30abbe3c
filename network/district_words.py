"""Districts and postcodes in a search: who serves the county is found as well."""

from collections.abc import Mapping
from dataclasses import replace
from functools import cache

from accounts.reference import counties
from accounts.reference.districts import districts
from foundation.sought import Sought
from foundation.text import fold

_KINDS = "區鄉鎮市"
_SHORTEST = 2


def with_counties(sought: Sought) -> Sought:
    """The query, in which a district or a postcode may also be written as its county."""
    known = _counties_of()
    parts = tuple(tuple(dict.fromkeys((*ways, *known.get(ways[0], ())))) for ways in sought.parts)
    return sought if parts == sought.parts else replace(sought, parts=parts)


@cache
def _counties_of() -> Mapping[str, tuple[str, ...]]:
    """By postcode and name, whole or without its last word: the districts and counties meant."""
    found: dict[str, dict[str, None]] = {}
    for one in districts().values():
        county, zh, en = counties()[one.county].zh, fold(one.zh), fold(one.en)
        for name in {one.postcode, zh, zh.rstrip(_KINDS), en.rpartition(" ")[0]}:
            if len(name) >= _SHORTEST:
                found.setdefault(name, {}).update({one.zh: None, county: None})
    # 嘉義 is a county before it is anything else.
    for place in counties().values():
        found.pop(fold(place.zh[:2]), None)
        found.pop(fold(place.en).rpartition(" ")[0], None)
    return {name: tuple(words) for name, words in found.items()}
