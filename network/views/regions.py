"""Counties grouped by region, as lists beside the map show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from accounts.reference import counties
from network.views.county_shapes import Shape

REGIONS = {
    "north": _("Northern Taiwan"),
    "central": _("Central Taiwan"),
    "south": _("Southern Taiwan"),
    "east": _("Eastern Taiwan"),
    "islands": _("Kinmen and Matsu"),
}


@dataclass
class Region:
    name: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Line:
    """One county of the list: its link, and how many desks and advisers."""

    name: str
    url: str
    n: int
    advisers: int
    is_chosen: bool


def by_region(drawn: Iterable[Shape], advisers: Mapping[str, int]) -> list[Region]:
    """Regions from north to south, counties in the order in which government lists them."""
    known = counties()
    found = {code: Region(str(name)) for code, name in REGIONS.items()}
    for shape in sorted(drawn, key=lambda one: known[one.code].sort_order):
        line = Line(shape.name, shape.url, shape.n, advisers.get(shape.code, 0), shape.is_chosen)
        found[known[shape.code].region].lines.append(line)
    return list(found.values())
