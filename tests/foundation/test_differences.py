"""What changed between two wordings."""

import pytest

from foundation.differences import Piece, differences


def test_single_characters_of_chinese_and_whole_words_of_english_are_told_apart():
    assert differences("繳三萬元 fee", "繳五萬元 fees") == [
        Piece("same", "繳"),
        Piece("out", "三"),
        Piece("in", "五"),
        Piece("same", "萬元 "),
        Piece("out", "fee"),
        Piece("in", "fees"),
    ]


@pytest.mark.parametrize(
    ("old", "new"), [("", ""), ("甲", "甲"), ("", "乙"), ("甲", ""), ("a" * 30, "甲乙" * 12_000)]
)
def test_the_pieces_give_both_texts_back(old, new):
    pieces = differences(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "in") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == new
