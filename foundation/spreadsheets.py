"""Lists as files for a spreadsheet, and spreadsheets as lists: CSV and XLSX.

Writing: no cell is ever live, whatever it begins with. Reading: what came through
`foundation.uploads.check_upload`, as rows of plain text.
"""

import csv
import datetime as dt
import io
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, Any, Final

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from foundation.inspection import decode_csv
from foundation.uploads import UploadRefusedError

CSV_TYPE: Final = "text/csv; charset=utf-8"
XLSX_TYPE: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
BYTE_ORDER_MARK: Final = "\ufeff"
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_UNSEEN = " \u200b\u200c\u200d\u2060\ufeff"
_MOST_COLUMNS = 100
# Rows without content count too: a sheet of two cells may claim a thousand million rows between.
MOST_ROWS = 10_000
# A list of people or places is far smaller; what unpacks to more would occupy the server.
MOST_UNPACKED = 20 * 1024 * 1024
# What openpyxl raises for a book that is sound XML and yet no book.
_NOT_A_BOOK = (ArithmeticError, AttributeError, LookupError, SyntaxError, TypeError, ValueError)


def safe(value: object) -> str:
    """The text of a CSV cell; what a spreadsheet would take for a formula becomes plain text."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.lstrip(_UNSEEN).startswith(_STARTS_A_FORMULA) else text


def unguarded(text: str) -> str:
    """The text of a cell that `safe` wrote."""
    return text[1:] if text.startswith("'") and safe(text[1:]) == text else text


def csv_text(heads: Sequence[object], rows: Iterable[Sequence[object]]) -> str:
    """A CSV file with a byte order mark, so that spreadsheets read it as UTF-8."""
    file = io.StringIO()
    file.write(BYTE_ORDER_MARK)
    writer = csv.writer(file)
    writer.writerow([safe(head) for head in heads])
    writer.writerows([safe(value) for value in row] for row in rows)
    return file.getvalue()


def xlsx_bytes(heads: Sequence[object], rows: Iterable[Sequence[object]]) -> bytes:
    """An XLSX file of one sheet; every cell is text, so that no postcode loses its zeros."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet()
    for row in (heads, *rows):
        sheet.append([_text_cell(sheet, value) for value in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _text_cell(sheet: Any, value: object) -> Any:
    cell = WriteOnlyCell(sheet, value="")
    cell.value = "" if value is None else str(value)
    cell.data_type = "s"
    return cell


def read_rows(file: IO[bytes], kind: str) -> Iterator[list[str]]:
    """The rows of a CSV or XLSX file (`kind` as `check_upload` found it), each as stripped text.

    Of an XLSX file only the first sheet is read, with the values its formulas had when saved.
    Raises UploadRefusedError for what cannot be read, or holds more than any list.
    """
    file.seek(0)
    rows = _xlsx_rows(file) if kind == "xlsx" else _csv_rows(file)
    for number, row in enumerate(rows):
        if number >= MOST_ROWS:
            raise UploadRefusedError("too_complex")
        yield [_written(value) for value in row[:_MOST_COLUMNS]]


def _csv_rows(file: IO[bytes]) -> Iterator[Sequence[Any]]:
    yield from csv.reader(io.StringIO(decode_csv(file.read()), newline=""))


def _xlsx_rows(file: IO[bytes]) -> Iterator[Sequence[Any]]:
    with zipfile.ZipFile(file) as package:
        if sum(part.file_size for part in package.infolist()) > MOST_UNPACKED:
            raise UploadRefusedError("too_complex")
    file.seek(0)
    try:
        book = load_workbook(file, read_only=True, data_only=True)
        try:
            yield from book.worksheets[0].iter_rows(values_only=True)
        finally:
            book.close()
    except _NOT_A_BOOK as broken:
        raise UploadRefusedError("unreadable") from broken


def _written(value: Any) -> str:
    """A cell as a person reads it: whole numbers without “.0”, days and hours in ISO form."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat()
    if isinstance(value, dt.time):
        return f"{value:%H:%M}"
    return str(value).strip()
