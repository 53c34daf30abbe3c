"""Each index costs a write at every change: none is kept twice."""

from django.apps import apps
from django.db import models

OURS = ("foundation", "ledger", "accounts", "notifications", "assistance", "network", "knowledge")


def beginnings(model: type[models.Model]) -> set[str]:
    """The fields that a whole (not a partial) index or unique constraint of several begins with."""
    several = [index for index in model._meta.indexes if index.fields]
    unique = [one for one in model._meta.constraints if isinstance(one, models.UniqueConstraint)]
    return {
        one.fields[0].removeprefix("-")
        for one in (*several, *unique)
        if one.fields and one.condition is None
    }


def test_no_relation_has_an_index_of_its_own_beside_one_that_begins_with_it():
    twice = [
        f"{model._meta.label}.{field.name}"
        for model in apps.get_models()
        if model._meta.app_label in OURS
        for field in model._meta.local_concrete_fields
        if field.db_index and not field.unique and field.name in beginnings(model)
    ]

    assert twice == []
