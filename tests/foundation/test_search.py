import pytest
from django.contrib.postgres.search import SearchVectorField
from django.db.models import Case, Value, When
from django.db.models.functions import Cast

from foundation.models import ReferenceSerial
from foundation.search import matching, rank
from foundation.text import to_tsvector_text

pytestmark = pytest.mark.django_db

TITLES = {1: ("融資貸款", "銀行"), 2: ("節能補助", "說明融資貸款與其他")}


@pytest.fixture
def documents():
    """Two rows with a search column: title first, then body."""
    for number in TITLES:
        ReferenceSerial.objects.create(letter="S", year=1, month=number, last=number)
    columns = [
        When(last=number, then=Value(to_tsvector_text(*parts, weights="AD")))
        for number, parts in TITLES.items()
    ]
    return ReferenceSerial.objects.annotate(search=Cast(Case(*columns), SearchVectorField()))


def test_a_query_finds_its_rows(documents):
    assert documents.filter(search=matching("節能")).get().last == 2
    assert documents.filter(search=matching("貸款 融資")).count() == 2
    assert not documents.filter(search=matching("輔導")).exists()


def test_a_hit_in_the_title_comes_first(documents):
    found = documents.filter(search=matching("融資")).order_by(rank("search", "融資").desc())

    assert [row.last for row in found] == [1, 2]


@pytest.mark.parametrize("query", ["", "  ", "!!!", "'; DROP TABLE x --"[0:3], "（）"])
def test_nothing_to_search_for_is_said_so(query):
    assert matching(query) is None


def test_hostile_queries_are_only_words(documents):
    assert not documents.filter(search=matching("'; DROP TABLE x; -- :* & | ! <->")).exists()
