"""Reading what the address asks the queue for."""

from dataclasses import dataclass
from functools import cached_property

from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.permissions import standing
from accounts.reference import counties
from accounts.roles import Permission
from assistance.forms.desk import QueueForm
from assistance.models import SavedFilter, SystemEdition
from assistance.search import Criteria
from assistance.statistics.load import people_on_the_desk
from foundation.languages import pick
from foundation.listing import Sort

SPLIT = "split"
_BOXES = ("system", "state", "county", "officer", "agency", "source")
_NAMED = 2


@dataclass(frozen=True)
class SystemName:
    code: str
    number: int
    name: str

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


@dataclass(frozen=True)
class FilterBox:
    """One filter: its options as (value, label, chosen), and what is chosen, in words."""

    name: str
    label: str
    kind: str
    options: list[tuple[str, str, bool]]
    words: str


def system_names() -> dict[int, SystemName]:
    """Return the short names of the systems by id, in the order of their numbers: one query."""
    editions = SystemEdition.objects.current().select_related("system").order_by("system__number")
    return {
        edition.system_id: SystemName(
            edition.system.code, edition.system.number, pick(edition, "short")
        )
        for edition in editions.only("short_zh", "short_en", "system__code", "system__number")
    }


class Asked:
    """The view, filters, order, page and layout that an address asks for."""

    def __init__(self, request: HttpRequest) -> None:
        self.user = request.user
        self.query: QueryDict = request.GET
        self.systems = system_names()
        self.saved = list(SavedFilter.objects.visible_to(request.user))
        self.form = self._form()
        self.criteria = self.form.criteria()
        self.sort: Sort = self.criteria.sorts.pick(self.query.get("sort"))

    def _form(self) -> QueueForm:
        who = standing(self.user)
        own = None if who.may(Permission.CASE_READ_ALL) else who.agency_ids
        people = people_on_the_desk(own)
        return QueueForm(
            self.query,
            systems=[(system.code, str(system)) for system in self.systems.values()],
            counties=[(county.code, county.name) for county in counties().values()],
            officers=people.officers,
            agencies=people.agencies,
        )

    @cached_property
    def notes(self) -> list[str]:
        """Quiet words about what in the address was not understood."""
        notes = [
            _("“%(filter)s” holds a value we do not know; it was left out.") % {"filter": name}
            for name in self.form.ignored
        ]
        wanted = self.query.get("sort")
        if wanted and wanted != self.sort.key:
            notes.append(_("We do not know this order; the list is in its usual one."))
        return notes

    @property
    def is_split(self) -> bool:
        return self.query.get("layout") == SPLIT

    @cached_property
    def boxes(self) -> list["FilterBox"]:
        """The filters as the list draws them, those of words aside."""
        return [self._box(name) for name in _BOXES]

    def _box(self, name: str) -> "FilterBox":
        field = self.form.fields[name]
        said = getattr(self.criteria, name)
        chosen = set(said) if isinstance(said, tuple) else {said}
        choices = [(str(value), str(label)) for value, label in getattr(field, "choices", ())]
        names = [label for value, label in choices if value and value in chosen]
        rest = len(names) - _NAMED
        words = "、".join(names[:_NAMED]) + (f" +{rest}" if rest > 0 else "")
        return FilterBox(
            name,
            str(field.label),
            "checkbox" if isinstance(said, tuple) else "radio",
            [(value, label, value in chosen) for value, label in choices],
            words,
        )

    @cached_property
    def saved_here(self) -> SavedFilter | None:
        """The saved filter the list shows at this moment, if any."""
        here = self.criteria
        return next((one for one in self.saved if Criteria.read(one.criteria) == here), None)

    def address(self, to: str = "desk:queue", **changes: str) -> str:
        """Return the address of the list with these parameters changed ("" takes one out)."""
        query = _query_of(self.criteria)
        if self.sort.key != self.criteria.sorts.default.key:
            query["sort"] = self.sort.key
        if self.is_split:
            query["layout"] = SPLIT
        for name, value in changes.items():
            query[name] = value
            if not value:
                del query[name]
        return _at(to, query)


def address_of(criteria: Criteria) -> str:
    """Return the address that asks the queue for these criteria."""
    return _at("desk:queue", _query_of(criteria))


def _query_of(criteria: Criteria) -> QueryDict:
    query = QueryDict(mutable=True)
    for name, value in criteria.kept().items():
        query.setlist(name, value if isinstance(value, list) else [value])
    return query


def _at(to: str, query: QueryDict) -> str:
    words = query.urlencode()
    return f"{reverse(to)}?{words}" if words else reverse(to)
