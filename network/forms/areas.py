"""Areas as people write them: “全國”, “臺中市；彰化縣”, “臺中市大里區”."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from foundation.errors import DomainError
from foundation.text import fold
from network.areas import NATION, NATION_WORDS, area_text
from network.places import Place, read_place

_BETWEEN = re.compile(r"[、;；，\n]+")


class AreaError(Exception):
    """Areas that do not fit together; says beside which field, and in which words."""

    def __init__(self, field: str, words: str) -> None:
        super().__init__(words)
        self.field, self.words = field, words


def read_areas(text: str) -> list[str]:
    """The codes of areas written one after the other: “nation”, “county” or “county/district”.

    Raises ValidationError with the words that name no place.
    """
    found: list[str] = []
    for piece in (one.strip() for one in _BETWEEN.split(text)):
        if piece:
            found += _read(piece)
    return list(dict.fromkeys(found))


def _read(piece: str) -> list[str]:
    """One area; several where a comma does not belong to one English name."""
    if fold(piece) in NATION_WORDS:
        return [NATION]
    try:
        return [_code(read_place(piece))]
    except DomainError as refusal:
        parts = [one.strip() for one in piece.split(",") if one.strip()]
        if len(parts) > 1:
            return [code for part in parts for code in _read(part)]
        raise ValidationError(f"{piece}: {refusal.message}") from refusal


def _code(place: Place) -> str:
    return f"{place.county}/{place.district}" if place.district else place.county


def joined_areas(codes: Iterable[str]) -> list[str]:
    """Each area once, without those that lie in another. Raises AreaError where there is none."""
    named = list(dict.fromkeys(codes))
    if not named:
        raise AreaError("areas", _("Say who is served: the whole country, counties or districts."))
    if NATION in named:
        return [NATION]
    return [code for code in named if "/" not in code or code.partition("/")[0] not in named]


def check_excepted(areas: Iterable[str], excepted: Iterable[str]) -> None:
    """Only what lies inside an area served can be left out of it. Raises AreaError."""
    held = set(areas)
    for code in excepted:
        county = code.partition("/")[0]
        inside = NATION in held or (county in held and "/" in code)
        if code == NATION or code in held or not inside:
            words = _("%(name)s does not lie inside the areas served.")
            raise AreaError("excepted", words % {"name": area_text(code)})
