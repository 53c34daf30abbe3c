from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from foundation.listing import KeysetPage, Sorts, first_page, keyset_page, start_of
from foundation.models import CalendarDay
from ledger.models import Entry

pytestmark = pytest.mark.django_db

SORTS = Sorts(
    {"newest": ("-at",), "actor": ("actor_id", "-at"), "event": ("event",)}, default="newest"
)


def walk(qs, sort, size):
    seen, after = [], None
    while True:
        page = keyset_page(qs, sort, after, size)
        seen += page.rows
        if not page.has_next:
            return seen
        after = page.next_cursor


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    max_examples=25,
)
@given(
    rows=st.lists(
        st.tuples(st.sampled_from("ab"), st.none() | st.integers(1, 3), st.integers(0, 3)),
        max_size=14,
    ),
    sort=st.sampled_from(["newest", "-newest", "actor", "-actor", "event", "-event"]),
    size=st.integers(1, 5),
)
def test_walking_the_pages_shows_each_row_once_in_order(rows, sort, size):
    start = Entry.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    from_now = Entry.objects.filter(pk__gt=start)
    base = from_now.none()
    made = [
        Entry(event=event, subject_label="x", subject_id="1", stream="x:1", actor_id=actor)
        for event, actor, _ in rows
    ]
    for entry, (_, _, days) in zip(made, rows, strict=True):
        entry.at += timedelta(days=days) - timedelta(
            seconds=entry.at.second, microseconds=entry.at.microsecond
        )
    Entry.objects.bulk_create(made)
    base = Entry.objects.filter(pk__gt=start)

    seen = [entry.pk for entry in walk(base, SORTS.pick(sort), size)]

    assert sorted(seen) == sorted(entry.pk for entry in made)
    assert seen == [entry.pk for entry in walk(base, SORTS.pick(sort), 100)]


def test_rows_without_a_value_come_last_in_either_direction():
    for actor in (None, 2, 1):
        Entry.objects.create(
            event="e", subject_label="x", subject_id="1", stream="x:1", actor_id=actor
        )

    def actors(sort):
        return [entry.actor_id for entry in walk(Entry.objects.all(), SORTS.pick(sort), 1)]

    assert actors("actor") == [1, 2, None]
    assert actors("-actor") == [2, 1, None]


def test_only_offered_orders_are_used():
    assert SORTS.pick("password").key == "newest"
    assert SORTS.pick("-").key == "newest"
    assert SORTS.pick(None).key == "newest"
    assert SORTS.pick("-event").fields == ("-event",)


@pytest.mark.parametrize(
    "cursor", ["", "x", "é\ud800", "A" * 5000, "eyJhIjoxfQ:1:abc", "null", "%00"]
)
def test_a_bad_cursor_shows_the_first_page(cursor):
    CalendarDay.objects.create(day=date(2026, 1, 1), is_working=False)
    days = Sorts({"day": ("day",)}, default="day").default

    page = keyset_page(CalendarDay.objects.all(), days, cursor)

    assert page.is_first
    assert len(page.rows) == 1


def test_a_cursor_of_another_order_shows_the_first_page():
    for _ in range(3):
        Entry.objects.create(event="e", subject_label="x", subject_id="1", stream="x:1")
    cursor = keyset_page(Entry.objects.all(), SORTS.pick("newest"), None, 1).next_cursor

    assert keyset_page(Entry.objects.all(), SORTS.pick("event"), cursor, 1).is_first


@pytest.mark.parametrize("sort", ["newest", "-actor"])
def test_a_first_page_asked_for_elsewhere_is_the_same_page(sort):
    Entry.objects.bulk_create(
        Entry(event="a", subject_label="x", subject_id="1", stream="x:1", actor_id=actor)
        for actor in (None, 2, 1, 2, None)
    )
    order, named = SORTS.pick(sort), Entry.objects.values_list("pk", "at", "actor_id", named=True)

    for size in (2, 5):
        page = first_page(list(start_of(named, order, size)), order, size)

        assert page == keyset_page(named, order, None, size)
        assert page.has_next == (size == 2)
        if page.has_next:
            after = keyset_page(named, order, page.next_cursor, size).rows
            assert not {row.pk for row in page.rows} & {row.pk for row in after}


def test_the_next_page_keeps_the_filters_that_are_set():
    last = KeysetPage([1], "", is_first=True)
    first = KeysetPage([1], "a b", is_first=True)

    assert last.next_url(view="due") == ""
    assert first.next_url(view="", read="2026") == "?read=2026&after=a+b"
