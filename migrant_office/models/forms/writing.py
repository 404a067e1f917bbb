"""The sheets of a form written out again: as a workbook that an office edits, and as one csv that the office keeps."""

from __future__ import annotations

import csv
import io

import xlsxwriter  # writes only, never reads: nothing from outside can come in through it

from migrant_office.models.forms.form import Issue
from migrant_office.models.forms.sheets import READERS, Sheet, Sheets
from migrant_office.models.forms.workbook import from_workbook

WIDTHS = {"label": 44, "hint": 32, "guidance": 60, "relevant": 28, "constraint": 28, "calculation": 40}


def sheets_of(data: bytes, kind: str) -> Sheets:
    """The cells of a form that `load_form` has accepted already. Raises FormRefused as that does."""
    found: tuple[Sheets, list[Issue]] = from_workbook(data) if kind == "xlsx" else READERS[kind](data)
    return found[0]


def as_csv(sheets: Sheets) -> str:
    """All sheets as one csv, each begun by a row with its name in the first cell; `load_form` reads it back."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    for name, sheet in sheets.items():
        writer.writerow([name])
        writer.writerow(["", *sheet.headings])
        writer.writerows(["", *(row.cells.get(heading, "") for heading in sheet.headings)] for row in sheet.rows)
    return out.getvalue()


def as_workbook(sheets: Sheets) -> bytes:
    """The form as .xlsx: headings in bold and frozen, every cell a text: nothing becomes a formula or a date."""
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = workbook.add_format({"bold": True, "bottom": 1, "valign": "top"})
    plain = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    for name, sheet in sheets.items():
        _fill(workbook.add_worksheet(name), sheet, bold, plain)
    workbook.close()
    return out.getvalue()


def _fill(page: xlsxwriter.worksheet.Worksheet, sheet: Sheet, bold: object, plain: object) -> None:
    page.freeze_panes(1, 2 if sheet.name == "survey" else 0)
    for column, heading in enumerate(sheet.headings):
        page.write_string(0, column, heading, bold)
        page.set_column(column, column, WIDTHS.get(heading.partition("::")[0].partition("_")[0], 18))
    for number, row in enumerate(sheet.rows, 1):
        for column, heading in enumerate(sheet.headings):
            if cell := row.cells.get(heading, ""):
                page.write_string(number, column, cell, plain)
