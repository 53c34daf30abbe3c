"""What Django keeps for a request is kept by the request's thread."""

import threading
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connections
from django.urls import get_script_prefix
from django.utils import timezone, translation

from foundation.thread_state import HOLDERS, hold_in_threads


def in_a_thread(act: object) -> object:
    found: list[object] = []
    thread = threading.Thread(target=lambda: found.append(act()))  # type: ignore[operator]
    thread.start()
    thread.join()
    return found[0]


@pytest.fixture(autouse=True)
def held_again() -> None:
    """Where a test before changed CACHES, Django's own test signal has put its holder back."""
    hold_in_threads()


@pytest.mark.parametrize(("owner", "name"), HOLDERS)
def test_every_holder_is_the_threads_own(owner: object, name: str) -> None:
    assert isinstance(getattr(owner, name), threading.local)


def test_one_thread_does_not_hear_of_anothers_language_or_time_zone() -> None:
    with translation.override("en"), timezone.override("Europe/Paris"):
        assert translation.get_language() == "en"
        assert in_a_thread(translation.get_language) == settings.LANGUAGE_CODE
        assert in_a_thread(timezone.get_current_timezone_name) == settings.TIME_ZONE

    assert in_a_thread(get_script_prefix) == "/"


def test_each_thread_has_connections_of_its_own() -> None:
    assert in_a_thread(lambda: connections["default"]) is not connections["default"]
    assert in_a_thread(lambda: caches["default"]) is not caches["default"]


def test_a_second_call_changes_nothing() -> None:
    before = [getattr(owner, name) for owner, name in HOLDERS]

    hold_in_threads()

    assert [getattr(owner, name) for owner, name in HOLDERS] == before


def test_the_portal_is_served_by_threads_alone() -> None:
    """Coroutines would share what a thread holds: with an ASGI entry point this module has to go."""
    root = Path(settings.BASE_DIR)

    assert not hasattr(settings, "ASGI_APPLICATION")
    assert not list(root.glob("*/asgi.py"))
    assert not [
        path
        for path in root.glob("[a-z]*/**/*.py")
        if "async def " in path.read_text()
        and path.parts[len(root.parts)] not in ("tests", "node_modules", "var")
    ]
