"""Characters written otherwise elsewhere, and numbers as laws write them."""

import pytest

from foundation.roc import in_characters
from foundation.variants import _TO_OURS, as_written_here


@pytest.mark.parametrize(
    ("typed", "ours"),
    [
        ("押标金", "押標金"),
        ("贷款补助", "貸款補助"),
        ("停权", "停權"),
        ("貸欵", "貸款"),
        ("押標金 loan", "押標金 loan"),
    ],
)
def test_what_is_written_elsewhere_is_read_as_here(typed, ours):
    assert as_written_here(typed) == ours


def test_no_character_becomes_one_that_becomes_another():
    assert not {chr(code) for code in _TO_OURS} & set(_TO_OURS.values())


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (1, "一"),
        (10, "十"),
        (15, "十五"),
        (20, "二十"),
        (73, "七十三"),
        (101, "一百零一"),
        (110, "一百一十"),
    ],
)
def test_a_number_in_characters(number, words):
    assert in_characters(number) == words


@pytest.mark.parametrize("number", [0, -1, 1_000])
def test_numbers_that_no_article_has_are_refused(number):
    with pytest.raises(ValueError, match="1 to 999"):
        in_characters(number)
