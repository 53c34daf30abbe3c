"""Counties grouped by region, as lists beside the map show them."""

from __future__ import annotations

from collections.abc import Iterable
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
    shapes: list[Shape] = field(default_factory=list)


def by_region(drawn: Iterable[Shape]) -> list[Region]:
    """Regions from north to south, counties in the order in which government lists them."""
    known = counties()
    found = {code: Region(str(name)) for code, name in REGIONS.items()}
    for shape in sorted(drawn, key=lambda one: known[one.code].sort_order):
        found[known[shape.code].region].shapes.append(shape)
    return list(found.values())
