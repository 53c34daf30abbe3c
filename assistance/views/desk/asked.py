"""Reading what the address asks the queue for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from types import MappingProxyType
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Choices
from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from accounts.permissions import standing
from accounts.reference import county_names
from accounts.roles import Permission
from assistance.models import SavedFilter, SystemEdition
from assistance.search import DEFAULT_VIEW, EVERYTHING, OFFICER_ME, OFFICER_NONE, VIEWS, Criteria
from assistance.states import CaseKind, CaseState, Source
from assistance.statistics.load import people_on_the_desk
from foundation.addresses import address
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


@dataclass(frozen=True, slots=True)
class Saved:
    """Filters that an officer keeps under a name."""

    pk: int
    name: str
    criteria: Criteria


@Prepared
def _saved_filters(user_id: int) -> Any:
    return SavedFilter.objects.of(user_id).values_list("pk", "name", "criteria")


def words_in(typed: str) -> str:
    """Return what was typed into a search as one clean line, cut to the length of its field."""
    return clean_line(typed[: LONGEST_WORDS * 4])[:LONGEST_WORDS]


@dataclass(frozen=True, eq=False)
class Filter:
    """A filter of the queue: what it is called, and whether one or many of its values are chosen."""

    name: str
    label: Promise
    kind: str = "checkbox"


FILTERS = (
    Filter("system", _lazy("System")),
    Filter("state", _lazy("State")),
    Filter("county", _lazy("County or city")),
    Filter("officer", _lazy("Officer"), "radio"),
    Filter("agency", _lazy("Agency"), "radio"),
    Filter("source", _lazy("Source")),
    Filter("kind", _lazy("Kind")),
)


class FilterBox(NamedTuple):
    """One filter as the list draws it: what it offers (value to label), and what was chosen."""

    filter: Filter
    offered: Mapping[str, str]
    chosen: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        return self.filter.name

    @property
    def label(self) -> Promise:
        return self.filter.label

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
    ignored: list[str | Promise] = field(default_factory=list)

    def read(self, offered: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
        """Return what each filter asks for: many values, or one."""
        found: dict[str, Any] = {}
        for one in FILTERS:
            known = self._known(one, offered[one.name])
            self.boxes.append(FilterBox(one, offered[one.name], known))
            found[one.name] = known if one.kind == "checkbox" else "".join(known)
        return found

    def _known(self, one: Filter, offered: Mapping[str, str]) -> tuple[str, ...]:
        asked = self.query.getlist(one.name)
        if one.kind == "radio":
            asked = asked[-1:]
        if not asked:
            return ()
        if any(value and value not in offered for value in asked):
            self.ignored.append(one.label)
        return tuple(dict.fromkeys(value for value in asked if value and value in offered))

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
        self.saved = [
            Saved(pk, name, Criteria.read(kept))
            for pk, name, kept in _saved_filters(request.user.pk)
        ]
        self.reading = Reading(self.query)
        self.criteria = self._criteria(self.reading)
        self.sort: Sort = self.criteria.sort(self.query.get("sort"))

    def _criteria(self, read: Reading) -> Criteria:
        who = standing(self.user)
        own = None if who.may(Permission.CASE_READ_ALL) else who.agency_ids
        people = people_on_the_desk(own)
        anyone = {"": _("Anyone"), OFFICER_ME: _("Me"), OFFICER_NONE: _("Nobody yet")}
        offered: dict[str, Mapping[str, str]] = {
            "system": {one.code: str(one) for one in self.systems.values()},
            "state": labels_of(CaseState),
            "county": county_names(),
            "officer": anyone | dict(people.officers),
            "agency": {"": _("Any agency")} | dict(people.agencies),
            "source": labels_of(Source),
            "kind": labels_of(CaseKind),
        }
        return Criteria(view=read.view(), **read.read(offered), q=read.words())

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
    def saved_here(self) -> Saved | None:
        """The saved filter the list shows at this moment, if any."""
        return next((one for one in self.saved if one.criteria == self.criteria), None)

    def address(self, to: str = "desk:queue", **changes: str) -> str:
        """Return the address of the list with these parameters changed ("" takes one out)."""
        extra: dict[str, str] = {}
        if self.sort.key != self.criteria.sorts.default.key:
            extra["sort"] = self.sort.key
        if self.is_split:
            extra["layout"] = SPLIT
        extra |= changes
        added = urlencode([(name, value) for name, value in extra.items() if value])
        return _at(to, "&".join(filter(None, (_words_of(self.criteria), added))))


def address_of(criteria: Criteria) -> str:
    """Return the address that asks the queue for these criteria."""
    return _at("desk:queue", _words_of(criteria))


@lru_cache(maxsize=500)
def _words_of(criteria: Criteria) -> str:
    return urlencode(criteria.kept(), doseq=True)


def _at(to: str, words: str) -> str:
    return f"{address(to)}?{words}" if words else address(to)


def labels_of(choices: "type[Choices]") -> Mapping[str, str]:
    """The labels of such values in the reader's language."""
    return _labels(choices, get_language())


@lru_cache(maxsize=16)
def _labels(choices: "type[Choices]", _language: str | None) -> Mapping[str, str]:
    return MappingProxyType({str(value): str(label) for value, label in choices.choices})
