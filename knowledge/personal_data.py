"""What in a text may lead to a person or an enterprise; found for an editor, who decides. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

BLOT = "○○○"
_SHORTEST_NAME = 2


class Kind(StrEnum):
    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    NUMBER = "number"
    ADDRESS = "address"


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of a text and what it looks like."""

    kind: Kind
    text: str
    start: int
    end: int


_DIGIT = "[0-9０-９]"
_DASH = "[-－‐–— ]?"
_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.EMAIL, re.compile(r"[\w.+-]{1,64}[@＠][\w-]{1,63}(?:[.．][\w-]{1,63}){1,4}")),
    (Kind.NUMBER, re.compile(r"(?<![A-Za-z0-9])A\d{3}-\d{2}-\d{5}(?!\d)")),
    (Kind.NUMBER, re.compile(r"(?<![A-Za-z0-9])[A-Z][12389A-D]\d{8}(?!\d)")),
    (
        Kind.PHONE,
        re.compile(
            rf"(?<!{_DIGIT})(?:[(（][0０]{_DIGIT}{{1,3}}[)）]|[0０]{_DIGIT}{{1,3}}){_DASH}"
            rf"{_DIGIT}{{3,4}}{_DASH}{_DIGIT}{{3,4}}(?!{_DIGIT})"
        ),
    ),
    (Kind.PHONE, re.compile(r"\+886[- ]?\d{1,3}[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)")),
    (Kind.NUMBER, re.compile(rf"(?<!{_DIGIT}){_DIGIT}{{8}}(?!{_DIGIT})")),
    (
        Kind.ADDRESS,
        re.compile(
            r"(?:[\u4e00-\u9fff]{1,3}[縣市])?(?:[\u4e00-\u9fff]{1,4}[鄉鎮市區])?"
            r"[\u4e00-\u9fff0-9０-９]{1,8}(?:路|街|大道)(?:[一二三四五六七八九十0-9０-９]{1,3}段)?"
            r"(?:[0-9０-９]{1,4}巷)?(?:[0-9０-９]{1,4}弄)?[0-9０-９]{1,4}(?:[之-][0-9０-９]{1,3})?號"
            r"(?:[0-9０-９一二三四五六七八九十]{1,3}樓)?"
        ),
    ),
)  # fmt: skip


def find(text: str, names: Iterable[str] = ()) -> list[Finding]:
    """Every stretch that looks like personal data, in order; `names` are those the case knows.

    Stretches never overlap: the longer of two stays.
    """
    found = sorted(_all(text, names), key=lambda one: (one.start - one.end, one.start))
    kept: list[Finding] = []
    for one in found:
        if all(one.end <= other.start or one.start >= other.end for other in kept):
            kept.append(one)
    return sorted(kept, key=lambda one: one.start)


def without(text: str, findings: Iterable[Finding]) -> str:
    """The text with a blot in the place of each finding."""
    end, pieces = 0, []
    for one in findings:
        pieces += [text[end : one.start], BLOT]
        end = one.end
    return "".join([*pieces, text[end:]])


def _all(text: str, names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if len(name.strip()) >= _SHORTEST_NAME:
            for hit in re.finditer(re.escape(name.strip()), text, re.IGNORECASE):
                yield Finding(Kind.NAME, hit.group(), *hit.span())
    for kind, pattern in _PATTERNS:
        for hit in pattern.finditer(text):
            yield Finding(kind, hit.group(), *hit.span())
