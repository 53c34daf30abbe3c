"""Taking a file of new entries over, with a report line by line; and an example to begin from."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from foundation.errors import DomainError
from foundation.guards import requires
from foundation.htmx import redirect, render
from foundation.languages import is_english
from foundation.spreadsheets import CSV_TYPE, XLSX_TYPE, csv_text, read_rows, xlsx_bytes
from network.directory_permissions import can_edit_directory
from network.forms.importing import HEADS, ImportForm, Line, read_lines
from network.services import importing
from network.services.entries import OrganisationWords
from network.services.points import LocationWords, OfferingWords
from network.views.manage.entries import form_page

PAGE = "network/manage/import.html"
_OF_ORGANISATION = tuple(OrganisationWords.__slots__)


@form_page
@requires(can_edit_directory)
def take_over(request: HttpRequest) -> HttpResponse:
    """All lines of a file, or none of them and what is wrong with which."""
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method != "POST":
        return _show(request, form)
    if not form.is_valid():
        return _show(request, form, status=422)
    try:
        lines = list(read_lines(read_rows(form.cleaned_data["file"], form.checked.kind)))
    except DomainError as refusal:
        form.add_error("file", str(refusal))
        return _show(request, form, status=422)
    if not lines:
        form.add_error("file", _("There is no line below the heads."))
    if not lines or any(line.wrong for line in lines):
        return _show(request, form, lines, status=422)
    return _add(request, form, lines)


def _add(request: HttpRequest, form: ImportForm, lines: list[Line]) -> HttpResponse:
    try:
        importing.take_over(
            entries=[_entry(line) for line in lines],
            by_id=request.user.pk,
            key=form.cleaned_data["idempotency_key"],
        )
    except importing.LinesRefusedError as refusal:
        for line in lines:
            if line.number in refusal.wrong:
                line.wrong.append(refusal.wrong[line.number])
        return _show(request, form, lines, status=409)
    words = ngettext("%(n)d entry was added.", "%(n)d entries were added.", len(lines))
    messages.success(request, words % {"n": len(lines)})
    return redirect(request, "manage_network:index")


def _show(
    request: HttpRequest, form: ImportForm, lines: list[Line] | None = None, status: int = 200
) -> HttpResponse:
    context = {
        "form": form,
        "lines": lines or [],
        "wrong": sum(bool(o.wrong) for o in lines or []),
    }
    return render(request, PAGE, context, status=status)


def _entry(line: Line) -> importing.NewEntry:
    given = line.values
    place = given["place"]
    return importing.NewEntry(
        line=line.number,
        organisation=OrganisationWords(**{name: given[name] for name in _OF_ORGANISATION}),
        location=LocationWords(
            name_zh=given["name_zh"],
            name_en=given["name_en"],
            county=place.county,
            district=place.district,
            address_zh=given["address_zh"],
        ),
        offering=OfferingWords(
            name_zh=given["service_zh"], topics=given["topics"], areas=given["areas"]
        ),
    )


@require_safe
@requires(can_edit_directory)
def example(request: HttpRequest, kind: str) -> HttpResponse:
    """A file with the heads and one invented line."""
    if kind not in {"csv", "xlsx"}:
        raise Http404
    heads = [words[1] if is_english() else words[0] for words in HEADS.values()]
    rows = [
        [
            "示範商會",
            "Demo Chamber",
            "chamber",
            "提供會員諮詢。",
            "Advice for members.",
            "",
            "0800-000-000",
            "chamber@demo.example",
            "",
            "臺中市大里區",
            "示範路 1 號",
            "經營諮詢",
            "management、marketing",
            "臺中市",
        ]
    ]
    content: str | bytes = csv_text(heads, rows) if kind == "csv" else xlsx_bytes(heads, rows)
    return HttpResponse(
        content,
        content_type=CSV_TYPE if kind == "csv" else XLSX_TYPE,
        headers={"Content-Disposition": f'attachment; filename="directory-example.{kind}"'},
    )
