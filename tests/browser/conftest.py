"""Chromium, the portal on a real server, and the relay beside it as a process of its own."""

import io
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser

from sme_portal.seeds.demo import people
from sme_portal.seeds.demo.people import Cast
from tests.browser.mails import Mails
from tests.browser.visiting import SHOTS, Visits

CHROMIUM = Path("/usr/bin/chromium")
STOPS_WITHIN = 30


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if Path(__file__).parent not in item.path.parents:
            continue
        for mark in (
            pytest.mark.browser,
            pytest.mark.slow,
            pytest.mark.timeout(600),
            pytest.mark.django_db(transaction=True),
            pytest.mark.skipif(not CHROMIUM.exists(), reason=f"{CHROMIUM} is not installed"),
        ):
            item.add_marker(mark)


@pytest.fixture
def cast(transactional_db: None, settings: Any) -> Cast:
    """The reference data, and the demo's people with their password."""
    call_command("seed_reference", stdout=io.StringIO())
    found = people.gather()
    people.give_passwords(settings.DEMO_PASSWORD)
    return found


@pytest.fixture
def mails(cast: Cast, tmp_path: Path, settings: Any) -> Iterator[Mails]:
    """The e-mails of a relay that runs as long as the test; the demo's mailbox shows them."""
    folder = tmp_path / "mail"
    folder.mkdir()
    settings.MAIL_DIR = folder
    relay = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.browser.relay_process", str(folder)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DATABASE_URL": _database_url()},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    yield Mails(folder)
    alive = relay.poll() is None
    relay.terminate()
    relay.wait(STOPS_WITHIN)
    assert alive, "the relay stopped in the middle of the test"


def _database_url() -> str:
    known = connection.settings_dict
    user, password = quote(known["USER"]), quote(known["PASSWORD"], safe="")
    host = known["HOST"] or "127.0.0.1"
    return f"postgres://{user}:{password}@{host}:{known['PORT']}/{quote(known['NAME'])}"


@pytest.fixture
def visits(
    chromium: Browser, live_server: Any, request: pytest.FixtureRequest
) -> Iterator[Visits]:
    """People's browsers. Whatever was wrong on any page fails the test at its end."""
    title = request.node.name.removeprefix("test_").partition("[")[0]
    shutil.rmtree(SHOTS / title, ignore_errors=True)
    opened = Visits(chromium, live_server.url, title)
    yield opened
    opened.close()
    assert not opened.wrong, "\n".join(["", *dict.fromkeys(opened.wrong)])
