"""The page of a case for staff: everything on one screen, in a fixed number of queries."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.people import names_by_id
from accounts.reference import industry_name
from accounts.reference.districts import place_words
from assistance import case_rows, presence
from assistance.clock_reading import ClockState, both_totals, read_clock, read_need_clock
from assistance.deadlines import QUESTION_DAYS
from assistance.events import CaseEvent
from assistance.forms.casework import AskForm, NoteForm, StaffMessageForm
from assistance.models import (
    Answer,
    Attachment,
    Case,
    CaseMessage,
    Consent,
    ConsentPurpose,
    Need,
)
from assistance.models.sight import sight_of
from assistance.permissions import (
    can_answer_offer,
    can_assign,
    can_claim,
    can_compose,
    can_correct_number,
    can_decline_case,
    can_drop_need,
    can_merge,
    can_offer,
    can_remove_file,
    can_split,
    can_work,
)
from assistance.referral_permissions import can_refer, can_refer_need
from assistance.services import messages, readings
from assistance.states import CaseState, NeedState, Side
from assistance.views.casework.bench import Bench, on_bench, papers_of, suggested_codes
from assistance.views.casework.placing import rules_that_fired
from assistance.views.casework.referral_rows import referrals_on
from assistance.views.casework.replies import are_wanted, offer, replies_for
from assistance.views.casework.size import size_of
from assistance.views.desk.summary import naming
from assistance.views.happening_icons import icon_of
from assistance.views.mandates.rows import filing_of
from foundation.happening import Happening
from foundation.htmx import render
from foundation.languages import pick
from foundation.working_days import add_working_days
from ledger.timeline import Line, timeline_for

TIMELINE_LINES = 50
ANSWERED_STATES = (CaseState.ANSWERED, CaseState.CLOSED, CaseState.REOPENED)


@require_safe
@on_bench
def case(request: HttpRequest, bench: Bench) -> HttpResponse:
    """Show the case; that it was opened is noted for the SME to read."""
    readings.note_reading(
        case_id=bench.case.pk,
        reader_id=request.user.pk,
        agency_id=bench.agency_id,
        read_at=vars(bench.case)["read_at"],
    )
    response = show(request, bench, opened=request.GET.get("into", ""))
    has_it = request.user.pk == bench.case.lead_officer_id
    if has_it and bench.case.has_unread_from_sme:
        messages.mark_read(case_id=bench.case.pk, side=Side.AGENCY)
    return response


def show(
    request: HttpRequest, bench: Bench, *, status: int = 200, opened: str = "", **bound: Any
) -> HttpResponse:
    """Draw the page, with whatever form was just refused in the place of its empty twin."""
    opened = _way_to_write(bench, opened or next(iter(bound), "").removesuffix("_form"))
    lines = timeline_for(bench.case, "staff")
    shown = lines if "all" in request.GET else lines[-TIMELINE_LINES:]
    context = {
        **_head(request, bench),
        "needs": [_need_row(bench, need) for need in bench.needs],
        "questions": _questions(bench),
        **referrals_on(bench),
        "answers": _answers(bench),
        **_happenings(bench, shown),
        "has_more": len(shown) < len(lines),
        "used": _used(bench.case),
        **_form(request, bench, opened),
        **bound,
        "opened": opened,
    }
    return render(request, "assistance/casework/page.html", context, status=status)


def _head(request: HttpRequest, bench: Bench) -> dict[str, Any]:
    case, user = bench.case, bench.user
    outcome = getattr(case, "routing_outcome", None)
    others = presence.look(case_id=case.pk, user_id=user.pk, name=str(user))
    return {
        "case": case,
        **_twins(bench),
        "clock": read_clock(case),
        "size": size_of(case),
        "withdrawal_reason": _withdrawal_reason(bench),
        "county": place_words(case.county, case.district),
        "industry": industry_name(case.industry) if case.industry else "",
        "fired": rules_that_fired(case),
        "filing": filing_of(case),
        "suggested": suggested_codes(outcome.suggested) if outcome else [],
        **naming(others),
        "may": _acts(bench),
    }


def _acts(bench: Bench) -> frozenset[str]:
    """What this person may do with the case as a whole."""
    case, user = bench.case, bench.user
    verdicts = {
        "claim": can_claim(user, case),
        "assign": can_assign(user, case),
        "split": can_split(user, case),
        "decline": can_decline_case(user, case),
        "merge": can_merge(user, case),
        "number": can_correct_number(user, case),
        "refer": can_refer(user, case),
        "compose": can_compose(user, case),
        "write": bench.may_write(),
        "note": bench.may_note(),
    }
    return frozenset(act for act, allowed in verdicts.items() if allowed)


def _used(case: Case) -> str:
    """The working days that went by on either side so far, in words."""
    agencies, sme = both_totals(case_rows.whole_spans(case.pk))
    return _("agencies %(a)s, SME %(s)s working days") % {"a": agencies, "s": sme}


def _withdrawal_reason(bench: Bench) -> str:
    """Why the SME took the case back; not for who was no longer shown anything by then."""
    reason = str(bench.case.withdrawal_reason)
    if not reason or bench.reads_whole:
        return reason
    ended = Consent.objects.taken_back(ConsentPurpose.SHARE_WITH_AGENCIES).filter(case=bench.case)
    return "" if ended.exists() else reason


def _twins(bench: Bench) -> dict[str, Case | None]:
    """The case this one was merged into, or seems to repeat, where this person may see it."""
    case, sight = bench.case, sight_of(bench.user)

    def seen(pk: int | None) -> Case | None:
        return (
            case_rows.seen.first(sight.agency_ids, pk, reads_all=sight.reads_all) if pk else None
        )

    return {
        "merged_into": seen(case.merged_into_id),
        "twin": seen(case.suspected_duplicate_of_id) if case.is_open else None,
    }


def _need_row(bench: Bench, need: Need) -> dict[str, Any]:
    """A need as a fact for everyone on the case; its content only for those who may read it."""
    readable = bool(getattr(need, "is_readable", False))
    agency = pick(need.agency, "name") if need.agency else "—"
    clock = read_need_clock(need)
    return {
        "pk": str(need.pk),
        "state": need.state,
        "state_label": need.get_state_display(),
        "system": pick(need, "system_name"),
        "who": f"{agency} · {need.officer.name}" if need.officer else agency,
        "clock": clock if clock.due_on or clock.state == ClockState.PAUSED else None,
        "readable": readable,
        "since": need.accepted_at,
        "summary": need.summary if readable else "",
        "answer": need.answer if readable else "",
        "acts": _need_acts(bench, need) if readable else frozenset(),
    }


def _need_acts(bench: Bench, need: Need) -> frozenset[str]:
    """What this person may do with a need she may read."""
    user, case = bench.user, bench.case
    working = can_work(user, need)
    is_again = need.state == NeedState.ANSWERED and case.state == CaseState.REOPENED
    verdicts = {
        "accept": can_answer_offer(user, need),
        "start": working and need.state == NeedState.ACCEPTED,
        "work": working and need.state != NeedState.WAITING,
        "offer": can_offer(user, need),
        "refer": can_refer_need(user, need),
        "drop": can_drop_need(user, need),
        "reopen": is_again and can_compose(user, case),
    }
    return frozenset(act for act, allowed in verdicts.items() if allowed)


def _questions(bench: Bench) -> list[dict[str, Any]]:
    if bench.case.state != CaseState.WAITING:
        return []
    readable = {message.pk for message in bench.messages}
    open_ones = case_rows.open_questions(bench.case.pk)
    own = {need.pk for need in bench.own_needs}
    return [
        {
            "question": question,
            "items": question.items.all(),
            "may_cancel": question.need_id in own or bool(bench.subjects()),
        }
        for question in open_ones
        if question.message_id in readable
    ]


def _answers(bench: Bench) -> list[Answer]:
    """What was sent to the SME, latest first, for those who may read every need it cites.

    A case that was never answered costs no query.
    """
    reads_all = all(getattr(need, "is_readable", False) for need in bench.needs)
    if bench.case.state not in ANSWERED_STATES or not reads_all:
        return []
    sent = case_rows.sent_answers(bench.case.pk)
    return [one for one in sent if bench.reads_whole or getattr(one, "was_shared", False)]


def _happenings(bench: Bench, lines: list[Line]) -> dict[str, Any]:
    """The timeline, oldest first, with the words and files this person may read."""
    words = {row.pk: row for row in bench.messages}
    files = _files(bench, words.values())
    actors = names_by_id({line.actor_id for line in lines if line.actor_id})
    drawn = []
    for line in lines:
        message = words.get(line.entry.facts.get("message") or line.entry.facts.get("note") or 0)
        if _is_told_elsewhere(line, words):
            continue
        drawn.append(_happening(line, message, actors, files))
    return {"happenings": drawn, "files": files["papers"]}


def _is_told_elsewhere(line: Line, words: Mapping[int, CaseMessage]) -> bool:
    """Tell whether a line stands under its message, or is about one this person may not read."""
    event, facts = line.entry.event, line.entry.facts
    if event == CaseEvent.NOTE_ADDED:
        return facts.get("message") not in words
    if event == CaseEvent.FILE_ADDED:
        return bool(facts.get("of"))
    return event == CaseEvent.FILE_REMOVED and facts.get("of") not in {None, *words}


def _happening(
    line: Line,
    message: CaseMessage | None,
    actors: Mapping[int, str],
    files: Mapping[Any, list[dict[str, Any]]],
) -> Happening:
    told = Happening(
        title=line.text,
        at=line.at,
        by=actors.get(line.actor_id or 0, ""),
        state="done",
        icon=icon_of(line.entry.event),
    )
    if message is None:
        return told
    kind = "mine" if message.side == Side.AGENCY else "message"
    return told._replace(
        body=message.body,
        kind="note" if message.kind == "note" else kind,
        meta=_said_of(message, line),
        files=files.get(message.pk, []),
    )


def _said_of(message: CaseMessage, line: Line) -> str:
    """Who speaks, where the title does not say so, and whether the SME has read it."""
    agency = pick(message.agency, "name") if message.agency else ""
    is_read = message.side == Side.AGENCY and message.read_at is not None
    parts = ["" if agency in line.text else agency, _("read by the SME") if is_read else ""]
    return " · ".join(part for part in parts if part)


def _files(bench: Bench, said: Iterable[CaseMessage]) -> dict[Any, list[dict[str, Any]]]:
    places: dict[Any, list[dict[str, Any]]] = defaultdict(list)
    for row in case_rows.files_beside(bench.case.pk, [message.pk for message in said]):
        if not (bench.reads_whole or getattr(row, "was_shared", False)):
            continue
        url = reverse("files:download", args=[row.pk]) if row.is_readable else ""
        state = "ready" if row.is_readable else str(row.scan_state)
        drawn = {"name": row.name, "size": row.size, "url": url, "state": state}
        row.case = bench.case
        places[row.message_id or "papers"].append(drawn | _removal(bench, row))
    return places


def _removal(bench: Bench, file: Attachment) -> dict[str, str]:
    """Where this person removes the file, if she may."""
    if not can_remove_file(bench.user, file):
        return {}
    return {"remove_url": reverse("desk:remove_file", args=[bench.case.reference, file.pk])}


def _way_to_write(bench: Bench, wanted: str) -> str:
    """The form that is drawn with the page: the one asked for, or the first one may use.

    The others are fetched when they are opened.
    """
    ways = ["message", "ask"] if bench.may_write() else []
    ways += ["note"] if bench.may_note() else []
    return wanted if wanted in ways else next(iter(ways), "")


def _form(request: HttpRequest, bench: Bench, opened: str) -> dict[str, Any]:
    replies = offer(replies_for(bench)) if opened != "note" and are_wanted(request) else {}
    if opened == "message":
        return {"message_form": StaffMessageForm(subjects=bench.subjects()), **replies}
    if opened == "ask":
        due = add_working_days(timezone.localdate(), QUESTION_DAYS)
        papers = papers_of([need.system_id for need in bench.needs])
        form = AskForm(subjects=bench.subjects(), papers=papers, initial={"due_on": due})
        return {"ask_form": form, **replies}
    return {"note_form": NoteForm(subjects=bench.note_subjects())} if opened else {}
