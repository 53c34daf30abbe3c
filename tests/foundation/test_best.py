"""The best rows of a table, counted no further than is cheap; titles and excerpts marked."""

import pytest

from assistance.models import Case
from foundation import finding, search
from foundation.finding import best
from foundation.search import excerpt, marked
from foundation.sought import key_of, read
from foundation.text import to_tsvector_text
from tests.factories.assistance import CaseFactory

pytestmark = pytest.mark.django_db


def written(subject: str, body: str = "") -> Case:
    return CaseFactory(subject=subject, search=to_tsvector_text(subject, body, weights="AD"))


def test_a_title_counts_more_than_a_mention():
    mentioned, titled = written("節能", "也說到貸款"), written("貸款")

    found = best(Case.objects.all(), read("貸款", {}), limit=5)

    assert [row.pk for row in found.rows] == [titled.pk, mentioned.pk]
    assert (found.number, found.has_more) == (2, False)


def test_counting_and_comparing_stop_at_the_limit(monkeypatch):
    monkeypatch.setattr(finding, "COMPARED_UP_TO", 3)
    for _ in range(5):
        written("貸款")

    found = best(Case.objects.all(), read("貸款", {}), limit=2)

    assert (len(found.rows), found.number, found.has_more) == (2, 3, True)


def test_the_other_language_is_found_by_what_means_the_same():
    english = written("Subsidies for pollution prevention")
    known = {key_of("污染防治"): ("pollution prevention",), key_of("補助"): ("subsidy",)}

    assert best(Case.objects.all(), read("污染防治補助", known), limit=5).rows == [english]


def test_loosely_what_holds_more_of_the_words_comes_first():
    some, most = written("條件說明"), written("周轉金的申請條件")

    found = best(Case.objects.all(), read("周轉金申請條件", {}), limit=5, or_loose=True)

    assert found.rows[0] == most
    assert some not in found.rows


def test_what_is_not_among_the_rows_given_is_neither_found_nor_counted():
    mine, _other = written("貸款"), written("貸款")

    found = best(Case.objects.filter(pk=mine.pk), read("貸款", {}), limit=5)

    assert (found.rows, found.number) == ([mine], 1)


def test_a_search_is_one_query(django_assert_num_queries):
    for _ in range(10):
        written("貸款")

    with django_assert_num_queries(1):
        best(Case.objects.all(), read("貸款", {}), limit=5)


def test_the_word_without_its_ending_marks_the_whole_word():
    assert marked("Two subsidies", read("subsidy", {})) == [("Two ", False), ("subsidies", True)]


def test_an_excerpt_begins_shortly_before_the_first_word():
    text = "前言" * 100 + "這裡說到貸款的條件" + "後語" * 100

    pieces = excerpt(text, read("貸款", {}))

    assert ("貸款", True) in pieces
    assert pieces[0] == pieces[-1] == ("…", False)
    assert sum(len(words) for words, _found in pieces) <= search.EXCERPT + 2


def test_an_excerpt_does_not_cut_english_words():
    text = "beginning " * 20 + "with a loan for machines " + "afterwards " * 20

    words = "".join(part for part, _found in excerpt(text, read("loan", {}))).strip("…").split()

    assert set(words) <= set(text.split())
