"""Taking over a list of volunteers from a file, with a report line by line."""

from itertools import islice
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from foundation import htmx
from foundation.guards import requires
from foundation.spreadsheets import read_rows
from foundation.uploads import UploadRefusedError, check_upload
from network.forms.volunteer_import import COLUMNS, ImportForm, LineForm, line_form
from network.services import volunteer_importing
from network.services.volunteer_importing import LineRefusedError
from network.volunteer_permissions import can_set_rounds

MOST_LINES = 500
PAGE = "network/volunteer/desk/import.html"


@require_http_methods(["GET", "HEAD", "POST"])
@requires(can_set_rounds)
def take_over(request: HttpRequest) -> HttpResponse:
    """Check every line; take all of them over, or none and say what is wrong with which."""
    if request.method != "POST":
        return _page(request, ImportForm())
    form = ImportForm(request.POST, request.FILES)
    lines = _lines(form) if form.is_valid() else []
    report = _report(lines)
    if form.errors or report:
        return _page(request, form, report, 422)
    try:
        volunteer_importing.take_over(
            key=form.cleaned_data["idempotency_key"],
            lines=[line.cleaned_data for line in lines],
            actor_id=request.user.pk,
        )
    except LineRefusedError as refusal:
        return _page(request, form, [(refusal.line + 2, [str(refusal)])], 409)
    count = len(lines)
    said = ngettext("%(n)d person was taken over.", "%(n)d people were taken over.", count)
    messages.success(request, said % {"n": count})
    return htmx.redirect(request, "manage_volunteers:people")


def _lines(form: ImportForm) -> list[LineForm]:
    file = form.cleaned_data["file"]
    try:
        kind = check_upload(file).kind
        is_list = kind in {"csv", "xlsx"}
        read = [*islice(read_rows(file, kind), MOST_LINES + 2)] if is_list else []
    except UploadRefusedError as refusal:
        form.add_error("file", str(refusal.message))
        return []
    if not is_list:
        form.add_error("file", _("Send a CSV or XLSX file."))
        return []
    heads, *rows = read or [[]]
    missing = [name for name in COLUMNS if LineForm.base_fields[name].required]
    missing = [name for name in missing if name not in heads]
    if missing:
        words = _("The first line must name these columns too: %(names)s")
        form.add_error("file", words % {"names": ", ".join(missing)})
    elif not rows or len(rows) > MOST_LINES:
        form.add_error("file", _("The file needs one line to 500 lines below the first."))
    return [] if form.errors else [line_form(heads, row) for row in rows]


def _report(lines: list[LineForm]) -> list[tuple[int, list[str]]]:
    """What is wrong, by the number that the line has in the file."""
    return [(n, line.wrong) for n, line in enumerate(lines, start=2) if not line.is_valid()]


def _page(
    request: HttpRequest,
    form: ImportForm,
    report: list[tuple[int, list[str]]] | None = None,
    status: int = 200,
) -> HttpResponse:
    context: dict[str, Any] = {"form": form, "report": report, "columns": COLUMNS}
    return htmx.render(request, PAGE, context, status=status)
