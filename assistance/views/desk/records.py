"""The record for auditors: who read a case, what a person did, and whether the chain is whole."""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from accounts.models import User
from assistance.event_names import name_of_event
from assistance.forms.records import RecordsForm
from assistance.models import CaseReading
from assistance.permissions import can_read_records
from assistance.record_search import ACTS, LATEST_FIRST, READINGS, acts, cases_of, readings
from assistance.services import exports
from foundation.downloads import named
from foundation.guards import requires
from foundation.htmx import render
from foundation.languages import pick
from foundation.listing import keyset_batches, keyset_page
from foundation.spreadsheets import BYTE_ORDER_MARK, CSV_TYPE, safe
from ledger.models import ChainCheck, Entry, Seal
from ledger.sealing import verify_latest
from ledger.timeline import text_of

ON_A_PAGE = 50
LINKS_CHECKED = 10_000
UNPROCESSABLE = 422
_ASKED = ("kind", "case", "person", "event", "first", "last")


def _form(request: HttpRequest) -> RecordsForm:
    asked = any(name in request.GET for name in _ASKED)
    return RecordsForm(request.GET if asked else None, user=request.user)


@require_safe
@requires(can_read_records)
def show(request: HttpRequest) -> HttpResponse:
    """Show the form, and the lines that fit, latest first."""
    form = _form(request)
    context: dict[str, Any] = {"form": form, "chain": _chain(request), "kind": READINGS}
    status = 200
    if form.is_bound and form.is_valid():
        context |= _found(request, form)
    elif form.is_bound:
        status = UNPROCESSABLE
    return render(request, "assistance/desk/records.html", context, status=status)


def _found(request: HttpRequest, form: RecordsForm) -> dict[str, Any]:
    after = request.GET.get("after", "")
    asked = request.GET.copy()
    asked.pop("after", None)
    address = asked.urlencode()
    kind = form.cleaned_data["kind"]
    if kind == ACTS:
        done = keyset_page(acts(request.user, form.wanted), LATEST_FIRST, after, ON_A_PAGE)
        rows, cursor = _act_lines(request, done.rows), done.next_cursor
    else:
        read = keyset_page(readings(request.user, form.wanted), LATEST_FIRST, after, ON_A_PAGE)
        rows, cursor = [_reading_line(row) for row in read.rows], read.next_cursor
    return {"is_asked": True, "kind": kind, "rows": rows, "cursor": cursor, "address": address}


def _act_lines(request: HttpRequest, entries: list[Entry]) -> list[dict[str, Any]]:
    cases = cases_of(request.user, entries)
    people = User.objects.in_bulk({entry.actor_id for entry in entries if entry.actor_id})
    return [
        {
            "at": entry.at,
            "person": people.get(entry.actor_id or 0),
            "agency": "",
            "case": cases.get(entry.stream),
            "what": text_of(entry, "staff") or name_of_event(entry.event),
            "number": entry.pk,
            "thing": entry.stream,
        }
        for entry in entries
    ]


def _reading_line(row: CaseReading) -> dict[str, Any]:
    return {
        "at": row.at,
        "person": row.reader,
        "agency": pick(row.agency, "name") if row.agency else "",
        "case": row.case,
        "what": _("Read the case") if row.what == "case" else _("Opened a file"),
        "number": row.pk,
        "thing": row.what,
    }


def _chain(request: HttpRequest) -> dict[str, Any]:
    """The last sealed entry; and, when asked for, what a check of the latest links found."""
    last = Seal.objects.select_related("entry").order_by("-number").first()
    found = verify_latest(LINKS_CHECKED) if "check" in request.GET else None
    whole = ChainCheck.objects.latest_first().first()
    return {"last": last, "found": found, "most": LINKS_CHECKED, "whole": whole}


@require_safe
@requires(can_read_records)
def csv_file(request: HttpRequest) -> HttpResponseBase:
    """All lines that fit, as a file for a spreadsheet; that it was taken out is recorded."""
    form = RecordsForm(request.GET, user=request.user)
    if not form.is_valid():
        context = {"form": form, "chain": _chain(request), "kind": READINGS}
        return render(request, "assistance/desk/records.html", context, status=UNPROCESSABLE)
    kind = form.cleaned_data["kind"]
    search = acts if kind == ACTS else readings
    # What happens while the file is on its way, taking it out included, is not part of it.
    found = search(request.user, form.wanted).filter(at__lte=timezone.now())
    exports.note_records_export(
        by_id=request.user.pk, kind=kind, asked=form.narrowed_by, rows=found.count()
    )
    return StreamingHttpResponse(
        _parts(request, found),
        content_type=CSV_TYPE,
        headers=named(f"record-{kind}-{timezone.localdate():%Y%m%d}.csv"),
    )


def _parts(request: HttpRequest, found: "QuerySet[Any]") -> Iterator[str]:
    """The file batch by batch, so that its length costs neither memory nor a long statement."""
    language = get_language()
    with override(language):
        head = BYTE_ORDER_MARK + _text([_heads()])
    yield head
    for batch in keyset_batches(found, LATEST_FIRST):
        with override(language):
            lines = (
                _act_lines(request, batch)
                if found.model is Entry
                else [_reading_line(row) for row in batch]
            )
            part = _text([safe(value) for value in _cells(line)] for line in lines)
        yield part


def _text(rows: Iterable[list[str]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()


def _heads() -> list[str]:
    return [
        _("Time"),
        _("Person"),
        _("E-mail"),
        _("Agency"),
        _("Case number"),
        _("Kind of event"),
        _("Line"),
        _("Thing"),
    ]


def _cells(row: dict[str, Any]) -> list[object]:
    person, case = row["person"], row["case"]
    return [
        timezone.localtime(row["at"]).isoformat(sep=" ", timespec="seconds"),
        person.name if person else "",
        person.email if person else "",
        row["agency"],
        case.reference if case else "",
        row["what"],
        row["number"],
        row["thing"],
    ]
