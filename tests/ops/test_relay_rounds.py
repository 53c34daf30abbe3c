"""One kind of work that fails keeps the relay from nothing else."""

import logging

import pytest
from django.core.management import call_command

from sme_portal.management.commands.relay import Command


@pytest.mark.django_db
def test_the_relay_goes_on_to_the_next_kind_of_work_when_one_fails(caplog):
    done = []

    def breaks() -> int:
        raise ValueError("broken")

    def works() -> int:
        done.append("worked")
        return 0

    command = Command()
    command.rounds = ((breaks, 0.0), (works, 0.0))

    with caplog.at_level(logging.ERROR):
        call_command(command, once=True)

    assert done == ["worked"]
    assert [(line.message, line.sweep) for line in caplog.records] == [
        ("relay_round_failed", "breaks")
    ]
