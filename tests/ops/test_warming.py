"""What is read before the workers are forked is all they would read, and leaves nothing open."""

import subprocess
import sys

import pytest
from django.template import engines

from sme_portal.warming import warm

SCRIPT = """
import sys, sme_portal.wsgi
from django.db import connections
from sme_portal.warming import warm
before = set(sys.modules)
warm()
assert any(name.startswith("assistance.views") for name in set(sys.modules) - before)
assert all(one.connection is None for one in connections.all())
"""


def test_views_are_loaded_and_no_connection_is_left_open() -> None:
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT], capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr


@pytest.mark.django_db
def test_the_templates_of_pages_are_kept_and_those_of_letters_are_not() -> None:
    loader = engines["django"].engine.template_loaders[0].loaders[0]
    loader.reset()

    warm()

    kept = set(loader.get_template_cache)
    assert {"base.html", "assistance/desk/queue.html"} <= kept
    assert not any("/messages/" in name for name in kept)
