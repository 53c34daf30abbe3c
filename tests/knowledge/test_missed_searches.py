"""Searches that found nothing: counted by their words, with nothing about who searched."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from knowledge.models import MissedSearch
from knowledge.services import missed_searches
from tests.factories.knowledge import MissedSearchFactory

pytestmark = pytest.mark.django_db


def test_the_same_words_are_counted_together_however_they_were_typed():
    for typed in ("臺北　ＡＢＣ補習", "台北 abc 補習", "台北 ABC補習！"):
        assert missed_searches.note(typed=typed)

    row = MissedSearch.objects.get()
    assert (row.words, row.count, row.day) == ("台北 abc 補習", 3, timezone.localdate())


@pytest.mark.parametrize(
    "typed",
    [
        "12345675",
        "０９１２３４５６７８",
        "貸款 0912-345-678",
        "someone@tests.example",
        "A115-08-00417",
        "零九一二三四五六七八",
        "https://tests.example/x",
        "一",
        "字" * 41,
        "one two three four five six seven",
        "！！！",
    ],
)
def test_what_may_say_who_somebody_is_is_not_kept(typed):
    assert not missed_searches.note(typed=typed)

    assert not MissedSearch.objects.exists()


def test_the_database_itself_refuses_numbers_and_addresses():
    for words in ("a1", "a@b", ""):
        with pytest.raises(IntegrityError), transaction.atomic():
            MissedSearchFactory(words=words)


def test_of_one_day_only_so_many_wordings_are_kept(monkeypatch):
    monkeypatch.setattr(missed_searches, "MOST_NEW_WORDS_A_DAY", 2)

    kept = [missed_searches.note(typed=word) for word in ("甲甲", "乙乙", "丙丙", "甲甲")]

    assert kept == [True, True, False, True]
    assert dict(MissedSearch.objects.values_list("words", "count")) == {"甲甲": 2, "乙乙": 1}


def test_the_most_wanted_come_first():
    MissedSearchFactory(words="一次", count=1)
    MissedSearchFactory(words="多次", count=2)
    MissedSearchFactory(words="多次", count=3, day=dt.date(2026, 8, 6))
    MissedSearchFactory(words="從前", count=9, day=dt.date(2025, 1, 1))

    found = MissedSearch.objects.since(dt.date(2026, 8, 1)).by_words()

    assert [(row["words"], row["times"]) for row in found] == [("多次", 5), ("一次", 1)]


def test_what_is_old_is_forgotten():
    MissedSearchFactory(words="從前", day=dt.date(2026, 1, 1))
    MissedSearchFactory(words="現在", day=dt.date(2026, 8, 7))

    gone = missed_searches.forget_old(today=dt.date(2026, 8, 7))

    assert gone == 1
    assert MissedSearch.objects.get().words == "現在"
