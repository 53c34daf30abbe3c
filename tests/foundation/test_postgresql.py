"""A connection that the server ended is noticed without asking it; a good one is not asked."""

from collections.abc import Iterator
from typing import Any

import psycopg2
import pytest
from django.db import connection, connections

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def second() -> Iterator[Any]:
    """A connection of its own, so that the test's stays whole."""
    made = connection.copy()
    made.settings_dict = {**made.settings_dict, "CONN_HEALTH_CHECKS": True}
    made.ensure_connection()
    yield made
    made.close()


def test_the_portal_uses_this_backend() -> None:
    assert connections["default"].__class__.__module__ == "foundation.postgresql.base"


def test_a_quiet_connection_is_usable_without_a_query(second: Any) -> None:
    refused = []

    def listen(execute: Any, sql: str, *rest: Any) -> Any:
        refused.append(sql)
        return execute(sql, *rest)

    with second.execute_wrapper(listen):
        assert second.is_usable()

    assert not refused


def test_a_connection_that_the_server_ended_is_found_out_and_replaced(second: Any) -> None:
    pid = second.connection.info.backend_pid
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
        assert cursor.fetchone() == (True,)

    assert not second.is_usable()
    second.close_if_unusable_or_obsolete()
    second.health_check_done = False
    with second.cursor() as cursor:
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)
    assert second.connection.info.backend_pid != pid


def test_a_closed_or_missing_connection_is_not_usable(second: Any) -> None:
    second.connection.close()

    assert not second.is_usable()


def test_words_left_on_the_socket_do_not_condemn_it(second: Any) -> None:
    """A notice that came meanwhile is something to read, and no fault."""
    with second.cursor() as cursor:
        cursor.execute("LISTEN something")
    told = second.get_connection_params()
    raw = psycopg2.connect(
        **{k: told[k] for k in ("dbname", "user", "password", "host", "port") if k in told}
    )
    with raw, raw.cursor() as cursor:
        cursor.execute("NOTIFY something")
    raw.close()

    assert second.is_usable()
