"""What leaves in a spreadsheet is text, however it begins."""

import pytest

from foundation.spreadsheets import safe


@pytest.mark.parametrize(
    "typed", ["=1+1", "@SUM(A1)", "\t=1", "\n=1", "＝1", "＋1", "－1", "＠a", "\u200b=1", " =1"]
)
def test_a_cell_that_begins_like_a_formula_is_text(typed):
    assert safe(typed) == f"'{typed}"


@pytest.mark.parametrize("typed", ["示範企業", "A115-08-00417", "3=3", ""])
def test_any_other_cell_stays_as_it_is(typed):
    assert safe(typed) == typed
