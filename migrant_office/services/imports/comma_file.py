"""Reading .csv as spreadsheets of any country write it: commas or semicolons, Unicode or the older Western letters."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from migrant_office.i18n import N_
from migrant_office.services.imports.refusals import FileRefused

DELIMITERS = ",;\t|"
SAMPLE = 20  # lines


def from_comma_file(data: bytes) -> Iterator[list[str]]:
    """The lines of cells. Raises `FileRefused` for what is no text, or breaks its own quotes."""
    text = decoded(data)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=delimiter_of(text), strict=True)
    except csv.Error as error:
        raise FileRefused(
            N_("The file is not a proper .csv: a quotation mark is never closed, or a cell is too long.")
        ) from error


def decoded(data: bytes) -> str:
    """UTF-8, with or without its mark, else Windows-1252, in which every older Spanish spreadsheet is written."""
    if b"\0" in data:
        raise FileRefused(N_("The file is not text. Save it as .csv (UTF-8) or as .xlsx."))
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FileRefused(N_("The letters of this file cannot be read. Save it as .csv (UTF-8) or as .xlsx."))


def delimiter_of(text: str) -> str:
    """The sign that parts the header into most cells, and the first rows into as many. csv.Sniffer guesses letters."""
    lines = text.splitlines()[:SAMPLE]

    def worth(sign: str) -> tuple[int, int]:
        widths = [len(row) for row in csv.reader(lines, delimiter=sign) if row]
        agreeing = Counter(widths)[widths[0]] if widths else 0
        return (agreeing if widths and widths[0] > 1 else 0, widths[0] if widths else 0)

    return max(DELIMITERS, key=worth)
