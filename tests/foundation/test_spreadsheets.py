"""Lists go out as files nobody's spreadsheet runs, and come in as plain text."""

import csv
import datetime as dt
import io

import openpyxl
import pytest

from foundation import spreadsheets

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
