"""A spreadsheet as a table of texts: one header, numbered rows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from migrant_office.i18n import N_
from migrant_office.services.imports.comma_file import from_comma_file
from migrant_office.services.imports.refusals import FileRefused
from migrant_office.services.imports.workbook import from_workbook

MOST_BYTES = 50_000_000
MOST_ROWS = 50_000
MOST_COLUMNS = 200


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is the row's number in the spreadsheet; `overflow` whether it has cells beyond the header."""

    number: int
    cells: dict[str, str]
    overflow: bool


@dataclass(frozen=True, slots=True)
class Table:
    """`headers` as they are written; cells are found by the folded header."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]


def plain_text(text: str) -> str:
    """One line without spaces at its ends, nor doubled, nor hard ones, nor signs that cannot be seen."""
    return " ".join("".join(c if c.isprintable() else " " for c in text.replace("\xa0", " ")).split())


def folded(text: str) -> str:
    """How headers and coded answers are compared: capitals and spaces make no difference."""
    return plain_text(text).casefold()


def read_table(path: Path, sheet: str = "") -> Table:
    """The table in a .csv or .xlsx. Raises `FileRefused`."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise FileRefused(
                N_("The file is larger than {most} megabytes. Import it in parts."), most=MOST_BYTES // 10**6
            )
        data, kind = path.read_bytes(), path.suffix.lower()
    except OSError as error:
        raise FileRefused(N_("The file cannot be read. Check its name and who may open it.")) from error
    if kind == ".xlsx":
        return as_table(from_workbook(data, sheet, MOST_COLUMNS))
    if kind in (".csv", ".tsv", ".txt"):
        return as_table(from_comma_file(data))
    raise FileRefused(N_("Only .csv and .xlsx can be imported. Save the file as one of them."))


def as_table(lines: Iterable[list[str]]) -> Table:
    """Lines of cells, the first the header. Empty rows are passed over, their numbers are not."""
    headers: list[str] = []
    rows: list[Row] = []
    for number, line in enumerate(lines, 1):
        cells = [plain_text(cell) for cell in line]
        if number == 1:
            headers = checked_headers(cells)
        elif any(cells):
            if len(rows) == MOST_ROWS:
                raise FileRefused(N_("The file has more than {most} rows. Import it in parts."), most=MOST_ROWS)
            named = {folded(h): cell for h, cell in zip(headers, cells, strict=False) if h}
            rows.append(Row(number, named, any(cells[len(headers) :])))
    if not rows:
        raise FileRefused(N_("The file has no rows under its header."))
    return Table(tuple(h for h in headers if h), tuple(rows))


def checked_headers(cells: list[str]) -> list[str]:
    while cells and not cells[-1]:
        cells.pop()
    if not cells:
        raise FileRefused(N_("The first row must hold the names of the columns."))
    if len(cells) > MOST_COLUMNS:
        raise FileRefused(N_("The file has more than {most} columns."), most=MOST_COLUMNS)
    seen: dict[str, int] = {}
    for number, cell in enumerate(cells, 1):
        if cell and folded(cell) in seen:  # told by their places: where the header was forgotten, this is a person
            raise FileRefused(
                N_("Columns {first} and {second} of the file have the same name. Give each its own."),
                first=seen[folded(cell)],
                second=number,
            )
        seen.setdefault(folded(cell), number)
    return cells
