"""Taking a file over: what is wrong with which line, what each would change, and then doing it."""

from __future__ import annotations

from itertools import islice
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from foundation.downloads import as_file
from foundation.errors import DomainError
from foundation.guards import requires
from foundation.htmx import redirect, render
from foundation.languages import is_english
from foundation.spreadsheets import read_rows
from network.directory_columns import HEADS
from network.directory_permissions import can_edit_directory
from network.forms.importing import MOST_LINES, ConfirmForm, ImportForm, Line, read_lines
from network.models import OrganisationKind
from network.services import importing
from network.services.importing import EntryLine, Outcome
from network.views.manage.entries import form_page

PAGE = "network/manage/import.html"
SALT = "network.directory.import"
KEPT_FOR = 3600
# What a form may carry is bounded; a file beyond this is sent in parts.
MOST_SIGNED = 1_500_000
_ORGANISATION = (
    *("name_zh", "name_en", "kind", "description_zh", "description_en"),
    *("business_number", "phone", "email", "url"),
)
# Field of the row -> column of the file.
_LOCATION = {
    **{name: f"location_{name}" for name in ("kind", "phone", "url")},
    **{name: name for name in ("address_zh", "address_en", "features")},
    **{name: name for name in ("accessibility_zh", "accessibility_en")},
    "name_en": "location_en",
}
_OFFERING = {
    "name_zh": "service_zh",
    "name_en": "service_en",
    "description_zh": "service_description_zh",
    "description_en": "service_description_en",
    **{name: name for name in ("application_zh", "application_en", "fees_zh", "fees_en", "state")},
    **{name: name for name in ("topics", "areas", "excepted", "languages")},
}
_COLUMN_OF = {
    "organisation": {},
    "location": {**_LOCATION, "name_zh": "location_zh", "county": "place", "district": "place"},
    "offering": _OFFERING,
}


@form_page
@requires(can_edit_directory)
def take_over(request: HttpRequest) -> HttpResponse:
    """Look at a file; then, with what was shown, take all of it over or nothing."""
    if request.method != "POST":
        return _show(request, ImportForm())
    if "lines" in request.POST:
        return _confirmed(request)
    form = ImportForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        read = read_rows(form.cleaned_data["file"], form.checked.kind)
        rows = list(islice(read, 2 * MOST_LINES))
        lines = list(read_lines(rows))
    except DomainError as refusal:
        form.add_error("file", str(refusal))
        return _show(request, form, status=422)
    if not lines:
        form.add_error("file", _("There is no line below the heads."))
    if not lines or any(line.wrong for line in lines):
        return _show(request, form, lines, status=422)
    return _rehearsed(request, form, rows, lines)


def _rehearsed(
    request: HttpRequest, form: Any, rows: list[list[str]], lines: list[Line], status: int = 200
) -> HttpResponse:
    """What each line would do, and a button that does just that."""
    try:
        outcomes = importing.rehearse(lines=[_entry(o) for o in lines], by_id=request.user.pk)
    except importing.LinesRefusedError as refusal:
        return _show(request, form, _marked(lines, refusal), status=409)
    signed = signing.dumps({"by": request.user.pk, "rows": rows}, salt=SALT, compress=True)
    if len(signed) > MOST_SIGNED:
        form.add_error("file", _("This file is too long to show at once. Send it in parts."))
        return _show(request, form, status=422)
    first = {"lines": signed, "plan": importing.plan_of(outcomes)}
    context = {
        "form": form,
        "confirm_form": ConfirmForm(initial=first),
        "planned": [_planned(line, one) for line, one in zip(lines, outcomes, strict=True)],
        "new": sum(one.is_new for one in outcomes),
        "changed": sum(not one.is_new and bool(one.changes) for one in outcomes),
        "same": sum(one.is_same for one in outcomes),
    }
    return render(request, PAGE, context, status=status)


def _confirmed(request: HttpRequest) -> HttpResponse:
    form = ConfirmForm(request.POST)
    try:
        kept = signing.loads(request.POST["lines"], salt=SALT, max_age=KEPT_FOR)
        is_ours = form.is_valid() and kept["by"] == request.user.pk
    except signing.BadSignature:
        is_ours = False
    if not is_ours:
        messages.error(request, _("The file is no longer at hand. Please send it again."))
        return _show(request, ImportForm(), status=409)
    lines = list(read_lines(kept["rows"]))
    try:
        importing.take_over(
            lines=[_entry(line) for line in lines],
            plan=form.cleaned_data["plan"],
            by_id=request.user.pk,
            key=form.cleaned_data["idempotency_key"],
        )
    except importing.LinesRefusedError as refusal:
        return _show(request, ImportForm(), _marked(lines, refusal), status=409)
    except DomainError as refusal:
        messages.error(request, str(refusal))
        return _rehearsed(request, ImportForm(), kept["rows"], lines, status=409)
    words = ngettext("%(n)d line is taken over.", "%(n)d lines are taken over.", len(lines))
    messages.success(request, words % {"n": len(lines)})
    return redirect(request, "manage_network:index")


def _marked(lines: list[Line], refusal: importing.LinesRefusedError) -> list[Line]:
    for line in lines:
        if line.number in refusal.wrong:
            line.wrong.append(refusal.wrong[line.number])
    return lines


def _show(
    request: HttpRequest, form: ImportForm, lines: list[Line] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "lines": lines or [],
        "wrong": sum(bool(o.wrong) for o in lines or []),
    }
    return render(request, PAGE, context, status=status)


def _planned(line: Line, outcome: Outcome) -> dict[str, Any]:
    at = 1 if is_english() else 0
    changes = [
        {
            "head": HEADS[_COLUMN_OF[one.part].get(one.name, one.name)][at],
            "before": one.before,
            "after": one.after,
        }
        for one in outcome.changes
    ]
    return {"line": line, "is_new": outcome.is_new, "changes": changes}


def _entry(line: Line) -> EntryLine:
    given = line.values
    location = {name: given[column] for name, column in _LOCATION.items() if column in given}
    location["name_zh"] = given.get("location_zh") or given["name_zh"]
    if place := given["place"]:
        location |= {"county": place.county, "district": place.district}
    return EntryLine(
        line=line.number,
        key=line.key,
        organisation={name: given[name] for name in _ORGANISATION if name in given},
        location=location,
        offering={name: given[column] for name, column in _OFFERING.items() if column in given},
        week=given.get("hours"),
    )


@require_safe
@requires(can_edit_directory)
def example(request: HttpRequest, kind: str) -> HttpResponse:
    """A file with the heads and one invented line."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    said = {
        "name_zh": "示範商會",
        "name_en": "Demo Chamber",
        "kind": str(OrganisationKind.CHAMBER.value),
        "description_zh": "提供會員諮詢。",
        "description_en": "Advice for members.",
        "phone": "0800-000-000",
        "email": "chamber@demo.example",
        "place": "臺中市大里區",
        "address_zh": "示範路 1 號",
        "service_zh": "經營諮詢",
        "topics": "management、marketing",
        "areas": "臺中市",
        "hours": "1-5 08:30-12:00, 13:30-17:30",
    }
    rows = [[said.get(name, "") for name in HEADS]]
    return directory_file(rows, kind, "directory-example")


def directory_file(rows: list[list[str]], kind: str, name: str) -> HttpResponse:
    """The rows under the heads of the directory, as CSV or XLSX."""
    heads = [words[1] if is_english() else words[0] for words in HEADS.values()]
    return as_file(heads, rows, name=name, kind=kind)
