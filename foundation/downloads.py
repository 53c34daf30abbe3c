"""Lists that somebody takes away as a file for a spreadsheet.

That nobody between keeps a copy of a personal one is said by `PersonalAnswersMiddleware`.
"""

from collections.abc import Iterable, Sequence

from django.http import HttpResponse

from foundation.spreadsheets import CSV_TYPE, XLSX_TYPE, csv_text, xlsx_bytes


def as_file(
    heads: Sequence[object], rows: Iterable[Sequence[object]], *, name: str, kind: str = "csv"
) -> HttpResponse:
    """The rows below their heads as a CSV or XLSX file; `name` is plain ASCII, without the ending."""
    is_csv = kind == "csv"
    content: str | bytes = csv_text(heads, rows) if is_csv else xlsx_bytes(heads, rows)
    content_type = CSV_TYPE if is_csv else XLSX_TYPE
    return HttpResponse(content, content_type=content_type, headers=named(f"{name}.{kind}"))


def named(name: str) -> dict[str, str]:
    """What makes a browser save an answer, under this name."""
    return {"Content-Disposition": f'attachment; filename="{name}"'}
