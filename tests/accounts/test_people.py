"""What people are called, asked once in a while and never of one who is not there."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts import people
from tests.factories.accounts import UserFactory

pytestmark = pytest.mark.django_db


def asked(ids):
    with CaptureQueriesContext(connection) as caught:
        names = people.names_by_id(ids)
    return names, len(caught)


def test_names_are_asked_once_and_new_ones_with_them():
    first, second = UserFactory(name="陳怡君"), UserFactory(name="林志豪")

    assert asked([first.pk]) == ({first.pk: "陳怡君"}, 1)
    assert asked([first.pk, second.pk]) == ({first.pk: "陳怡君", second.pk: "林志豪"}, 1)
    assert asked([first.pk, second.pk])[1] == 0
    assert asked([]) == ({}, 0)
    assert asked([987_654_321]) == ({}, 1)


def test_a_name_that_was_changed_shows_when_its_time_is_over(monkeypatch):
    person = UserFactory(name="陳怡君")
    people.names_by_id([person.pk])
    person.name = "陳怡如"
    person.save()

    assert people.names_by_id([person.pk]) == {person.pk: "陳怡君"}
    monkeypatch.setattr(people, "KEPT_FOR_SECONDS", -1)
    assert people.names_by_id([person.pk]) == {person.pk: "陳怡如"}


def test_no_more_are_kept_than_fit(monkeypatch):
    monkeypatch.setattr(people, "MOST_KEPT", 2)
    crowd = UserFactory.create_batch(3)

    for person in crowd:
        assert people.names_by_id([person.pk]) == {person.pk: person.name}
    assert people.names_by_id([p.pk for p in crowd]) == {p.pk: p.name for p in crowd}
