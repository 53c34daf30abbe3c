"""What every test stands on: a real PostgreSQL, closed sockets, no words in the wrong language left behind."""

import os
from collections.abc import Iterator

import pytest
from django.conf import settings
from django.core.cache import cache
from django.db import connection
from django.utils import translation
from playwright.sync_api import Browser, sync_playwright
from pytest_django.live_server_helper import LiveServer

from accounts.people import forget_names
from accounts.size_limits import forget_limits
from foundation.published import forget_pages
from foundation.working_days import forget_calendar
from sme_portal.embedded import for_tests, ports
from sme_portal.figures import remember_hotline
from sme_portal.settings.environment import VAR_DIR
from tests import migrated_database

LIVE_SERVER_PORT = 21_000


def pytest_unconfigure(config: pytest.Config) -> None:
    """Leave nothing running on a CI machine; elsewhere the next run finds the servers warm."""
    if os.environ.get("CI") and not hasattr(config, "workerinput"):
        for_tests.stop(VAR_DIR)


@pytest.fixture(autouse=True)
def _clean_cache_and_language(settings: object) -> Iterator[None]:
    """Each test starts with an empty cache and in the portal's own language."""
    cache.clear()
    with translation.override("zh-hant"):
        yield
    cache.clear()


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None, django_db_blocker: pytest.FixtureRequest
) -> None:
    """Copy the migrated database instead of migrating one in every process."""
    with django_db_blocker.unblock():
        word = migrated_database.word_of_migrations(settings.BASE_DIR)
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated_database.ready(word)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> None:
    """Tests that commit are cleaned up by TRUNCATE, which the ledger refuses everywhere else."""
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        for table, trigger in [("entry", "entry"), ("seal", "seal")]:
            cursor.execute(
                f"ALTER TABLE ledger_{table} DISABLE TRIGGER {trigger}_is_never_truncated"
            )


@pytest.fixture(autouse=True)
def _fresh_calendar() -> None:
    """The working days and size limits that one test names are forgotten by the next."""
    forget_calendar()
    forget_limits()
    forget_names()
    forget_pages()
    remember_hotline("")


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One browser a worker: Playwright allows one at a time in a process."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-gpu"]
        )
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def live_server() -> Iterator[LiveServer]:
    """A real server for browsers, on a free port below those of outgoing connections."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
    port = ports.first_free(LIVE_SERVER_PORT + 500 * int(worker))
    server = LiveServer(f"localhost:{port}")
    yield server
    server.stop()
