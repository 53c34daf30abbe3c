"""What a row of the queue shows, made ready so that the template only writes it down."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.reference import county_names
from assistance.clock_reading import ClockState, read_clock
from assistance.presence import Onlooker
from assistance.queue_rows import QueueCase
from assistance.states import CaseState
from assistance.views.desk.asked import SystemName, labels_of
from foundation.templatetags.formats import moments_short

_ANY = "A000-00-00000"
_AN_HOUR = timedelta(hours=1)
_AT_ONCE = timedelta(0)
_WHOLE = 100


class Row(NamedTuple):
    """A case of the queue in the words of the reader."""

    case: QueueCase
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
    cases: Iterable[QueueCase],
    systems: Mapping[int, SystemName],
    onlookers: Mapping[int, list[Onlooker]],
    split_at: str = "",
) -> list[Row]:
    """Return the rows of a page; nothing here asks the database."""
    now = timezone.localtime()
    today, zone = now.date(), timezone.get_current_timezone()
    before, behind = reverse("desk:case", args=[_ANY]).split(_ANY)
    before_peek, behind_peek = reverse("desk:peek", args=[_ANY]).split(_ANY)
    clock, updated, places = _clocks(today), _updates(now), county_names()
    labels = labels_of(CaseState)
    shown = {system_id: str(system) for system_id, system in systems.items()}
    rows = []
    for case in cases:
        state, words = clock(case)
        others = onlookers.get(case.pk)
        row = Row(
            case,
            f"{before}{case.reference}{behind}",
            f"{before_peek}{case.reference}{behind_peek}",
            f"{split_at}{case.reference}",
            state,
            words,
            _used_up(case, today, zone),
            shown.get(case.main_system_id or 0, ""),
            labels[case.state],
            places.get(case.county, ""),
            case.officer,
            updated(case.updated_at),
            "、".join(one.name for one in others) if others else "",
        )
        rows.append(row)
    return rows


def _clocks(today: date) -> Callable[[QueueCase], tuple[str, str]]:
    """Read clocks as (state, words); cases with the same date and state share one."""
    known: dict[tuple[str, date | None], tuple[str, str]] = {}

    def read(case: QueueCase) -> tuple[str, str]:
        key = (case.state, case.due_on)
        if key not in known:
            face = read_clock(case, today)
            is_paused = face.state == ClockState.PAUSED
            known[key] = (str(face.state), _("Paused") if is_paused else str(face.words))
        return known[key]

    return read


def _used_up(case: QueueCase, today: date, zone: tzinfo) -> int:
    """How much of the time from the submission to the next date has gone, in percent."""
    if case.due_on is None:
        return 0
    began = case.submitted_at.astimezone(zone).date()
    whole = (case.due_on - began).days
    gone = (today - began).days
    return _WHOLE if gone >= whole else max(0, _WHOLE * gone // whole)


def _updates(now: datetime) -> Callable[[datetime], str]:
    """Tell when a case was updated: minutes ago within an hour, else the day and the time."""
    moment, known = moments_short(), dict[int, str]()

    def tell(at: datetime) -> str:
        since = now - at
        if not _AT_ONCE <= since < _AN_HOUR:
            return moment(at)
        minutes = max(1, since.seconds // 60)
        if minutes not in known:
            known[minutes] = ngettext("%(n)d min ago", "%(n)d min ago", minutes) % {"n": minutes}
        return known[minutes]

    return tell
