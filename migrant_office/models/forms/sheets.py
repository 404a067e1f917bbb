"""The cells of a form, each with its row: what every kind of file is turned into before anything is judged."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from migrant_office.i18n import N_
from migrant_office.models.forms.form import FormRefused, Issue, Src

MOST_BYTES = 20_000_000
MOST_ROWS = {"survey": 20_000, "choices": 10_000}
MOST_COLUMNS = 200
SHEETS = frozenset({"survey", "choices", "settings"})
# Sheets that XLSForm gives a meaning this desk does not know.
FOREIGN = frozenset({"external_choices", "entities", "osm"})


@dataclass(frozen=True)
class Row:
    """The filled cells of one row under their headings; `number` as the person counts: 1 is the top of the sheet in
    a workbook or csv, of the file in md.
    """

    number: int
    cells: dict[str, str]


@dataclass(frozen=True)
class Sheet:
    """`heading_row` is where the headings stand."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]
    heading_row: int = 1


Sheets = dict[str, Sheet]
Numbered = Iterator[tuple[int, Sequence[str]]]


def refusal(sentence: str, src: Src = Src(""), **data: object) -> FormRefused:  # noqa: B008 - Src is frozen
    """A refusal for one reason."""
    return FormRefused((Issue("error", src, sentence, data),))


def sheet(name: str, lines: Numbered, issues: list[Issue], most: int = 0) -> Sheet:
    """A sheet from its lines, of which the first filled one holds the headings. Too many rows are refused."""
    most = most or MOST_ROWS.get(name, 1_000)
    headings: list[str] = []
    heading_row = 1
    rows: list[Row] = []
    for number, line in lines:
        cells = [cell.strip() for cell in line]
        if not any(cells):
            continue
        if not headings:
            headings = [re.sub(r"\s+", " ", cell) for cell in cells[:MOST_COLUMNS]]
            heading_row = number
            _check_headings(name, number, headings, issues)
            continue
        if len(rows) >= most:
            raise refusal(N_("There are more than {most} rows here."), Src(name), most=most)
        rows.append(Row(number, {key: cell for key, cell in zip(headings, cells, strict=False) if key and cell}))
        _check_loose(name, number, headings, cells, issues)
    return Sheet(name, tuple(key for key in headings if key), tuple(rows), heading_row)


def _check_headings(name: str, number: int, headings: list[str], issues: list[Issue]) -> None:
    for place, key in enumerate(headings):
        if key and key in headings[:place]:
            issues.append(Issue("error", Src(name, number, key), N_("Two columns have the same heading: join them.")))


def _check_loose(name: str, number: int, headings: list[str], cells: list[str], issues: list[Issue]) -> None:
    loose = [cell for place, cell in enumerate(cells) if cell and (place >= len(headings) or not headings[place])]
    if loose:
        issues.append(
            Issue("warning", Src(name, number), N_("A cell stands in a column without a heading; it is not read."))
        )


def from_markdown(data: bytes) -> tuple[Sheets, list[Issue]]:
    """The tables of a markdown file: a first cell names the sheet, then headings, then rows."""
    issues: list[Issue] = []
    return _divided(_markdown_lines(decoded(data, issues)), issues), issues


def from_csv(data: bytes) -> tuple[Sheets, list[Issue]]:
    """The sheets of one csv file, each begun by a row with its name in the first cell."""
    issues: list[Issue] = []
    text = decoded(data, issues)
    return _divided(_csv_lines(text, _delimiter(text)), issues), issues


def from_table(name: str, data: bytes, issues: list[Issue], most: int) -> Sheet:
    """A csv file that is one table, with its headings in the first filled line."""
    text = decoded(data, issues)
    head = next((line for line in text.splitlines() if line.strip()), "")
    return sheet(name, _csv_lines(text, max(",;\t", key=head.count), name), issues, most)


def decoded(data: bytes, issues: list[Issue]) -> str:
    """The text of a file: UTF-8 (with or without its mark), UTF-16 with its mark, else Windows' western letters."""
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        try:
            return data.decode("utf-16")
        except UnicodeDecodeError:
            raise refusal(N_("The letters of this file cannot be read. Save it as UTF-8.")) from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        issues.append(Issue("warning", Src(""), N_("The file is not in UTF-8: look whether accents are right.")))
        return data.decode("cp1252", errors="replace")


_PIPE = re.compile(r"(?<!\\)\|")
_RULE = re.compile(r"[\s|:\-]+\Z")


def _markdown_lines(text: str) -> Numbered:
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        pipes = [found.start() for found in _PIPE.finditer(line)]
        if line.startswith("|") and len(pipes) > 1 and not _RULE.match(line):
            inside = line[pipes[0] + 1 : pipes[-1]]
            yield number, [cell.strip().replace("\\|", "|") for cell in _PIPE.split(inside)]


def _delimiter(text: str) -> str:
    """The sign between cells: the one that lays the headings `type` and `name` apart."""
    head = "\n".join(text.splitlines()[:200])
    for sign in (",", ";", "\t"):
        for _number, line in _csv_lines(head, sign):
            if {"type", "name"} <= {cell.strip().lower() for cell in line}:
                return sign
    return ","


def _csv_lines(text: str, delimiter: str, name: str = "") -> Numbered:
    try:
        yield from enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), 1)
    except csv.Error:
        raise refusal(N_("The csv file is damaged or has a cell that is too long."), Src(name)) from None


def _divided(lines: Numbered, issues: list[Issue]) -> Sheets:
    """Lines cut into sheets where the first cell is filled; that line may hold the headings too."""
    parts: dict[str, list[tuple[int, Sequence[str]]]] = {}
    current: list[tuple[int, Sequence[str]]] = []
    for number, line in lines:
        if line and line[0].strip():
            current = parts.setdefault(line[0].strip().lower(), [])
        current.append((number, line[1:]))
    return {name: sheet(name, iter(part), issues) for name, part in parts.items() if name in SHEETS | FOREIGN}


READERS: dict[str, Callable[[bytes], tuple[Sheets, list[Issue]]]] = {"md": from_markdown, "csv": from_csv}
