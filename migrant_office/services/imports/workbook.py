"""Reading .xlsx with openpyxl, row by row, behind a guard: archives that unpack to too much are refused unread."""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time

from migrant_office.i18n import N_
from migrant_office.services.imports.refusals import FileRefused

MOST_ENTRIES = 1_000
MOST_UNPACKED = 300_000_000
MOST_RATIO = 150
SMALL = 10_000_000  # below this a high ratio harms nobody: repeated rows pack well

log = logging.getLogger(__name__)


def from_workbook(data: bytes, sheet: str, most_columns: int) -> Iterator[list[str]]:
    """The lines of one sheet, the first if none is named; formulas as what they last showed. Raises `FileRefused`."""
    guard(data)
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


def guard(data: bytes) -> None:
    """Refuse an archive by its table of contents: what Python unpacks never exceeds what that table says."""
    if data[:4] == b"\xd0\xcf\x11\xe0":
        raise FileRefused(
            N_("This is an old or protected workbook. Save it as .xlsx, without a password, and try again.")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError):
        raise FileRefused(N_("This file is not a workbook.")) from None
    whole = sum(entry.file_size for entry in entries)
    ratio = whole / max(1, sum(entry.compress_size for entry in entries))
    if len(entries) > MOST_ENTRIES or whole > MOST_UNPACKED or (whole > SMALL and ratio > MOST_RATIO):
        raise FileRefused(N_("This workbook unpacks to far too much. Check where the file comes from."))


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
