"""Reading what the address asks the queue for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.permissions import standing
from accounts.reference import counties
from accounts.roles import Permission
from assistance.models import SavedFilter, SystemEdition
from assistance.search import DEFAULT_VIEW, EVERYTHING, OFFICER_ME, OFFICER_NONE, VIEWS, Criteria
from assistance.states import CaseState, Source
from assistance.statistics.load import people_on_the_desk
from foundation.languages import is_english
from foundation.listing import Sort
from foundation.prepared import Prepared
from foundation.text import TextNotAllowedError, clean_line

SPLIT = "split"
LONGEST_WORDS = 80
_NAMED = 2


@dataclass(frozen=True)
class SystemName:
    code: str
    number: int
    name: str

    def __str__(self) -> str:
        return f"{self.number} {self.name}"


def system_names() -> dict[int, SystemName]:
    """Return the short names of the systems by id, in the order of their numbers: one query."""
    rows = _named_systems(timezone.localdate(), english=is_english())
    return {pk: SystemName(code, number, name) for pk, code, number, name in rows}


@Prepared
def _named_systems(today: date, *, english: bool) -> Any:
    editions = SystemEdition.objects.on(today).order_by("system__number")
    short = "short_en" if english else "short_zh"
    return editions.values_list("system_id", "system__code", "system__number", short)


@Prepared
def _saved_filters(user_id: int) -> QuerySet[SavedFilter]:
    return SavedFilter.objects.of(user_id)


def words_in(typed: str) -> str:
    """Return what was typed into a search as one clean line, cut to the length of its field."""
    return clean_line(typed[: LONGEST_WORDS * 4])[:LONGEST_WORDS]


@dataclass(frozen=True)
class FilterBox:
    """One filter of the queue: what it offers (value to label), and what was chosen of it."""

    name: str
    label: str
    offered: Mapping[str, str]
    chosen: tuple[str, ...] = ()
    kind: str = "checkbox"

    @property
    def options(self) -> list[tuple[str, str, bool]]:
        """(value, label, chosen) for each option; "" is the option that asks nothing."""
        chosen = self.chosen or ("",)
        return [(value, label, value in chosen) for value, label in self.offered.items()]

    @property
    def words(self) -> str:
        """What was chosen, in words; the first few of many."""
        named = "、".join(self.offered[value] for value in self.chosen[:_NAMED])
        rest = len(self.chosen) - _NAMED
        return f"{named} +{rest}" if rest > 0 else named


@dataclass
class Reading:
    """The address, filter by filter; what it does not know is left out and named."""

    query: QueryDict
    boxes: list[FilterBox] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)

    def many(self, name: str, label: str, offered: Mapping[str, str]) -> tuple[str, ...]:
        return self._read(FilterBox(name, label, offered), self.query.getlist(name))

    def one(self, name: str, label: str, offered: Mapping[str, str]) -> str:
        box = FilterBox(name, label, offered, kind="radio")
        chosen = self._read(box, self.query.getlist(name)[-1:])
        return chosen[0] if chosen else ""

    def _read(self, box: FilterBox, asked: list[str]) -> tuple[str, ...]:
        known = tuple(dict.fromkeys(one for one in asked if one and one in box.offered))
        if any(one and one not in box.offered for one in asked):
            self.ignored.append(box.label)
        self.boxes.append(FilterBox(box.name, box.label, box.offered, known, box.kind))
        return known

    def words(self) -> str:
        try:
            return words_in(self.query.get("q", ""))
        except TextNotAllowedError:
            self.ignored.append(_("Number, enterprise or words"))
            return ""

    def view(self) -> str:
        view = self.query.get("view", DEFAULT_VIEW)
        if view in VIEWS or view == EVERYTHING:
            return view
        self.ignored.append(_("Views"))
        return DEFAULT_VIEW


class Asked:
    """The view, filters, order, page and layout that an address asks for."""

    def __init__(self, request: HttpRequest) -> None:
        self.user = request.user
        self.query: QueryDict = request.GET
        self.systems = system_names()
        self.saved = _saved_filters(request.user.pk)
        self.reading = Reading(self.query)
        self.criteria = self._criteria(self.reading)
        self.sort: Sort = self.criteria.sort(self.query.get("sort"))

    def _criteria(self, read: Reading) -> Criteria:
        who = standing(self.user)
        own = None if who.may(Permission.CASE_READ_ALL) else who.agency_ids
        people = people_on_the_desk(own)
        anyone = {"": _("Anyone"), OFFICER_ME: _("Me"), OFFICER_NONE: _("Nobody yet")}
        places = {county.code: county.name for county in counties().values()}
        return Criteria(
            view=read.view(),
            system=read.many(
                "system", _("System"), {one.code: str(one) for one in self.systems.values()}
            ),
            state=read.many("state", _("State"), _labels(CaseState)),
            county=read.many("county", _("County or city"), places),
            officer=read.one("officer", _("Officer"), anyone | dict(people.officers)),
            agency=read.one("agency", _("Agency"), {"": _("Any agency")} | dict(people.agencies)),
            source=read.many("source", _("Source"), _labels(Source)),
            q=read.words(),
        )

    @property
    def boxes(self) -> list[FilterBox]:
        """The filters as the list draws them, that of words aside."""
        return self.reading.boxes

    @cached_property
    def notes(self) -> list[str]:
        """Quiet words about what in the address was not understood."""
        notes = [
            _("“%(filter)s” holds a value we do not know; it was left out.") % {"filter": name}
            for name in self.reading.ignored
        ]
        wanted = self.query.get("sort")
        if wanted and wanted != self.sort.key:
            notes.append(_("We do not know this order; the list is in its usual one."))
        return notes

    @property
    def is_split(self) -> bool:
        return self.query.get("layout") == SPLIT

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


def _labels(choices: Any) -> dict[str, str]:
    return {value: str(label) for value, label in choices.choices}
