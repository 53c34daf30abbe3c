"""How a query is read: question words, known words, both languages."""

import pytest

from foundation.sought import Synonyms, key_of, keys_in, read


def joined(*groups: tuple[str, ...]) -> Synonyms:
    return {
        key_of(word): tuple(one for one in group if one != word)
        for group in groups
        for word in group
    }


KNOWN = joined(
    ("污染防治", "pollution prevention"),
    ("補助", "subsidy", "grant"),
    ("貸款", "loan"),
    ("新北", "New Taipei"),
)


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("污染防治補助", [("污染防治", "pollution prevention"), ("補助", "subsidy", "grant")]),
        (
            "Pollution prevention subsidies",
            [("pollution prevention", "污染防治"), ("subsidies", "補助", "grant")],
        ),
        ("如何申請貸款？", [("申請",), ("貸款", "loan")]),
        ("how do I get a loan", [("loan", "貸款")]),
        ("ＩＳＯ認證", [("iso",), ("認證",)]),
        ("臺北", [("台北",)]),
        ("貸", [("貸",)]),
        ("我想要辦貸款", [("貸款", "loan")]),
        ("what is", [("what",), ("is",)]),
        ("……！", []),
    ],
)
def test_a_query_is_read_in_parts_with_what_means_the_same(typed, parts):
    assert list(read(typed, KNOWN).parts) == parts


def test_every_part_must_be_there_in_one_of_its_ways():
    sought = read("污染防治補助", KNOWN)

    assert sought.is_in("Subsidies for the prevention of pollution")
    assert sought.is_in("汙水與污染防治，另有補助")
    assert not sought.is_in("pollution prevention")


def test_the_words_a_query_is_looked_up_by_are_those_it_is_read_by():
    for typed in (
        "污染防治補助",
        "如何申請貸款？",
        "Pollution prevention subsidies",
        "新北的貸款",
    ):
        keys = set(keys_in(typed))

        assert read(typed, {key: KNOWN[key] for key in KNOWN if key in keys}) == read(typed, KNOWN)


def test_a_query_of_question_words_alone_is_looked_up_by_nothing():
    assert keys_in("a") == keys_in("？！") == []


def test_a_word_is_found_at_its_beginning_only():
    assert not read("loan", {}).is_in("an afloans")
    assert read("loans", {}).is_in("A loan for machines")


def test_a_long_run_asks_loosely_for_its_pieces():
    sought = read("周轉金申請條件", {})

    assert "('周轉' <-> '轉金')" in sought.loose
    assert sought.loose.count(" | ") > 3


def test_a_single_word_cannot_be_asked_for_more_loosely():
    assert read("貸", {}).loose == ""


def test_nothing_in_a_query_is_syntax():
    sought = read("'; DROP TABLE x -- :* & | ! <-> \\", {})

    assert "--" not in sought.strict
    assert set(sought.marked) <= {"drop", "table", "x"}


def test_a_very_long_query_is_cut():
    assert len(read(" ".join(f"word{n}" for n in range(99)), {}).parts) == 8


def test_what_is_searched_for_besides_is_told():
    assert read("補助", KNOWN).also == ("subsidy", "grant")
