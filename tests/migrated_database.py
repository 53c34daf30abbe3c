"""One migrated database for each state of the migrations; every run and every worker begins with a copy of it."""

import contextlib
from collections.abc import Callable
from pathlib import Path

import psycopg2
from django.conf import settings
from django.db import connection
from psycopg2 import sql

from sme_portal.running.preparing import sources
from sme_portal.running.stamps import fingerprint

PREFIX = "portal_migrated_"
KEPT = 4
LOCK = 20_115


def word_of_migrations(base: Path) -> str:
    """A word that changes with anything a migration reads."""
    read = ["*/migrations/*.py", "accounts/reference/**/*", "foundation/**/*.py"]
    return fingerprint(sources(base, *read, "requirements.txt"))[:20]


def ready(word: str, fill: Callable[[str], None] | None = None) -> str:
    """Give the name of the database for this word, made by `fill` where there is none.

    One process makes it while the others wait, and it gets its name only when it is whole.
    """
    name = f"{PREFIX}{word}"
    half = f"{name}_half"
    with contextlib.closing(_server()) as server, server.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        if name not in _named(cursor, name):
            for left in _named(cursor, "%\\_half"):
                _do(cursor, "DROP DATABASE IF EXISTS {} WITH (FORCE)", left)
            (fill or migrate)(half)
            _do(cursor, "ALTER DATABASE {} ALLOW_CONNECTIONS false", half)
            _do(cursor, "ALTER DATABASE {} RENAME TO {}", half, name)
            for old in _named(cursor, "%")[KEPT:]:
                _do(cursor, "DROP DATABASE IF EXISTS {} WITH (FORCE)", old)
    return name


def migrate(name: str) -> None:
    """Make a database with this name and all tables in it."""
    live, of_tests = connection.settings_dict, connection.settings_dict["TEST"]
    real, wanted = live["NAME"], of_tests["NAME"]
    of_tests["NAME"] = name
    try:
        connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    finally:
        connection.close()
        of_tests["NAME"] = wanted
        live["NAME"] = settings.DATABASES["default"]["NAME"] = real


def _server() -> "psycopg2.extensions.connection":
    address = {**connection.get_connection_params(), "dbname": "postgres"}
    server = psycopg2.connect(
        **{name: address[name] for name in ("dbname", "host", "port", "user", "password")}
    )
    server.autocommit = True
    return server


def _named(cursor: "psycopg2.extensions.cursor", like: str) -> list[str]:
    """Those of our databases with such a name, the youngest first."""
    cursor.execute(
        "SELECT datname FROM pg_database WHERE starts_with(datname, %s) AND datname LIKE %s ORDER BY oid DESC",
        [PREFIX, like],
    )
    return [row[0] for row in cursor.fetchall()]


def _do(cursor: "psycopg2.extensions.cursor", what: str, *names: str) -> None:
    cursor.execute(sql.SQL(what).format(*map(sql.Identifier, names)))
