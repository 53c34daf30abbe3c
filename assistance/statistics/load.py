"""Who has how much on the desk: shown beside each name while a case is being assigned."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Absence, StaffMembership
from assistance.models import Case, Need
from assistance.roles import TAKES_CASES
from assistance.states import WORKING_NEED_STATES
from foundation.languages import is_english
from foundation.prepared import Prepared


@dataclass(frozen=True, slots=True)
class OfficerLoad:
    """One officer: open cases led, needs being worked on, cases overdue, and absence today."""

    user_id: int
    name: str
    agency_ids: frozenset[int]
    cases: int
    needs: int
    overdue: int
    away_until: date | None = None
    deputy: str = ""

    @property
    def total(self) -> int:
        return self.cases + self.needs


def officers_of(agency_ids: Iterable[int]) -> list[OfficerLoad]:
    """Return those who take cases in these agencies, the least loaded first: two queries."""
    today = timezone.localdate()
    led = Case.objects.open().filter(lead_officer=OuterRef("user_id"))
    held = Need.objects.filter(officer=OuterRef("user_id"), state__in=WORKING_NEED_STATES)
    posts = (
        StaffMembership.objects.in_force(today)
        .filter(agency_id__in=list(agency_ids), role__in=TAKES_CASES, user__is_active=True)
        .select_related("user")
        .annotate(
            cases=_how_many(led, "lead_officer"),
            overdue=_how_many(led.filter(due_on__lt=today), "lead_officer"),
            needs=_how_many(held, "officer"),
        )
    )
    found: dict[int, OfficerLoad] = {}
    for post in posts:
        known = found.get(post.user_id)
        if known is not None:
            agencies = known.agency_ids | {post.agency_id}
            found[post.user_id] = replace(known, agency_ids=agencies)
            continue
        found[post.user_id] = OfficerLoad(
            post.user_id,
            str(post.user),
            frozenset({post.agency_id}),
            post.cases,
            post.needs,
            post.overdue,
        )
    _mark_absent(found, today)
    return sorted(found.values(), key=lambda o: (o.away_until is not None, o.total, o.name))


def _how_many(rows: "QuerySet[Case] | QuerySet[Need]", person: str) -> Coalesce:
    counted = rows.order_by().values(person).annotate(number=Count("pk")).values("number")
    return Coalesce(Subquery(counted), 0)


def _mark_absent(found: dict[int, OfficerLoad], today: date) -> None:
    away = Absence.objects.covering(today).filter(user_id__in=found).select_related("deputy")
    for absence in away:
        found[absence.user_id] = replace(
            found[absence.user_id], away_until=absence.ends_on, deputy=str(absence.deputy)
        )


@dataclass(frozen=True, slots=True)
class DeskPeople:
    """Whom and which agencies the filters of the desk offer: (value, name) pairs."""

    officers: list[tuple[str, str]]
    agencies: list[tuple[str, str]]


@Prepared
def _posts(today: date, *, english: bool) -> Any:
    agency_name = "agency__name_en" if english else "agency__name_zh"
    columns = ("user_id", "user__name", "user__email", "agency_id", "agency__code", agency_name)
    return (
        StaffMembership.objects.in_force(today)
        .filter(role__in=TAKES_CASES, user__is_active=True)
        .order_by("user__name", "user_id", "agency__code")
        .values_list(*columns)
    )


def people_on_the_desk(officers_of_agencies: Iterable[int] | None) -> DeskPeople:
    """Return the officers of these agencies (None: of all) and every agency with staff: one query."""
    wanted = None if officers_of_agencies is None else frozenset(officers_of_agencies)
    officers: dict[str, str] = {}
    agencies: dict[str, str] = {}
    for user_id, name, email, agency_id, code, agency in _posts(
        timezone.localdate(), english=is_english()
    ):
        agencies[code] = agency
        if wanted is None or agency_id in wanted:
            officers[str(user_id)] = name or email
    return DeskPeople(list(officers.items()), sorted(agencies.items()))
