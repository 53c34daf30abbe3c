"""A question asked again is answered from a kept plan, and answered the same."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from psycopg2.extras import Json

from accounts.models import User
from foundation import plans
from foundation.prepared import Prepared
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def asked(sql, params, changing=()):
    with CaptureQueriesContext(connection) as caught:
        rows = plans.ask(sql, params, changing)
    (query,) = caught.captured_queries
    return rows, query["sql"]


def test_the_second_time_only_the_values_travel():
    sql = "SELECT %s::int + n, '100%%' FROM generate_series(1, %s) AS n -- second"

    first, as_it_stands = asked(sql, [1, 2], {0})
    second, kept = asked(sql, [5, 2], {0})
    third, again = asked(sql, [7, 2], {0})

    assert first == [(2, "100%"), (3, "100%")]
    assert second == [(6, "100%"), (7, "100%")]
    assert third == [(8, "100%"), (9, "100%")]
    assert "generate_series" in as_it_stands
    assert kept.startswith("EXECUTE kept_")
    assert again.split("(")[0] == kept.split("(")[0]


def test_another_fixed_value_is_another_question():
    sql = "SELECT n FROM generate_series(1, %s) AS n -- fixed"
    for _ in range(3):
        assert plans.ask(sql, [1]) == [(1,)]
        assert plans.ask(sql, [2]) == [(1,), (2,)]


def test_lists_days_and_hostile_texts_are_asked_as_they_are():
    sql = "SELECT 1 WHERE 7 = ANY(%s) AND date '2026-08-07' = %s AND 'a''b' = %s"
    for _ in range(3):
        assert plans.ask(sql, [[7, 8], dt.date(2026, 8, 7), "a'b"], {0}) == [(1,)]
        assert plans.ask(sql, [[], dt.date(2026, 8, 7), "a'b"], {0}) == []


def test_a_value_that_does_not_show_what_it_holds_is_asked_anew():
    for number in range(50):
        asked_for = Json({"n": number})
        rows = plans.ask("SELECT %s::jsonb ->> 'n' -- wrapped", [asked_for])
        assert rows == [(str(number),)]
        del asked_for


def test_no_session_keeps_more_than_its_share(monkeypatch):
    monkeypatch.setattr(plans, "KEPT_PLANS", 3)
    for _ in range(2):
        for number in range(8):
            assert plans.ask(f"SELECT {number} -- share", []) == [(number,)]
            assert plans.ask(f"SELECT {number} -- share", []) == [(number,)]
    (kept,) = plans.ask("SELECT count(*) FROM pg_prepared_statements", [])
    assert kept[0] <= 3


def test_a_new_connection_begins_anew():
    by_email = Prepared(lambda email: User.objects.filter(email=email))
    person = UserFactory()
    for _ in range(3):
        assert by_email(person.email) == [person]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_prepared_statements")
        assert cursor.fetchone()[0] >= 1


def test_behind_a_pooler_no_plan_is_kept(settings):
    settings.DATABASE_KEEPS_PLANS = False
    for _ in range(3):
        rows, sql = asked("SELECT %s::int -- pooled", [1], {0})
        assert rows == [(1,)]
        assert "EXECUTE" not in sql
