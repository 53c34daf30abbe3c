"""Rows as instances of models, made as unpickling makes them: without `__init__` and its signals.

Nobody here listens to those signals, and a page makes seventy instances. What several rows of one
answer belong to (their agency, their author) is one instance, as after a prefetch.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import Model
from django.db.models.base import ModelState

Known = dict[tuple[int, Any], Model]


class Maker:
    """Makes the instances of one model, with those of other models that `select_related` adds."""

    def __init__(self, info: dict[str, Any], select: Sequence[Any], database: str) -> None:
        places = info["select_fields"]
        self.model: type[Model] = info["model"]
        self.database = database
        self.own = slice(places[0], places[-1] + 1)
        self.names = [column[0].target.attname for column in select[self.own]]
        self.has_own_way = self.model.__init__ is not Model.__init__
        self.related = [
            _Related(one, select, database) for one in info.get("related_klass_infos", ())
        ]

    def make(self, row: Sequence[Any], known: Known) -> Model:
        """One instance; `known` are those made before of the same answer."""
        if self.has_own_way:
            made = self.model.from_db(self.database, self.names, row[self.own])
        else:
            made = self.model.__new__(self.model)
            made._state = ModelState()
            made._state.adding, made._state.db = False, self.database
            made.__dict__.update(zip(self.names, row[self.own], strict=True))
        for other in self.related:
            other.add_to(made, row, known)
        return made


class _Related(Maker):
    """What a row belongs to, or what belongs to it alone."""

    def __init__(self, info: dict[str, Any], select: Sequence[Any], database: str) -> None:
        super().__init__(info, select, database)
        if info["from_parent"]:
            raise ValueError("Models that inherit from others with tables are not read this way.")
        self.key = self.own.start + self.names.index(self.model._meta.pk.attname)
        self.tell: Callable[[Model, Model | None], None] = info["local_setter"]
        self.tell_back: Callable[[Model, Model], None] = info["remote_setter"]

    def add_to(self, owner: Model, row: Sequence[Any], known: Known) -> None:
        key = row[self.key]
        if key is None:
            self.tell(owner, None)
            return
        other = known.get((id(self), key))
        if other is None:
            other = known[id(self), key] = self.make(row, known)
        self.tell(owner, other)
        self.tell_back(other, owner)
