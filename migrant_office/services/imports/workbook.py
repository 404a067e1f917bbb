"""Reading .xlsx with openpyxl, row by row, behind a guard: archives that unpack to too much are refused unread."""

from __future__ import annotations

import io
import logging
from collections.abc import Iterator
from datetime import date, datetime, time

from migrant_office.archives import Limits, fault_of
from migrant_office.i18n import N_
from migrant_office.services.imports.refusals import FileRefused

LIMITS = Limits(entries=1_000, unpacked=300_000_000, ratio=150, small=10_000_000, xml=300_000_000)

log = logging.getLogger(__name__)


def from_workbook(data: bytes, sheet: str, most_columns: int) -> Iterator[list[str]]:
    """The lines of one sheet, the first if none is named; formulas as what they last showed. Raises `FileRefused`."""
    if fault := fault_of(data, LIMITS):
        raise FileRefused(fault)
    import openpyxl  # 0.2 s, wanted only here

    try:
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        try:
            if sheet and sheet not in book.sheetnames:
                raise FileRefused(N_("The workbook has no sheet “{sheet}”."), sheet=sheet)
            page = book[sheet] if sheet else book.worksheets[0]
            page.reset_dimensions()  # some programs write a wrong size, and rows outside it would be lost
            for line in page.iter_rows(values_only=True, max_col=most_columns + 1):
                yield [text_of(cell) for cell in line]
        finally:
            book.close()
    except (FileRefused, MemoryError, GeneratorExit):
        raise
    except Exception as error:
        log.warning("a workbook could not be read: %s", type(error).__name__)  # never its cells
        raise FileRefused(
            N_("This workbook cannot be read. Open it in a spreadsheet program, save it as .xlsx and try again.")
        ) from None


def text_of(cell: object) -> str:
    """A cell as text: days in ISO form, whole numbers without a point."""
    if cell is None:
        return ""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
