"""What a row of the queue shows, made ready so that the template only writes it down."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.reference import counties
from assistance.clock_reading import ClockFace, ClockState, read_clock
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
    now = timezone.now()
    today = timezone.localdate(now)
    case_url, peek_url = reverse("desk:case", args=[_ANY]), reverse("desk:peek", args=[_ANY])
    places, faces = counties(), _Faces(today)
    labels = {state.value: str(state.label) for state in CaseState}
    return [
        Row(
            case=case,
            url=case_url.replace(_ANY, case.reference),
            peek_url=peek_url.replace(_ANY, case.reference),
            split_url=f"{split_at}{case.reference}",
            clock_state=str((face := faces.of(case)).state),
            clock_words=_("Paused") if face.state == ClockState.PAUSED else str(face.words),
            used_up=_used_up(case, today),
            system=str(systems.get(case.main_system_id or 0, "")),
            state_label=labels[case.state],
            county=places[case.county].name if case.county in places else "",
            officer=str(case.lead_officer) if case.lead_officer else "",
            updated=_updated(case.updated_at, now),
            onlookers="、".join(one.name for one in onlookers.get(case.pk, [])),
        )
        for case in cases
    ]


class _Faces:
    """Clocks of one page; cases with the same date and state share a face."""

    def __init__(self, today: date) -> None:
        self.today = today
        self.known: dict[tuple[str, date | None], ClockFace] = {}

    def of(self, case: Case) -> ClockFace:
        key = (case.state, case.due_on)
        if key not in self.known:
            self.known[key] = read_clock(case, self.today)
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
