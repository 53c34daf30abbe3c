"""Counties and industry sections: small tables that ship with the code."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml
from django.utils.translation import get_language

_HERE = Path(__file__).parent


@dataclass(frozen=True)
class County:
    code: str
    zh: str
    en: str
    zh_variant: str
    region: str
    sort_order: int
    moi_code: str = ""

    @property
    def name(self) -> str:
        return _pick(self.zh, self.en)


@dataclass(frozen=True)
class Industry:
    code: str
    zh: str
    en: str
    sector: str
    selectable: bool

    @property
    def name(self) -> str:
        return _pick(self.zh, self.en)


@cache
def counties() -> dict[str, County]:
    """The 22 counties and cities by code, in the order in which government lists them."""
    found = [
        County(
            r["code"],
            r["zh"],
            r["en"],
            r["zh_variant"],
            r["region"],
            r["sort_order"],
            r["moi_code"],
        )
        for r in _rows("counties.yaml", "counties")
    ]
    return {county.code: county for county in sorted(found, key=lambda c: c.sort_order)}


@cache
def industries() -> dict[str, Industry]:
    """Sections A to S of the Statistical Classification of Industry by letter."""
    return {
        r["code"]: Industry(
            r["code"], r["zh"], r["en"], r["sector"], r["selectable_for_enterprises"]
        )
        for r in _rows("industries.yaml", "sections")
    }


def county_name(code: str) -> str:
    """The county's name in the reader's language; nothing for an unknown code."""
    return counties()[code].name if code in counties() else ""


def industry_name(code: str) -> str:
    return industries()[code].name if code in industries() else ""


def county_choices() -> list[tuple[str, str]]:
    return list(county_names().items())


def county_names() -> Mapping[str, str]:
    """The names of all counties by code in the reader's language, in their order."""
    return _county_names(english=_is_english())


@cache
def _county_names(*, english: bool) -> Mapping[str, str]:
    named = {one.code: one.en if english else one.zh for one in counties().values()}
    return MappingProxyType(named)


def industry_choices() -> list[tuple[str, str]]:
    return [(i.code, i.name) for i in industries().values() if i.selectable]


def county_of_address(address: str) -> str:
    """The code of the county an address begins with, 臺 and 台 alike; empty when none."""
    for county in counties().values():
        if address.startswith((county.zh, county.zh_variant)):
            return county.code
    return ""


def _pick(zh: str, en: str) -> str:
    return en if _is_english() else zh


def _is_english() -> bool:
    return (get_language() or "").startswith("en")


def _rows(name: str, key: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = yaml.safe_load((_HERE / name).read_text("utf-8"))[key]
    return rows
