"""What changed between two wordings, in pieces fit to show: kept, taken out, put in."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import Match, SequenceMatcher
from itertools import accumulate
from typing import Literal

Kind = Literal["same", "out", "in"]
# A Latin word or a figure is one piece; of Chinese each character is. Where that takes too long,
# sentences are compared, and at last the whole texts.
_PIECES = (
    re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL),
    re.compile(r"[^。！？.!?\n]*[。！？.!?\n]+|[^。！？.!?\n]+"),
)
# Pairs of equal pieces that are looked at: some tenths of a second.
_PATIENCE = 4_000_000


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The pieces that lead from the old wording to the new one.

    Without those put in they give the old text, without those taken out the new one.
    """
    for piece in _PIECES:
        try:
            return _compared(piece.findall(old), piece.findall(new))
        except _TooLongError:
            continue
    return _whole(old, new)


def _compared(before: list[str], after: list[str]) -> list[Piece]:
    found: list[Piece] = []
    for _tag, from_old, to_old, from_new, to_new in _Matcher(before, after).get_opcodes():
        gone, come = "".join(before[from_old:to_old]), "".join(after[from_new:to_new])
        if gone == come:
            found.append(Piece("same", gone))
            continue
        found += _whole(gone, come)
    return found


class _TooLongError(Exception):
    """The patience is used up."""


class _Matcher(SequenceMatcher[str]):
    """Python's own, with an end to its patience: texts that repeat themselves would take minutes."""

    def __init__(self, before: Sequence[str], after: Sequence[str]) -> None:
        super().__init__(str.isspace, before, after, autojunk=False)
        times = Counter(one for one in after if not one.isspace())
        self.pairs = list(accumulate((times[one] + 1 for one in before), initial=0))
        self.patience = _PATIENCE

    def find_longest_match(
        self, alo: int = 0, ahi: int | None = None, blo: int = 0, bhi: int | None = None
    ) -> Match:
        self.patience -= self.pairs[-1 if ahi is None else ahi] - self.pairs[alo]
        if self.patience < 0:
            raise _TooLongError
        return super().find_longest_match(alo, ahi, blo, bhi)


def _whole(old: str, new: str) -> list[Piece]:
    if old == new:
        return [Piece("same", old)] if old else []
    pieces: list[Piece] = [Piece("out", old), Piece("in", new)]
    return [piece for piece in pieces if piece.text]
