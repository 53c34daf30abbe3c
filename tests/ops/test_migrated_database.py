"""Tests begin with a copy of one migrated database: made once, whole or not at all."""

import contextlib
import threading
import uuid
from collections.abc import Iterator

import psycopg2
import pytest
from django.db import connection
from psycopg2 import sql

from tests import migrated_database

pytestmark = pytest.mark.django_db


@pytest.fixture
def word() -> Iterator[str]:
    """A state of the migrations nobody else has; its database is dropped afterwards."""
    word = f"try_{uuid.uuid4().hex[:12]}"
    yield word
    with on_server() as cursor:
        for end in ("", "_half"):
            name = f"{migrated_database.PREFIX}{word}{end}"
            cursor.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(sql.Identifier(name)))


@contextlib.contextmanager
def on_server() -> Iterator["psycopg2.extensions.cursor"]:
    address = {**connection.get_connection_params(), "dbname": "postgres"}
    names = ("dbname", "host", "port", "user", "password")
    with contextlib.closing(psycopg2.connect(**{n: address[n] for n in names})) as server:
        server.autocommit = True
        with server.cursor() as cursor:
            yield cursor


def make(name: str) -> None:
    with on_server() as cursor:
        cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def test_two_processes_at_once_make_one_database(word: str) -> None:
    made: list[str] = []

    def fill(name: str) -> None:
        make(name)
        made.append(name)

    given: list[str] = []
    askers = [
        threading.Thread(target=lambda: given.append(migrated_database.ready(word, fill)))
        for _ in range(2)
    ]
    for asker in askers:
        asker.start()
    for asker in askers:
        asker.join()

    assert len(made) == 1
    assert given == [f"{migrated_database.PREFIX}{word}"] * 2


def test_one_left_half_made_is_made_anew(word: str) -> None:
    def fail(name: str) -> None:
        make(name)
        raise RuntimeError("killed while it was filled")

    with pytest.raises(RuntimeError):
        migrated_database.ready(word, fail)

    name = migrated_database.ready(word, make)

    with on_server() as cursor:
        cursor.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [name])
        assert cursor.fetchall() == [(name,)]


def test_the_database_of_this_run_is_a_copy_that_lacks_no_migration() -> None:
    template = connection.settings_dict["TEST"]["TEMPLATE"]

    assert template.startswith(migrated_database.PREFIX)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM django_migrations WHERE app = 'assistance'")
        assert cursor.fetchone()[0] > 1
