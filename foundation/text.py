"""Text that people typed: made safe to keep, and folded so that it can be found again.

What is stored is what was typed, in Unicode's composed form (NFC), without characters that
nobody sees. What is searched is folded further: width, case and 臺/台 do not matter.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache

from django.utils.translation import gettext_lazy as _

from foundation.errors import DomainError

MAX_COMBINING_RUN = 8

_BIDI_CONTROLS = "\u202a-\u202e\u2066-\u2069"
_ZERO_WIDTH = "\u00ad\u034f\u061c\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\ufeff"
_INVISIBLE_IN_LINE = re.compile(f"[{_BIDI_CONTROLS}{_ZERO_WIDTH}\ufff9-\ufffb]")
_INVISIBLE_IN_PROSE = re.compile(f"[{_BIDI_CONTROLS}\u200b\u2060\ufeff\ufff9-\ufffb]")
_LINE_BREAKS = re.compile("\r\n|[\n\r\u0085\u2028\u2029]")
_REFUSED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
# Longer than allowed, of characters outside the blocks without combining marks: worth counting.
_MAY_BE_LONG_RUN = re.compile(
    "[^\x00-\u02ff\u2000-\u20cf\u2100-\u2cee\u3000-\u3029\u3030-\u3098\u309b-\ua66e"
    f"\uac00-\ud7ff\uff00-\uffef]{{{MAX_COMBINING_RUN + 1},}}"
)
_NEVER_SEEN = (
    "\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufe00-\ufe0f\U000e0000-\U000e01ef"
    f"{_BIDI_CONTROLS}{_ZERO_WIDTH}"
)
_SPACES = re.compile("\\s+")
_UNSEEN = re.compile(f"[{_NEVER_SEEN}]")
_LOOKS_BLANK = re.compile(f"[\\s{_NEVER_SEEN}]+")
_BLANK_EDGES = "\u115f\u1160\u2800\u3164\uffa0" + "".join(
    chr(code) for code in range(0x3001) if chr(code).isspace()
)


class TextNotAllowedError(DomainError):
    message = _("This text contains characters that cannot be kept. Type it again, please.")


def clean_line(text: str) -> str:
    """One line as it is kept: NFC, no invisible characters, no breaks, no outer blanks."""
    _refuse_unkeepable(text)
    line = _LINE_BREAKS.sub(" ", text).replace("\t", " ")
    return _composed(_INVISIBLE_IN_LINE.sub("", line))


def asked_line(text: str, longest: int) -> str:
    """A line out of an address, which may be anything: cut, and "" where it cannot be kept."""
    try:
        return clean_line(text[: 4 * longest])[:longest]
    except TextNotAllowedError:
        return ""


def clean_prose(text: str) -> str:
    """Several lines as they are kept: NFC, line breaks as \\n, no controls that turn a page."""
    _refuse_unkeepable(text)
    return _composed(_INVISIBLE_IN_PROSE.sub("", _LINE_BREAKS.sub("\n", text)))


def is_blank(text: str) -> bool:
    """True where a reader would see nothing, whatever the characters are called."""
    return not _LOOKS_BLANK.sub("", text)


def fold(text: str) -> str:
    """Text as it is compared: width, case, 臺/台 and invisible characters do not count."""
    shown = _SPACES.sub(" ", text)
    if _UNSEEN.search(shown):
        shown = _LOOKS_BLANK.sub(_space_if_space, shown)
    return unicodedata.normalize("NFKC", shown).casefold().replace("臺", "台")


def _space_if_space(blanks: re.Match[str]) -> str:
    return " " if any(character.isspace() for character in blanks.group()) else ""


def _composed(text: str) -> str:
    kept = unicodedata.normalize("NFC", text).strip(_BLANK_EDGES)
    return "" if is_blank(kept) else kept


def _refuse_unkeepable(text: str) -> None:
    # Before normalising: putting a long run of marks in order takes quadratic time.
    if _REFUSED.search(text) or _has_long_combining_run(text):
        raise TextNotAllowedError


def _has_long_combining_run(text: str) -> bool:
    if text.isascii() or not _MAY_BE_LONG_RUN.search(text):
        return False
    run = 0
    for character in text:
        run = run + 1 if unicodedata.combining(character) else 0
        if run > MAX_COMBINING_RUN:
            return True
    return False


# Searching -----------------------------------------------------------------------------------

MAX_QUERY_TERMS = 24
MAX_INDEXED_CHARACTERS = 60_000
_MAX_WORD = 64
_LAST_POSITION = 16_383

_CJK = (
    "\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u31a0-\u31bf\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\ue000-\uf8ff\uf900-\ufaff\U0001b000-\U0001b16f\U00020000-\U0003ffff\U000f0000-\U0010ffff"
)
_STARTS_CJK = re.compile(f"[{_CJK}]")
_RUN = re.compile(f"(?P<cjk>[{_CJK}]+)|(?P<word>[^\\W_{_CJK}]+)")


def search_terms(query: str) -> list[str]:
    """The words of a query, folded, in order: runs of Chinese characters and other words."""
    return [run.group()[:_MAX_WORD] for run in _RUN.finditer(fold(query))][:MAX_QUERY_TERMS]


def to_tsvector_text(*parts: str, weights: str = "") -> str:
    """Text for a `tsvector` column: character pairs with positions, single characters without.

    `weights` gives each part a PostgreSQL weight in turn ("AD": the first counts most).
    Punctuation and the border between two parts leave a gap, so that no phrase spans them.
    """
    lexemes: list[str] = []
    singles: set[str] = set()
    position = 0
    for number, part in enumerate(parts):
        weight = weights[number : number + 1]
        for run in _RUN.finditer(fold(part[:MAX_INDEXED_CHARACTERS])):
            word = run.group()
            if run.lastgroup == "cjk":
                singles.update(word)
                pieces = [word[i : i + 2] for i in range(len(word) - 1)]
            else:
                pieces = [word[:_MAX_WORD]]
            for piece in pieces:
                position = min(position + 1, _LAST_POSITION)
                lexemes.append(f"'{piece}':{position}{weight}")
            position = min(position + 2, _LAST_POSITION)
    return " ".join([*lexemes, *(f"'{single}'" for single in sorted(singles))])


def to_tsquery(query: str) -> str:
    """A query as text for `::tsquery`; empty where nothing in it can be searched for.

    Chinese runs are phrases of character pairs, so every match is a match of the very run;
    other words match as beginnings of words. All terms must be present.
    """
    return " & ".join(term_to_tsquery(term) for term in search_terms(query))


def is_cjk(term: str) -> bool:
    """Is it a run of characters that are written without spaces?"""
    return _STARTS_CJK.match(term) is not None


def term_to_tsquery(term: str) -> str:
    """One of `search_terms` as text for `::tsquery`."""
    if not is_cjk(term):
        return f"'{term}':*"
    if len(term) == 1:
        return f"'{term}'"
    pairs = " <-> ".join(f"'{term[i : i + 2]}'" for i in range(len(term) - 1))
    return f"({pairs})"


def highlight(text: str, query: str) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether the query found it. Joined they give the text."""
    return highlight_terms(text, search_terms(query))


def highlight_terms(
    text: str, terms: Sequence[str], *, to_word_end: bool = False
) -> list[tuple[str, bool]]:
    """The text in pieces, where the words of the query are known already.

    `to_word_end`: the words stand without their endings, so the whole word is marked.
    """
    if not terms or not text:
        return [(text, False)] if text else []
    folded, origin = _fold_with_origin(text)
    found = [False] * len(text)
    for term in terms:
        _mark(folded, term, origin, found, to_word_end=to_word_end)
    return _pieces(text, found)


_fold_character = lru_cache(maxsize=8_192)(fold)


def _fold_with_origin(text: str) -> tuple[str, list[int]]:
    folded: list[str] = []
    origin: list[int] = []
    for index, character in enumerate(text):
        shown = _fold_character(character)
        folded.append(shown)
        origin.extend([index] * len(shown))
    return "".join(folded), origin


def _mark(
    folded: str, term: str, origin: list[int], found: list[bool], *, to_word_end: bool
) -> None:
    starts_words = not is_cjk(term)
    at = folded.find(term)
    while at != -1:
        inside_word = starts_words and at > 0 and re.match(f"[^\\W_{_CJK}]", folded[at - 1])
        if not inside_word:
            end = at + len(term)
            while to_word_end and starts_words and end < len(folded) and folded[end].isalpha():
                if is_cjk(folded[end]):
                    break
                end += 1
            for index in range(origin[at], origin[end - 1] + 1):
                found[index] = True
        at = folded.find(term, at + len(term))


def _pieces(text: str, found: list[bool]) -> list[tuple[str, bool]]:
    pieces: list[tuple[str, bool]] = []
    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or found[index] != found[start]:
            pieces.append((text[start:index], found[start]))
            start = index
    return pieces
