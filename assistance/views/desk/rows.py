"""What a row of the queue shows, made ready so that the template only writes it down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.reference import county_choices
from assistance.clock_reading import ClockState, read_clock
from assistance.models import Case
from assistance.presence import Onlooker
from assistance.states import CaseState
from assistance.views.desk.asked import SystemName
from foundation.templatetags.formats import moment_short

_ANY = "A000-00-00000"
_AN_HOUR = timedelta(hours=1)
_WHOLE = 100


@dataclass(frozen=True, slots=True)
class Row:
    case: Case
    url: str
    peek_url: str
    split_url: str
    clock_state: str
    clock_words: str
    used_up: int
    system: str
    state_label: str
    county: str
    officer: str
    updated: str
    onlookers: str


def make_rows(
    cases: Iterable[Case],
    systems: Mapping[int, SystemName],
    onlookers: Mapping[int, list[Onlooker]],
    split_at: str = "",
) -> list[Row]:
    """Return the rows of a page; nothing here asks the database."""
    now = timezone.localtime()
    today = now.date()
    case_url, peek_url = reverse("desk:case", args=[_ANY]), reverse("desk:peek", args=[_ANY])
    faces, places = _Faces(today), dict(county_choices())
    labels = {state.value: str(state.label) for state in CaseState}
    shown = {system_id: str(system) for system_id, system in systems.items()}
    return [
        Row(
            case=case,
            url=case_url.replace(_ANY, case.reference),
            peek_url=peek_url.replace(_ANY, case.reference),
            split_url=f"{split_at}{case.reference}",
            clock_state=(face := faces.of(case))[0],
            clock_words=face[1],
            used_up=_used_up(case, today),
            system=shown.get(case.main_system_id or 0, ""),
            state_label=labels[case.state],
            county=places.get(case.county, ""),
            officer=str(case.lead_officer) if case.lead_officer_id else "",
            updated=_updated(case.updated_at, now),
            onlookers="、".join(one.name for one in onlookers.get(case.pk, [])),
        )
        for case in cases
    ]


class _Faces:
    """Clocks of one page, as (state, words); cases with the same date and state share one."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.known: dict[tuple[str, date | None], tuple[str, str]] = {}

    def of(self, case: Case) -> tuple[str, str]:
        key = (case.state, case.due_on)
        if key not in self.known:
            face = read_clock(case, self.today)
            is_paused = face.state == ClockState.PAUSED
            self.known[key] = (str(face.state), _("Paused") if is_paused else str(face.words))
        return self.known[key]


def _used_up(case: Case, today: date) -> int:
    """How much of the time from the submission to the next date has gone, in percent."""
    if case.due_on is None:
        return 0
    began = timezone.localdate(case.submitted_at)
    whole = (case.due_on - began).days
    gone = (today - began).days
    return _WHOLE if gone >= whole else max(0, _WHOLE * gone // whole)


def _updated(at: datetime, now: datetime) -> str:
    if timedelta(0) <= now - at < _AN_HOUR:
        minutes = max(1, int((now - at).total_seconds() // 60))
        return ngettext("%(n)d min ago", "%(n)d min ago", minutes) % {"n": minutes}
    return moment_short(at)
