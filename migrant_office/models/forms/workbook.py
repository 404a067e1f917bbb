"""A workbook (.xlsx) as cells with rows, behind a guard: archives that unpack to too much are refused unread.

openpyxl reads it (a dependency of pyxform, well kept). pyxform's own reader drops everything after 60 empty rows
without a word, so it is given the cells instead of the file.
"""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import Any

from migrant_office.archives import Limits, fault_of
from migrant_office.i18n import N_
from migrant_office.models.forms.form import Issue, Src
from migrant_office.models.forms.sheets import FOREIGN, MOST_COLUMNS, SHEETS, Numbered, Sheets, refusal, sheet

LIMITS = Limits(entries=200, unpacked=100_000_000, ratio=100, small=3_000_000, xml=30_000_000)
MOST_LINES = 100_000

log = logging.getLogger(__name__)


def from_workbook(data: bytes) -> tuple[Sheets, list[Issue]]:
    """The sheets of a workbook. Raises FormRefused for what is no workbook, too large, or unreadable."""
    if fault := fault_of(data, LIMITS):
        raise refusal(fault)
    issues: list[Issue] = []
    try:
        import openpyxl  # 0.2 s, wanted only here

        shown = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            names = {title.strip().lower(): title for title in shown.sheetnames}
            wanted = {name: title for name, title in names.items() if name in SHEETS | FOREIGN}
            found = {name: sheet(name, _lines(shown[title]), issues) for name, title in wanted.items()}
        finally:
            shown.close()
        issues += _formulas_and_merges(openpyxl.load_workbook(io.BytesIO(data)), wanted)
    except (ImportError, MemoryError):
        raise
    except Exception as error:
        if hasattr(error, "issues"):
            raise
        log.warning("a workbook could not be read: %s", type(error).__name__)  # never its cells
        raise refusal(
            N_("This workbook cannot be read. Open it in a spreadsheet program, save it as .xlsx and try again.")
        ) from None
    return found, issues


def _lines(worksheet: Any) -> Numbered:
    worksheet.reset_dimensions()  # some programs write a wrong size, and rows outside it would be lost
    for number, line in enumerate(worksheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
        if number > MOST_LINES:
            sentence = N_("More than {most} rows, most of them empty: delete those below the form and save it again.")
            raise refusal(sentence, Src(worksheet.title), most=MOST_LINES)
        yield number, [_text(cell) for cell in line]


def _text(cell: object) -> str:
    """A cell as XLSForm writes it: dates in ISO form, whole numbers without a point, TRUE and FALSE."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).replace("\xa0", " ")


def _formulas_and_merges(workbook: Any, wanted: dict[str, str]) -> Iterator[Issue]:
    for name, title in wanted.items():
        worksheet = workbook[title]
        for merged in worksheet.merged_cells.ranges:
            yield Issue(
                "error",
                Src(name, merged.min_row),
                N_("The cells {cells} are merged: separate them."),
                {"cells": merged.coord},
            )
        yield from _formulas(name, worksheet)
    workbook.close()


def _formulas(name: str, worksheet: Any) -> Iterator[Issue]:
    """Only the cells that exist: one stray cell in the last column would make `iter_rows` fill in millions."""
    for (_row, column), cell in sorted(worksheet._cells.items()):  # noqa: SLF001 - openpyxl shows them nowhere else
        if column <= MOST_COLUMNS and cell.data_type == "f":
            yield Issue(
                "warning",
                Src(name, cell.row, cell.column_letter),
                N_("This cell is a formula: what it showed when last saved is read. Better write the value itself."),
            )
