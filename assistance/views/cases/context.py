"""All that the page of a case shows its applicant, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from assistance import case_rows
from assistance.clock_reading import both_totals, read_need_clock
from assistance.events import CaseEvent
from assistance.models import (
    Answer,
    Attachment,
    Case,
    CaseMessage,
    Need,
    Question,
    ScanState,
)
from assistance.permissions import can_take_back, sme_may_write
from assistance.services.removing import opened_files
from assistance.services.resolution import reopen_until
from assistance.states import CaseState, NeedState, Side
from assistance.timeline.names import name_systems
from assistance.views.cases.door import Door
from assistance.views.cases.referral_rows import referrals_for
from assistance.views.happening_icons import icon_of
from assistance.views.mandates.rows import filing_of
from foundation.happening import Happening
from foundation.languages import pick
from foundation.templatetags.formats import day_near, gap
from ledger.timeline import Line, timeline_for

TIMELINE_LINES = 50
# To the applicant an agency that says no is no refusal: the search goes on.
_LOOKING_ON = (NeedState.DECLINED, NeedState.LAPSED)
_HAVE_THE_ANSWER = (CaseState.ANSWERED, CaseState.CLOSED)
_ACTS = (
    "message",
    "upload",
    "withdraw",
    "reopen",
    "rate",
    "readers",
    "consents",
    "print",
    "filed_by",
)


@dataclass(frozen=True)
class Part:
    """A need as the applicant sees it; `next_step` says by when where an agency is at work."""

    system_name: str
    agency_name: str
    look: str
    label: str
    next_step: str


def case_context(door: Door, *, everything: bool = False) -> dict[str, Any]:
    """Collect what the page shows; `everything` lifts the cap on the timeline."""
    case = door.case
    files = files_by_place(door)
    lines = timeline_for(case, "public")
    shown = lines if everything else lines[-TIMELINE_LINES:]
    questions = _open_questions(case)
    asked = [_asked(question, door, files) for question in questions]
    return {
        "case": case,
        "door": door,
        "urls": {act: door.url(act) for act in _ACTS if door.may(act)},
        "turn": case.turn,
        "is_late": case.due_on is not None and case.due_on < timezone.localdate(),
        "questions": asked,
        "missing": sum(row["item"].done_at is None for one in asked for row in one["items"]),
        "ask_until": min((question.due_on for question in questions), default=None),
        "parts": _parts(case),
        "referrals": referrals_for(door) if door.may("referral") else [],
        "answers": _answers(case),
        "happenings": _happenings(case, shown, files),
        "has_more": len(shown) < len(lines),
        "files": files["case"],
        "totals": both_totals(case_rows.whole_spans(case.pk)),
        "may_write": door.may("message") and sme_may_write(case),
        "filing": filing_of(case),
        "reopen_until": _reopen_until(case),
        "goes_on_as": _goes_on_as(case),
    }


def _goes_on_as(case: Case) -> Case | None:
    """The case this one was merged into, unless it is somebody else's who only seemed the same."""
    target = case.merged_into
    return target if target is not None and target.has_applicant_of(case) else None


def _reopen_until(case: Case) -> datetime | None:
    until = reopen_until(case)
    return until if until and until > timezone.now() else None


def files_by_place(door: Door) -> dict[Any, list[dict[str, Any]]]:
    """Sort the case's files: under ("message", id), ("item", id), or "case"."""
    places: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    rows = case_rows.files_for_sme(door.case.pk)
    opened = opened_files(door.case) if rows and door.case.is_open else frozenset()
    for row in rows:
        row.case = door.case
        drawn = file_card(row, door, opened)
        if row.message_id:
            places[("message", row.message_id)].append(drawn)
        elif row.question_item_id:
            places[("item", row.question_item_id)].append(drawn)
        places["case"].append(drawn)
    return places


def file_card(row: Attachment, door: Door, opened: frozenset[str] = frozenset()) -> dict[str, Any]:
    """A file for the list component; `opened` are the ids of those staff have opened."""
    state, reason = "ready", ""
    if row.scan_state == ScanState.PENDING:
        state = "pending"
    elif row.scan_state == ScanState.INFECTED:
        state, reason = "refused", _("A virus was found; the file is blocked.")
    url = reverse("files:download", args=[row.pk]) if row.is_readable else ""
    drawn = {"name": row.name, "size": row.size, "url": url, "state": state, "reason": reason}
    is_opened = str(row.pk) in opened
    is_own = door.may("remove_file")
    if is_own and can_take_back(row, actor_id=door.actor_id, is_opened=is_opened):
        drawn["remove_url"] = reverse(
            f"{door.namespace}:remove_file", args=[door.case.reference, row.pk]
        )
    return drawn


def _open_questions(case: Case) -> list[Question]:
    if case.state != CaseState.WAITING:
        return []
    return case_rows.open_questions(case.pk)


def _asked(question: Question, door: Door, files: Mapping[Any, Any]) -> dict[str, Any]:
    items = [
        {"item": item, "files": files.get(("item", item.pk), [])} for item in question.items.all()
    ]
    return {
        "question": question,
        "items": items,
        "files": files.get(("message", question.message_id), []),
        "url": _answer_url(question, door),
    }


def _answer_url(question: Question, door: Door) -> str:
    if not door.may("answer"):
        return ""
    return reverse(f"{door.namespace}:answer", args=[door.case.reference, question.pk])


def _parts(case: Case) -> list[Part]:
    return [_part(case, need) for need in name_systems(case_rows.needs_of(case.pk))]


def _part(case: Case, need: Need) -> Part:
    clock = read_need_clock(need)
    is_sent = need.state == NeedState.ANSWERED and case.state in _HAVE_THE_ANSWER
    working = need.state in (NeedState.ACCEPTED, NeedState.PROGRESS)
    next_step = _("This part is in your answer.") if is_sent else str(need.face.next_step)
    if working and clock.due_on:
        next_step += gap() + _("By %(day)s.") % {"day": day_near(clock.due_on)}
    return Part(
        system_name=pick(need, "system_name"),
        agency_name=pick(need.agency, "name") if need.agency else "",
        look=CaseState.TRIAGE if need.state in _LOOKING_ON else need.state,
        label=str(need.face.label),
        next_step=next_step,
    )


def _answers(case: Case) -> list[Answer]:
    """The sent answers, latest first; a case that was never answered costs no query."""
    if case.first_answered_at is None:
        return []
    return case_rows.sent_answers(case.pk)


def _happenings(
    case: Case, lines: Iterable[Line], files: Mapping[Any, list[dict[str, Any]]]
) -> list[Happening]:
    """Newest first, each with the message it is about."""
    newest = [line for line in lines if not _is_under_its_message(line)][::-1]
    messages = {message.pk: message for message in case_rows.messages_for_sme(case.pk)}
    return [
        _happening(line, messages.get(line.entry.facts.get("message") or 0), files, first=not at)
        for at, line in enumerate(newest)
    ]


def _is_under_its_message(line: Line) -> bool:
    return line.entry.event == CaseEvent.FILE_ADDED and bool(line.entry.facts.get("of"))


def _happening(
    line: Line,
    message: CaseMessage | None,
    files: Mapping[Any, list[dict[str, Any]]],
    *,
    first: bool,
) -> Happening:
    look = "now" if first else "done"
    icon = icon_of(line.entry.event) if first else ""
    if message is None:
        return Happening(title=line.text, at=line.at, state=look, icon=icon)
    mine = message.side == Side.SME
    read = _("read by the agency") if mine and message.read_at else ""
    return Happening(
        title=line.text,
        at=line.at,
        by=_signature(message),
        state=look,
        icon=icon,
        meta=read,
        body=message.body,
        kind="mine" if mine else "message",
        files=files.get(("message", message.pk), []),
    )


def _signature(message: CaseMessage) -> str:
    name = message.author.name if message.author else ""
    agency = pick(message.agency, "name") if message.agency else ""
    return " · ".join(part for part in (name, agency) if part)
