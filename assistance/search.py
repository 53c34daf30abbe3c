"""The desk's questions to the cases: shared views, filters, words, orders and counts.

Each is defined once and used by the rail, the list, saved filters and the export alike. All of
them narrow `Case.objects.on_desk_of(user)`; nothing here widens it.
"""

import re
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Absence, User
from accounts.permissions import Standing, standing
from accounts.roles import Permission
from assistance.models import Case, Need, Referral
from assistance.models.case import CaseQuerySet
from assistance.states import WORKING_NEED_STATES, CaseState, NeedState
from foundation import plans
from foundation.listing import Sort, Sorts
from foundation.search import matching, rank
from foundation.text import fold

COUNTED_UP_TO = 500
FOUND_UP_TO = 1_000
RANKED_UP_TO = 300
KEPT_QUESTIONS = 300
PAGE_SIZE = 50
OFFICER_ME, OFFICER_NONE = "me", "none"
LEFT_BEHIND = "left"
NOBODY_TOOK = "nobody"

SORTS = Sorts(
    {"due": ("due_on",), "number": ("reference",), "updated": ("updated_at",)}, default="due"
)
# Turning "due" round would ask for what can wait longest, and read every open case for it.
ONE_WAY = frozenset({"due"})
# Settled cases have no date left: the list of everything starts with what moved last.
SORTS_OF_ALL = Sorts({"number": ("reference",), "updated": ("updated_at",)}, default="-updated")

_REFERENCE = re.compile(r"[a-z]\d{2,3}(-(\d{1,2}(-\d{0,7})?)?)?")


@dataclass(frozen=True, slots=True)
class View:
    """A shared view: its name, what belongs to it, and whether its count should alarm."""

    code: str
    label: str | Promise
    narrow: Callable[[CaseQuerySet, Standing], CaseQuerySet]
    is_hot: bool = False
    is_for: Callable[[Standing], bool] = lambda _who: True
    # Shown only while it holds something.
    comes_and_goes: bool = False


def _mine(cases: CaseQuerySet, who: Standing) -> CaseQuerySet:
    led = Case.objects.open().filter(lead_officer_id=who.user_id).values("pk")
    held = Need.objects.filter(officer_id=who.user_id, state__in=WORKING_NEED_STATES)
    return cases.filter(pk__in=led.union(held.order_by().values("case")))


def _stood_in_for(cases: CaseQuerySet, who: Standing) -> CaseQuerySet:
    away = Absence.objects.stood_in_by(who.user_id or 0, timezone.localdate()).values("user")
    held = Need.objects.filter(officer__in=away, state__in=WORKING_NEED_STATES)
    return cases.filter(Q(lead_officer__in=away) | Q(pk__in=held.order_by().values("case")))


def _offered(cases: CaseQuerySet, who: Standing) -> CaseQuerySet:
    agencies = who.agencies_where(Permission.CASE_WORK)
    offers = Need.objects.filter(agency_id__in=agencies, state=NeedState.OFFERED)
    return cases.filter(pk__in=offers.order_by().values("case"))


def _left_behind(cases: CaseQuerySet, who: Standing) -> CaseQuerySet:
    led = Case.objects.led_by_leavers()
    held = Need.objects.held_by_leavers()
    if not who.may(Permission.CASE_TRIAGE):
        agencies = who.agencies_where(Permission.CASE_REASSIGN)
        led, held = led.filter(lead_agency__in=agencies), held.filter(agency__in=agencies)
    return cases.filter(pk__in=led.values("pk").union(held.order_by().values("case")))


VIEWS: dict[str, View] = {
    view.code: view
    for view in (
        View("mine", _("Mine"), _mine),
        View("deputy", _("Of those I stand in for"), _stood_in_for, comes_and_goes=True),
        View(
            "unassigned",
            _("Unassigned"),
            lambda cases, _who: cases.filter(lead_officer__isnull=True),
        ),
        View(
            "today",
            _("Due today"),
            lambda cases, _who: cases.filter(due_on=timezone.localdate()),
            is_hot=True,
        ),
        View(
            "overdue",
            _("Overdue"),
            lambda cases, _who: cases.filter(due_on__lt=timezone.localdate()),
            is_hot=True,
        ),
        View(
            "waiting",
            _("Waiting for the SME"),
            # A waiting case has no date; saying so lets the index by date find it.
            lambda cases, _who: cases.filter(due_on__isnull=True, state=CaseState.WAITING),
        ),
        View(
            "offers",
            _("Offers to answer"),
            _offered,
            is_for=lambda who: bool(who.agencies_where(Permission.CASE_WORK)),
        ),
        View(
            LEFT_BEHIND,
            _("Officer no longer in post"),
            _left_behind,
            is_hot=True,
            is_for=lambda who: (
                who.may(Permission.CASE_TRIAGE) or who.may(Permission.CASE_REASSIGN)
            ),
            comes_and_goes=True,
        ),
        View(
            NOBODY_TOOK,
            _("Referrals nobody took"),
            lambda cases, _who: cases.filter(
                pk__in=Referral.objects.awaiting_duty().values("case")
            ),
            is_hot=True,
            is_for=lambda who: who.may(Permission.CASE_TRIAGE),
            comes_and_goes=True,
        ),
        View(
            "duplicates",
            _("Suspected duplicates"),
            lambda cases, _who: cases.filter(suspected_duplicate_of__isnull=False),
        ),
        View("open", _("All open"), lambda cases, _who: cases),
    )
}
DEFAULT_VIEW = "open"
PERSONAL_VIEWS = frozenset({"mine", "deputy"})
# Reached from the search only: it has no count, for it holds every case there ever was.
EVERYTHING = "all"


def views_for(user: User) -> list[View]:
    who = standing(user)
    return [view for view in VIEWS.values() if view.is_for(who)]


@dataclass(frozen=True, slots=True)
class Criteria:
    """What an officer asks the queue for; the same in the address and in a saved filter."""

    view: str = DEFAULT_VIEW
    system: tuple[str, ...] = ()
    state: tuple[str, ...] = ()
    county: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    officer: str = ""
    agency: str = ""
    q: str = ""

    MANY = ("system", "state", "county", "source", "kind")
    ONE = ("officer", "agency", "q")

    @classmethod
    def read(cls, kept: Mapping[str, Any]) -> "Criteria":
        """Read what was kept as JSON; what is not understood any more is left out."""
        found: dict[str, Any] = {}
        for name in cls.MANY:
            values = kept.get(name) or []
            if isinstance(values, list):
                found[name] = tuple(value for value in values if isinstance(value, str))
        for name in cls.ONE:
            value = kept.get(name) or ""
            found[name] = value if isinstance(value, str) else ""
        view = kept.get("view")
        is_known = view == EVERYTHING or (isinstance(view, str) and view in VIEWS)
        return cls(view=str(view) if is_known else DEFAULT_VIEW, **found)

    def kept(self) -> dict[str, Any]:
        """Return it as JSON, without what says nothing."""
        named = {name: getattr(self, name) for name in (*self.MANY, *self.ONE)}
        said = {name: list(v) if isinstance(v, tuple) else v for name, v in named.items() if v}
        return said if self.view == DEFAULT_VIEW else {"view": self.view, **said}

    @property
    def is_narrowed(self) -> bool:
        """Is anything asked beyond the view itself?"""
        return any(getattr(self, name) for name in (*self.MANY, *self.ONE))

    @property
    def is_personal(self) -> bool:
        """Does it ask for a person's own cases, not for those of her place?"""
        return self.view in PERSONAL_VIEWS or self.officer == OFFICER_ME

    @property
    def sorts(self) -> Sorts:
        return SORTS_OF_ALL if self.view == EVERYTHING else SORTS

    def sort(self, wanted: str | None) -> Sort:
        """Return the order of that name, or the usual one of the view."""
        name = wanted or ""
        return self.sorts.pick(None if name.removeprefix("-") in ONE_WAY else name)


def place_of(user: User) -> Hashable:
    """Return all that decides which cases `queue` finds for a person today, beside the criteria.

    For keeping composed queries: whoever gains or loses a role asks with another one from the
    next request. Only some criteria ask who she is herself: `Criteria.is_personal`.
    """
    who = standing(user)
    return who.permissions, frozenset(who.agencies_by_role.items()), timezone.localdate()


def queue(user: User, criteria: Criteria) -> CaseQuerySet:
    """Return the cases of a view and filter that this person may see, in no order."""
    cases = Case.objects.on_desk_of(user)
    in_view = cases if criteria.view == EVERYTHING else cases.open()
    return _narrowed(in_view, standing(user), criteria)


def _narrowed(cases: CaseQuerySet, who: Standing, criteria: Criteria) -> CaseQuerySet:
    view = VIEWS.get(criteria.view)
    if view is not None:
        cases = view.narrow(cases, who)
    if criteria.system:
        cases = cases.filter(main_system__code__in=criteria.system)
    if criteria.state:
        cases = cases.filter(state__in=criteria.state)
    if criteria.county:
        cases = cases.filter(county__in=criteria.county)
    if criteria.source:
        cases = cases.filter(source__in=criteria.source)
    if criteria.kind:
        cases = cases.filter(kind__in=criteria.kind)
    cases = _of_officer(cases, criteria.officer, who)
    if criteria.agency:
        cases = cases.filter(_held_by(criteria.agency))
    return holding_words(cases, criteria.q) if criteria.q else cases


def few(cases: CaseQuerySet, tally: "Tally") -> CaseQuerySet:
    """Ask for cases by their ids where there are few, so that no others are read to find them."""
    if tally.has_more:
        return cases
    return Case.objects.filter(pk__in=cases.order_by().values("pk")[:COUNTED_UP_TO])


def _of_officer(cases: CaseQuerySet, officer: str, who: Standing) -> CaseQuerySet:
    if officer == OFFICER_NONE:
        return cases.filter(lead_officer__isnull=True)
    if officer == OFFICER_ME:
        return cases.filter(lead_officer_id=who.user_id)
    if officer.isascii() and officer.isdecimal() and len(officer) < 19:
        return cases.filter(lead_officer_id=int(officer))
    return cases


def _held_by(code: str) -> Q:
    """Led by the agency, or with a need that it is asked for or works on now."""
    needs = Need.objects.filter(
        agency__code=code, state__in=(NeedState.OFFERED, *WORKING_NEED_STATES)
    )
    return Q(lead_agency__code=code) | Q(pk__in=needs.order_by().values("case"))


def holding_words(cases: CaseQuerySet, text: str) -> CaseQuerySet:
    """Narrow to a case number or its beginning, or to all words of `text`.

    At most `FOUND_UP_TO` cases are looked at, so that very common words stay cheap; whoever
    reads the list is told when there are more.
    """
    number = number_in(text)
    if number:
        return cases.filter(reference__startswith=number)
    words = matching(text)
    if words is None:
        return cases.none()
    found = cases.filter(search=words).order_by().values("pk")[:FOUND_UP_TO]
    return Case.objects.filter(pk__in=found)


def number_in(text: str) -> str:
    """The case number, or its beginning, that somebody typed; nothing where it is words."""
    typed = fold(text).strip()
    return typed.upper() if _REFERENCE.fullmatch(typed) else ""


def best_matches(user: User, text: str, limit: int = 8) -> CaseQuerySet:
    """Return the cases that fit the words best, settled ones too, for a quick look-up.

    Of a word that very many cases hold, the `RANKED_UP_TO` newest are compared: older ones are found by
    adding a word.
    """
    cases, words = Case.objects.on_desk_of(user), matching(text)
    if words is None or number_in(text):
        return holding_words(cases, text).order_by("-reference")[:limit]
    newest = cases.filter(search=words).order_by("-pk").values("pk")[:RANKED_UP_TO]
    return Case.objects.filter(pk__in=newest).order_by(rank("search", text).desc(), "-pk")[:limit]


def for_export(cases: CaseQuerySet) -> CaseQuerySet:
    """Fetch what a line of the export holds; no long texts."""
    return cases.select_related("lead_officer", "lead_agency").defer(
        "description",
        "hoped_for",
        "refusal_text",
        "where_instead",
        "withdrawal_reason",
        "search",
        "lead_officer__password",
    )


@dataclass(frozen=True, slots=True)
class Tally:
    """A count that stops at `COUNTED_UP_TO`."""

    number: int = 0
    has_more: bool = False

    def __str__(self) -> str:
        return f"{self.number}+" if self.has_more else str(self.number)


@dataclass(frozen=True, slots=True)
class Tallies:
    """The counts of the rail and of the list at hand."""

    views: dict[str, Tally]
    saved: dict[int, Tally]
    here: Tally = field(default_factory=Tally)


def tally(
    user: User, here: Criteria, saved: Mapping[int, Criteria], *, with_views: bool = True
) -> Tallies:
    """Count the shared views, the saved filters and the list at hand in one query."""
    views_here = views_for(user) if with_views else []
    shared = {view.code: Criteria(view=view.code) for view in views_here}
    asked = (*shared.values(), *saved.values())
    is_counted_already = here in asked
    counted = _count(user, asked if is_counted_already else (*asked, here))
    views = dict(zip(shared, counted, strict=False))
    kept = dict(zip(saved, counted[len(shared) :], strict=False))
    return Tallies(views, kept, counted[asked.index(here)] if is_counted_already else counted[-1])


def _count(user: User, asked: tuple[Criteria, ...]) -> list[Tally]:
    """Count several lists in one round trip, none further than the limit."""
    (row,) = plans.answer(_question(user, asked), ())
    return [Tally(min(n, COUNTED_UP_TO), n > COUNTED_UP_TO) for n in row]


_questions: dict[Hashable, plans.Question] = {}


def _question(user: User, asked: tuple[Criteria, ...]) -> plans.Question:
    """Return the question of a count, kept per process: building it takes longer than running it.

    It depends on who asks, where she stands, the day and what is asked, on nothing else. Who she
    is stays written out: of a value that comes later PostgreSQL makes a new plan each time.
    """
    key = (user.pk, place_of(user), asked, COUNTED_UP_TO)
    if key not in _questions:
        if len(_questions) >= KEPT_QUESTIONS:
            _questions.clear()
        _questions[key] = _compose(user, asked)
    return _questions[key]


def _compose(user: User, asked: tuple[Criteria, ...]) -> plans.Question:
    every = Case.objects.on_desk_of(user).order_by()
    opened = every.open()
    parts: list[str] = []
    values: list[Any] = []
    for one in asked:
        cases = _narrowed(every if one.view == EVERYTHING else opened, standing(user), one)
        try:
            sql, given = cases.values("pk")[: COUNTED_UP_TO + 1].query.sql_with_params()
        except EmptyResultSet:
            sql, given = "SELECT 1 WHERE false", ()
        parts.append(f"(SELECT count(*) FROM ({sql}) AS counted)")  # noqa: S608
        values += given
    return plans.Question("SELECT " + ", ".join(parts), values)
