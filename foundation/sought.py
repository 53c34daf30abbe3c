"""What a person searches for: the parts of a query, each in every way it may be written. Pure.

Question words fall away, known words are taken out of runs without spaces, and what the
dictionary joins stands side by side: 污染防治補助 asks for (污染防治 or pollution prevention) and
(補助 or subsidy).
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from foundation.text import fold, is_cjk, search_terms, term_to_tsquery

# For the words of a group, as `key_of` writes them: the other words of the group, as written.
Synonyms = Mapping[str, tuple[str, ...]]

MOST_PARTS = 8
LONGEST_KNOWN = 24
_MOST_WORDS_KNOWN = 6
_SHORTEST_STEMMED = 4

_QUESTION_ZH = (
    "請問 如何 怎麼辦 怎麼 怎樣 什麼 甚麼 可不可以 能不能 是不是 有沒有 要不要 可以 是否 哪些 哪裡 哪裏 哪個 "
    "多少 為什麼 為何 我想要 我想 想要 我們 我要 需要 應該 關於 有關 的 嗎 呢 了"
)
_QUESTION_EN = (
    "a about am an and any are as at be been by can could did do does for from get had has have how i "
    "if in into is it may me might must my need of on or our should some that the there these they "
    "this to us want was we were what when where which who why will with would you your"
)
_LEFT_OUT = frozenset(_QUESTION_EN.split())
_BETWEEN = re.compile("|".join(sorted(_QUESTION_ZH.split(), key=len, reverse=True)))


@dataclass(frozen=True, slots=True)
class Sought:
    """A query as it is asked of every part of the portal.

    `parts`: all must be found, each in one of its ways; the first way is as it was typed.
    """

    typed: str
    parts: tuple[tuple[str, ...], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.parts)

    @property
    def strict(self) -> str:
        """Text for `::tsquery` that asks for all parts."""
        return " & ".join(_any(_way(way) for way in ways) for ways in self.parts)

    @property
    def loose(self) -> str:
        """Text for `::tsquery` that some of the words satisfy; empty where that asks no less."""
        pieces = [piece for ways in self.parts for piece in _pieces(ways)]
        return " | ".join(dict.fromkeys(pieces)) if len(pieces) > 1 else ""

    @property
    def marked(self) -> tuple[str, ...]:
        """The words to highlight where they stand."""
        words = (term for ways in self.parts for way in ways for term in search_terms(way))
        return tuple(dict.fromkeys(stem(word) for word in words))

    def is_in(self, text: str) -> bool:
        """Does a text hold all parts? For the few things that are looked through one by one."""
        folded = _folded(text)
        held = (any(_stands_in(folded, way) for way in ways) for ways in self.parts)
        return bool(self.parts) and all(held)

    @property
    def also(self) -> tuple[str, ...]:
        """What is searched for beside the words that were typed."""
        return tuple(dict.fromkeys(way for ways in self.parts for way in ways[1:]))


def read(typed: str, synonyms: Synonyms) -> Sought:
    """Read a query; a query of nothing but question words is asked as it stands."""
    terms = search_terms(typed)
    told = [term for term in terms if term not in _LEFT_OUT]
    found = list(_parts(told, synonyms)) or [(term,) for term in terms]
    telling = [part for part in found if len(part[0]) > 1] or found
    return Sought(typed, tuple(dict.fromkeys(telling))[:MOST_PARTS])


def keys_in(typed: str) -> list[str]:
    """Every key under which `read` looks for known words in a query."""
    terms = [term for term in search_terms(typed) if term not in _LEFT_OUT]
    stems = [stem(term) for term in terms]
    found = {
        " ".join(stems[at : at + n])
        for at in range(len(stems))
        for n in range(1, _MOST_WORDS_KNOWN + 1)
    }
    for run in filter(is_cjk, terms):
        found |= {
            run[at : at + length]
            for at in range(len(run) - 1)
            for length in range(2, LONGEST_KNOWN + 1)
        }
    return sorted(found)


def key_of(phrase: str) -> str:
    """How a phrase is looked up: folded, words without their endings."""
    return " ".join(stem(term) for term in search_terms(phrase))


def stem(word: str) -> str:
    """An English word without the ending of its plural; anything else as it is."""
    if len(word) < _SHORTEST_STEMMED or not (word.isascii() and word.isalpha()):
        return word
    if word.endswith("ies"):
        return word[:-3]
    if word.endswith("y"):
        return word[:-1]
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _parts(terms: list[str], synonyms: Synonyms) -> Iterator[tuple[str, ...]]:
    at = 0
    while at < len(terms):
        taken = _known_words(terms, at, synonyms)
        if taken:
            words = terms[at : at + taken]
            yield (" ".join(words), *synonyms[" ".join(stem(word) for word in words)])
            at += taken
            continue
        yield from _in_run(terms[at], synonyms) if is_cjk(terms[at]) else [(terms[at],)]
        at += 1


def _known_words(terms: list[str], at: int, synonyms: Synonyms) -> int:
    """How many words from here on make a known phrase, the longest first."""
    most = min(_MOST_WORDS_KNOWN, len(terms) - at)
    lengths = range(most, 0, -1)
    return next(
        (n for n in lengths if " ".join(map(stem, terms[at : at + n])) in synonyms),
        0,
    )


def _in_run(run: str, synonyms: Synonyms) -> Iterator[tuple[str, ...]]:
    """Known words of a run without spaces, and what stands between them."""
    start = at = 0
    while at < len(run):
        known = _known_at(run, at, synonyms)
        asked = None if known else _BETWEEN.match(run, at)
        if known or asked:
            if start < at:
                yield (run[start:at],)
            if known:
                yield (known, *synonyms[known])
            at += len(known) if known else len(asked.group())  # type: ignore[union-attr]
            start = at
        else:
            at += 1
    if start < at:
        yield (run[start:],)


def _known_at(run: str, at: int, synonyms: Synonyms) -> str:
    for length in range(min(LONGEST_KNOWN, len(run) - at), 1, -1):
        if run[at : at + length] in synonyms:
            return run[at : at + length]
    return ""


# The texts of the few things that are looked through, the same in each search.
_folded = lru_cache(maxsize=64)(fold)


@lru_cache(maxsize=1_024)
def _words_of(phrase: str) -> tuple[str | re.Pattern[str], ...]:
    """The words of a phrase; those that stand between spaces as what finds their beginning."""
    words = [stem(term) for term in search_terms(phrase)]
    return tuple(
        word if is_cjk(word) else re.compile(rf"(?<![a-z0-9]){re.escape(word)}") for word in words
    )


def _stands_in(folded: str, phrase: str) -> bool:
    return all(
        word in folded if isinstance(word, str) else word.search(folded)
        for word in _words_of(phrase)
    )


def _any(ways: Iterable[str]) -> str:
    return "(" + " | ".join(dict.fromkeys(ways)) + ")"


def _way(phrase: str) -> str:
    terms = [term_to_tsquery(stem(term)) for term in search_terms(phrase)]
    return terms[0] if len(terms) == 1 else "(" + " & ".join(terms) + ")"


def _pieces(ways: tuple[str, ...]) -> Iterator[str]:
    """Less than a part: of a long run every three characters, or its pairs in any order."""
    for way in ways:
        if len(way) < _SHORTEST_STEMMED or not is_cjk(way) or len(ways) > 1:
            yield _way(way)
            continue
        for at in range(len(way) - 2):
            yield term_to_tsquery(way[at : at + 3])
        pairs = [way[at : at + 2] for at in range(0, len(way) - 1, 2)]
        yield "(" + " & ".join(term_to_tsquery(pair) for pair in pairs) + ")"
