import unicodedata

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from foundation import forms
from foundation.text import (
    TextNotAllowedError,
    asked_line,
    clean_line,
    clean_prose,
    fold,
    highlight,
    is_blank,
    search_terms,
    to_tsquery,
    to_tsvector_text,
)

ANY_TEXT = st.text(alphabet=st.characters())


@pytest.mark.parametrize(
    "bad", ["a\x00b", "a\ud800b", "\x1b[31m", "a\x85b\x9f", "e" + "\u0301" * 9]
)
def test_text_that_cannot_be_kept_is_refused(bad):
    with pytest.raises(TextNotAllowedError):
        clean_line(bad)
    with pytest.raises(TextNotAllowedError):
        clean_prose(bad)


def test_a_line_loses_breaks_and_what_nobody_sees():
    assert clean_line(" 王\u200b小\u202e明\r\nBcc: x\ufeff\u3164 ") == "王小明 Bcc: x"


def test_prose_keeps_its_breaks_and_joined_emoji_but_cannot_turn_the_page():
    assert clean_prose("一\r\n二\u2028三 👩\u200d🔬\u202e!") == "一\n二\n三 👩\u200d🔬!"


@pytest.mark.parametrize("kept", ["𠮷野家", "葛\U000e0100城", "\ue000私", "𰻝麵", "é"])
def test_rare_characters_are_kept_as_they_are(kept):
    assert clean_line(kept) == kept
    assert clean_prose(kept) == kept


def test_decomposed_text_is_composed():
    assert clean_line("e\u0301") == "é"


@pytest.mark.parametrize(
    "blank", ["", " ", "\u3000", "\u3164", "\u115f\u2800", "\u200b", "\ufeff", "\ufe0f"]
)
def test_blank_means_blank(blank):
    assert is_blank(blank)
    assert clean_line(blank) == ""


@given(ANY_TEXT)
def test_cleaning_is_done_once_for_all_and_never_fails_otherwise(text):
    for clean in (clean_line, clean_prose):
        try:
            once = clean(text)
        except TextNotAllowedError:
            continue
        assert clean(once) == once
        once.encode()


@given(ANY_TEXT)
def test_folding_twice_changes_nothing(text):
    folded = fold(text)
    assert fold(folded) == folded or fold(fold(folded)) == fold(folded)


def test_width_case_and_two_ways_to_write_tai_fold_together():
    assert fold("ＳＭＥ臺北") == fold("sme台北")


@given(ANY_TEXT, ANY_TEXT)
def test_highlighted_pieces_give_back_the_text(text, query):
    assert "".join(piece for piece, _ in highlight(text, query)) == text


def test_what_was_searched_for_is_marked_in_either_spelling():
    assert highlight("臺北市的ＳＭＥ補助", "台北 sme") == [
        ("臺北", True),
        ("市的", False),
        ("ＳＭＥ", True),
        ("補助", False),
    ]


def test_terms_are_runs_of_one_script():
    assert search_terms("臺北5G，基站 Wi-Fi") == ["台北", "5g", "基站", "wi", "fi"]


def found(document: str, query: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT %s::tsvector @@ %s::tsquery", [to_tsvector_text(document), to_tsquery(query)]
        )
        return cursor.fetchone()[0]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("document", "query", "is_found"),
    [
        ("碳盤查與循環經濟輔導作業須知", "循環經濟", True),
        ("碳盤查與循環經濟輔導作業須知", "業須", True),
        ("碳盤查與循環經濟輔導作業須知", "碳", True),
        ("碳盤查與循環經濟輔導作業須知", "循經", False),
        ("申請補助，計畫書", "補助計畫", False),
        ("臺中市 SME grants", "台中 gran", True),
        ("臺中市 SME grants", "rants", False),
        ("\ue000𠮷野", "𠮷野", True),
        ("it's 'quoted' \\ & | ! <->", "quoted it's", True),
    ],
)
def test_search_finds_what_is_there_and_nothing_else(document, query, is_found):
    assert found(document, query) is is_found


@pytest.mark.django_db
@given(ANY_TEXT)
def test_postgresql_reads_whatever_people_search_for(text):
    safe = "".join(c for c in text if c != "\x00" and not "\ud800" <= c <= "\udfff")
    found(safe, safe)


@pytest.mark.django_db
def test_a_very_long_text_still_fits():
    assert found("補助計畫" * 20_000, "補助")


def test_a_form_field_says_what_is_wrong_instead_of_failing():
    line = forms.LineField(max_length=5)

    assert line.clean(" 甲乙 ") == "甲乙"
    for bad in ["\x00", "a\ud800", "\u3164", "123456", "x" * 1_000_000]:
        with pytest.raises(ValidationError):
            line.clean(bad)


def test_long_runs_of_any_combining_mark_are_refused():
    marks = [chr(code) for code in range(0x110000) if unicodedata.combining(chr(code))]

    for mark in marks:
        assert clean_prose("a" + mark * 8) != ""
        with pytest.raises(TextNotAllowedError):
            clean_prose("a" + mark * 9)


def test_what_stands_in_an_address_is_cut_or_left_out():
    assert asked_line(" 甲乙丙 ", 2) == "甲乙"
    assert asked_line("a\x00b", 9) == ""
