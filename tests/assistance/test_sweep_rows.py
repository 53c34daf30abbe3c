"""A sweep goes on past a broken row, and ends where the database is away."""

import logging

import pytest
from django.db import OperationalError

from assistance.services.one_by_one import one_by_one


def test_a_broken_row_does_not_hold_up_the_others_and_is_logged(caplog):
    def act(key: int) -> int:
        if key == 2:
            raise ValueError("broken")
        return 1

    with caplog.at_level(logging.ERROR):
        done = one_by_one([1, 2, 3], act)

    assert done == 2
    assert [(line.message, line.row) for line in caplog.records] == [("sweep_row_failed", "2")]


def test_without_a_database_the_sweep_ends():
    tried = []

    def act(key: int) -> int:
        tried.append(key)
        raise OperationalError("the server closed the connection")

    with pytest.raises(OperationalError):
        one_by_one([1, 2], act)

    assert tried == [1]
