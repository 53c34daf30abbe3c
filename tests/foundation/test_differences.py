"""What changed between two wordings."""

import time

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
    ("old", "new"),
    [
        ("", ""),
        ("甲", "甲"),
        ("", "乙"),
        ("甲", ""),
        ("a" * 30, "甲乙" * 12_000),
        ("甲" * 6_000, "乙甲" * 3_000),
        ("一二。" * 2_000, "二一。" * 2_000),
        (" \n" * 6_000, "\n " * 6_000),
    ],
)
def test_the_pieces_give_both_texts_back(old, new):
    pieces = differences(old, new)

    assert "".join(piece.text for piece in pieces if piece.kind != "in") == old
    assert "".join(piece.text for piece in pieces if piece.kind != "out") == new


def test_texts_that_repeat_themselves_keep_nobody_waiting():
    started = time.process_time()

    differences("甲" * 6_000, "乙甲" * 3_000)
    differences("a b " * 3_000, "b a " * 3_000)

    assert time.process_time() - started < 10


def test_where_words_take_too_long_sentences_are_compared():
    same, dots = "第一句。", "…" * 4_000

    pieces = differences(f"{same}{dots}甲。末句。", f"{same}乙{dots[:3_000]}。末句。")

    assert [piece.kind for piece in pieces] == ["same", "out", "in", "same"]
    assert (pieces[0].text, pieces[-1].text) == (same, "末句。")
