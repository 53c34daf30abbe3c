"""What in a text may lead to a person or an enterprise; found for an editor, who decides. Pure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _

BLOT = "○○○"
_SHORTEST_NAME = 2


class Kind(models.TextChoices):
    NAME = "name", _("A name")
    FIRM = "firm", _("A business")
    EMAIL = "email", _("An e-mail address")
    ACCOUNT = "account", _("An account")
    PHONE = "phone", _("A telephone number")
    NUMBER = "number", _("A number")
    PLATE = "plate", _("A number plate")
    ADDRESS = "address", _("An address")


@dataclass(frozen=True, slots=True)
class Finding:
    """A stretch of a text and what it looks like."""

    kind: Kind
    text: str
    start: int
    end: int


# Full-width letters, digits and signs are read as the half-width ones; the places stay the same.
_HALF = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F)} | {0x3000: " "}
_CJK = "\u4e00-\u9fff"
_DASH = "[-‐–— ]?"
_SURNAMES = (
    "陳林黃張李王吳劉蔡楊許鄭謝郭洪曾邱廖賴周徐蘇葉莊呂江何蕭羅高潘簡朱鍾游彭詹胡施沈余盧梁趙"
    "顏柯翁魏孫戴范方宋鄧杜傅侯曹薛丁卓馬阮董溫唐藍蔣石古紀姚連馮歐程湯黎田康姜汪白鄒尤巫鐘涂"
)
_TITLES = "先生|小姐|女士|太太|老闆娘|老闆|董事長|總經理|經理(?!人)|廠長|店長|課長|科長|專員|老師"
# A name of a business holds none of these: it ends there to the left.
_JOINING = "的是在和跟與向由從對請找給及或我你您他她它們這那為家間以將把被讓叫有"
_KINDS_OF_FIRM = (
    "股份有限公司|有限公司|實業社|企業社|工程行|企業行|商行|工作室|工業社|合作社|會計師事務所"
)
_NO_NAME = "設立|成立|登記|申請|變更|改為|改組|組織|屬於|一般|兩合|股份|外國|本國|上市|公開發行"
_STANDARDS = "ISO|CNS|IEC|HS|EN|JIS|UL|DIN|ANSI|RFC|GB|ASTM|SEMI"


def _first_letters(words: str) -> str:
    return rf"(?<![A-Za-z0-9]){words}"


_PATTERNS: tuple[tuple[Kind, str], ...] = (
    (Kind.EMAIL, r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"),
    (
        Kind.ACCOUNT,
        _first_letters(
            r"(?i:line)\s*(?:(?i:id)\s*[:是為]?|帳號\s*[:是為]?|:|(?=@))\s*@?[A-Za-z0-9._-]{4,20}"
        ),
    ),
    (Kind.ACCOUNT, r"(?:帳號|帳戶|(?i:account(?: no\.?| number)?))[^\d\n]{0,8}\d[\d -]{5,18}\d"),
    (Kind.NUMBER, _first_letters(r"A\d{3}-\d{2}-\d{5}(?!\d)")),
    (Kind.NUMBER, _first_letters(r"[A-Za-z][12389A-Da-d]\d{8}(?!\d)")),
    (
        Kind.PHONE,
        rf"(?<!\d)(?:\(0\d{{1,3}}\)|0\d{{1,3}}){_DASH}\d{{3,4}}{_DASH}\d{{3,4}}(?!\d)",
    ),
    (Kind.PHONE, r"\+886[- ]?\d{1,3}[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)"),
    (Kind.NUMBER, r"(?<!\d)(?<!\d[,.])\d{8}(?!\d|[,.]\d|\s*(?:元|萬|億|NT|TWD|年))"),
    (Kind.NUMBER, r"(?<!\d)(?<!\d[,.])\d{10,16}(?!\d|[,.]\d|\s*元)"),
    (
        Kind.PLATE,
        (
            rf"(?<![A-Za-z0-9-])(?!(?:{_STANDARDS})-)(?:[A-Z]{{2,3}}-\d{{3,4}}|\d{{3,4}}-[A-Z]{{2,3}})"
            r"(?![A-Za-z0-9-])"
        ),
    ),
    (Kind.PLATE, r"車[牌號][:是為]?\s?[A-Z0-9]{2,4}-?[A-Z0-9]{2,4}"),
    (
        Kind.ADDRESS,
        (
            rf"(?:[{_CJK}]{{1,3}}[縣市])?(?:[{_CJK}]{{1,4}}[鄉鎮市區])?"
            rf"[{_CJK}0-9]{{1,8}}(?:路|街|大道)(?:[一二三四五六七八九十0-9]{{1,3}}段)?"
            r"(?: ?\d{1,4} ?巷)?(?: ?\d{1,4} ?弄)? ?\d{1,4}(?:[之-]\d{1,3})? ?號"
            r"(?:[0-9一二三四五六七八九十]{1,3}樓)?"
        ),
    ),
    # A whole name without its title; of a surname alone the title is shown with it.
    (Kind.NAME, rf"[{_SURNAMES}](?:[{_CJK}]{{1,2}}?(?={_TITLES})|(?:{_TITLES}))"),
    (Kind.NAME, _first_letters(r"(?:Mr|Ms|Mrs|Miss|Dr)\.? [A-Z][a-z]+(?:[ -][A-Z][a-z]+){0,2}")),
    (
        Kind.FIRM,
        (
            rf"(?!(?:{_NO_NAME})(?:{_KINDS_OF_FIRM}))(?:(?![{_JOINING}])[{_CJK}A-Za-z0-9]){{2,10}}?"
            rf"(?<!股份)(?:{_KINDS_OF_FIRM})"
        ),
    ),
    (
        Kind.FIRM,
        _first_letters(
            r"[A-Z][\w&'-]*(?: [A-Z][\w&'-]*){0,4},? "
            r"(?:Co\.,? ?Ltd\b\.?|Company Limited|Ltd\b\.?|Inc\b\.?|Corp\b\.?|LLC)"
        ),
    ),
)
_COMPILED = tuple((kind, re.compile(pattern)) for kind, pattern in _PATTERNS)


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
    return "".join(BLOT if is_found else piece for piece, is_found in pieces(text, findings))


def pieces(text: str, findings: Iterable[Finding]) -> list[tuple[str, bool]]:
    """The text cut at each finding: every piece with whether it is one."""
    end, cut = 0, []
    for one in findings:
        cut += [(text[end : one.start], False), (text[one.start : one.end], True)]
        end = one.end
    return [(piece, is_found) for piece, is_found in [*cut, (text[end:], False)] if piece]


def _all(text: str, names: Iterable[str]) -> Iterator[Finding]:
    for name in names:
        if len(name.strip()) >= _SHORTEST_NAME:
            for hit in re.finditer(re.escape(name.strip()), text, re.IGNORECASE):
                yield Finding(_kind_of(name), hit.group(), *hit.span())
    yield from _patterned(text)


def _patterned(text: str) -> Iterator[Finding]:
    read = text.translate(_HALF)
    for kind, pattern in _COMPILED:
        for hit in pattern.finditer(read):
            yield Finding(kind, text[hit.start() : hit.end()], *hit.span())


def _kind_of(name: str) -> Kind:
    """What the case calls by that name: a person, a business, or its number."""
    if name.strip().isdigit():
        return Kind.NUMBER
    is_firm = any(found.kind == Kind.FIRM for found in _patterned(name))
    return Kind.FIRM if is_firm else Kind.NAME
