"""Areas by their codes: “nation”, “county” or “county/district”, and in Chinese words."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.reference import counties
from network.models import AreaExtent, ServiceArea

NATION = "nation"
NATION_WORDS = frozenset({NATION, "全國", "the whole country"})


def area_code(row: ServiceArea) -> str:
    """The code of a row."""
    if row.extent == AreaExtent.NATION:
        return NATION
    return f"{row.county}/{row.district}" if row.district else str(row.county)


def area_text(code: str) -> str:
    """“全國”, “臺中市”, “臺中市大里區”."""
    if code == NATION:
        return "全國"
    county, _slash, district = code.partition("/")
    return counties()[county].zh + district


def areas_text(codes: Iterable[str]) -> str:
    """Areas one after the other, as forms and files read them."""
    return "；".join(map(area_text, codes))
