"""What changed between two wordings, in pieces fit to show: kept, taken out, put in."""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

Kind = Literal["same", "out", "in"]
# A Latin word or a figure is one piece; of Chinese each character is.
_PIECE = re.compile(r"[A-Za-z0-9]+|\s+|.", re.DOTALL)
# Beyond this the comparison would take too long: the texts are shown whole, old and new.
_MOST_PIECES = 20_000


@dataclass(frozen=True, slots=True)
class Piece:
    kind: Kind
    text: str


def differences(old: str, new: str) -> list[Piece]:
    """The pieces that lead from the old wording to the new one.

    Without those put in they give the old text, without those taken out the new one.
    """
    before, after = _PIECE.findall(old), _PIECE.findall(new)
    if len(before) + len(after) > _MOST_PIECES:
        return _whole(old, new)
    found: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _tag, from_old, to_old, from_new, to_new in matcher.get_opcodes():
        gone, come = "".join(before[from_old:to_old]), "".join(after[from_new:to_new])
        if gone == come:
            found.append(Piece("same", gone))
            continue
        found += _whole(gone, come)
    return found


def _whole(old: str, new: str) -> list[Piece]:
    if old == new:
        return [Piece("same", old)] if old else []
    pieces: list[Piece] = [Piece("out", old), Piece("in", new)]
    return [piece for piece in pieces if piece.text]
