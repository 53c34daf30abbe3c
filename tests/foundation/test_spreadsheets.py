"""Lists go out as files nobody's spreadsheet runs, and come in as plain text."""

import csv
import datetime as dt
import io
import re
import zipfile
from collections import deque
from collections.abc import Callable

import openpyxl
import pytest

from foundation import spreadsheets
from foundation.uploads import UploadRefusedError

LIVE = ["=1+1", "+886", "-1", "@cmd", "＝1+1", "\t=1", " \u200b=1"]


@pytest.mark.parametrize("text", LIVE)
def test_no_cell_of_a_csv_file_begins_like_a_formula(text: str) -> None:
    written = spreadsheets.csv_text(["a"], [[text]])

    _head, cell = csv.reader(io.StringIO(written.removeprefix("\ufeff")))
    assert cell == [f"'{text}"]


@pytest.mark.parametrize("text", LIVE)
def test_cells_of_an_xlsx_file_are_text_whatever_they_begin_with(text: str) -> None:
    made = spreadsheets.xlsx_bytes(["郵遞區號"], [[text], ["012"]])

    sheet = openpyxl.load_workbook(io.BytesIO(made)).worksheets[0]
    cells = [row[0] for row in sheet.iter_rows()]
    assert [cell.value for cell in cells] == ["郵遞區號", text, "012"]
    assert {cell.data_type for cell in cells} == {"s"}


def test_what_was_written_is_read_back() -> None:
    heads, rows = ["名稱", "備註"], [["示範中心", ""], ["第二行\n換行", "a,b"]]

    as_csv = io.BytesIO(spreadsheets.csv_text(heads, rows).encode())
    as_xlsx = io.BytesIO(spreadsheets.xlsx_bytes(heads, rows))

    assert list(spreadsheets.read_rows(as_csv, "csv")) == [heads, *rows]
    assert list(spreadsheets.read_rows(as_xlsx, "xlsx")) == [heads, *rows]


def test_numbers_days_and_hours_of_a_sheet_read_as_people_write_them() -> None:
    book, file = openpyxl.Workbook(), io.BytesIO()
    book.active.append([412, 412.0, 1.5, dt.date(2026, 8, 7), dt.time(9, 0), None, " 中心 "])
    book.save(file)

    (row,) = spreadsheets.read_rows(file, "xlsx")

    assert row == ["412", "412", "1.5", "2026-08-07", "09:00", "", "中心"]


@pytest.mark.parametrize("encoding", ["utf-8", "cp950", "utf-16"])
def test_a_csv_file_is_read_in_the_encodings_that_are_taken(encoding: str) -> None:
    file = io.BytesIO("名稱,備註\n示範中心,無\n".encode(encoding))

    assert list(spreadsheets.read_rows(file, "csv")) == [["名稱", "備註"], ["示範中心", "無"]]


def test_two_cells_far_apart_do_not_keep_the_server_busy() -> None:
    file = _altered(lambda sheet: re.sub("<dimension[^>]*>", "", _row_two_as(sheet, 10**15)))

    assert _refusal(file) == "too_complex"


def test_a_sheet_that_unpacks_to_more_than_any_list_is_not_read() -> None:
    empty = "<row/>" * (spreadsheets.MOST_UNPACKED // 6)
    file = _altered(lambda sheet: sheet.replace("</sheetData>", f"{empty}</sheetData>"))

    assert _refusal(file) == "too_complex"


def test_sound_xml_that_is_no_book_is_refused() -> None:
    file = _altered(lambda sheet: sheet.replace('<row r="2"', '<row r="x"'))

    assert _refusal(file) == "unreadable"


def _row_two_as(sheet: str, number: int) -> str:
    return sheet.replace('<row r="2"', f'<row r="{number}"').replace("A2", "A1")


def _refusal(file: io.BytesIO) -> str:
    with pytest.raises(UploadRefusedError) as refused:
        deque(spreadsheets.read_rows(file, "xlsx"), maxlen=0)
    return refused.value.code


def _altered(change: Callable[[str], str]) -> io.BytesIO:
    """A book of two cells with its sheet's XML changed."""
    made = zipfile.ZipFile(io.BytesIO(spreadsheets.xlsx_bytes(["名稱"], [["中心"]])))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as package:
        for name in made.namelist():
            content = made.read(name)
            if name == "xl/worksheets/sheet1.xml":
                content = change(content.decode()).encode()
            package.writestr(name, content)
    return file
