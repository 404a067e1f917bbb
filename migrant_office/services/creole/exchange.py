"""Creole out to its human readers as a spreadsheet, and what they decided back.

A reader marks a row whose Creole she approves, says no to one that somebody approved before, or writes beside it what
it should say. Corrections are never applied here: they are told to whoever keeps the files. `code` holds the hashes of
the pair, so that nothing is approved that was changed meanwhile, in the program or in the spreadsheet.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import xlsxwriter  # writes only, never reads: nothing from outside can come in through it

from migrant_office.errors import UserError
from migrant_office.i18n import N_, Translator
from migrant_office.models.parity import Pair, pair_of
from migrant_office.services.creole.inventory import CreoleText
from migrant_office.services.imports.table import Row, folded, read_table

HEADINGS = {
    "where": "where · dónde · ki kote",
    "Spanish": "Spanish · español · panyòl",
    "Creole": "Creole · criollo · kreyòl",
    "correction": "correction · corrección · koreksyon",
    "ok": "ok (x)",
    "comment": "comment · comentario · kòmantè",
    "code": "code",
}
"""Of the columns, in the three languages of those who meet here; a column is known by its first word."""
COLUMNS = tuple(HEADINGS)
WIDTHS = (28, 50, 50, 50, 6, 30, 14)
YES = frozenset({"x", "ok", "sí", "si", "wi", "yes", "1", "true", "✓", "✔"})
NO = frozenset({"no", "non", "0", "false"})
FORMULA = ("=", "+", "-", "@", "\t", "\r")
KINDS = (".xlsx", ".csv")
MOST_PLACES = 3  # named in one cell


class Why(StrEnum):
    """Why a row is no approval, as a message id; `text` is the sentence."""

    CORRECTED = N_("There is a correction: change the text, then have it read again.")
    EDITED = N_("The Spanish or the Creole was changed in the spreadsheet. Write the new text under “{column}”.")
    CHANGED = N_("The text has changed since the spreadsheet was written. Export it again.")
    NOT_SAID = N_("Under “ok” stands neither “{yes}” nor “{no}”. Leave it empty for a text that was not read.")
    TWICE = N_("Two rows say different things of the same text.")

    def text(self, tr: Translator) -> str:
        return tr.gettext(self.value).format(column="correction", yes="x", no="no")


@dataclass(frozen=True, slots=True)
class Told:
    """A row of which somebody must hear: its number in the spreadsheet, its cells, and why."""

    row: int
    where: str
    es: str
    ht: str
    correction: str
    comment: str
    why: Why

    @property
    def refused(self) -> bool:
        """It said yes, or tried to, and is not taken; a correction is no refusal."""
        return self.why is not Why.CORRECTED


@dataclass(frozen=True, slots=True)
class Read:
    """What a spreadsheet says: pairs (Spanish, Creole) that were approved, pairs approved before to which it says no,
    and the rows that somebody must look at.
    """

    approved: tuple[tuple[str, str], ...]
    withdrawn: tuple[tuple[str, str], ...]
    told: tuple[Told, ...]


# -- out


def lines(texts: Iterable[CreoleText]) -> list[tuple[str, ...]]:
    """The rows of a spreadsheet for readers; `ok` is empty, also where somebody approved the text before."""
    return [(_where(t), t.es, t.ht, "", "", _before(t), "-".join(t.pair)) for t in texts]


def _where(text: CreoleText) -> str:
    said = "; ".join(map(str, text.where[:MOST_PLACES]))
    return f"{said}; +{len(text.where) - MOST_PLACES}" if len(text.where) > MOST_PLACES else said


def _before(text: CreoleText) -> str:
    return f"{text.reviewer}, {text.date}" if text.review else ""


def written(texts: Iterable[CreoleText], kind: str) -> bytes:
    """The spreadsheet as ".xlsx" or ".csv". Raises `UserError` for another kind."""
    return spreadsheet(tuple(HEADINGS.values()), lines(texts), kind, WIDTHS)


def spreadsheet(
    headings: Sequence[str], rows: Iterable[Sequence[str]], kind: str, widths: Sequence[int] = WIDTHS
) -> bytes:
    """Cells of text alone: no cell is taken for a formula. Raises `UserError` for a kind that is neither."""
    if kind.lower() not in KINDS:
        raise UserError(N_("Name the file .xlsx or .csv."))
    return _workbook(headings, rows, widths) if kind.lower() == ".xlsx" else _comma_file(headings, rows)


def _comma_file(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(headings)
    writer.writerows([safe(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig")  # the mark tells a spreadsheet program that accents are UTF-8


def safe(cell: str) -> str:
    """A text that a spreadsheet program would take for a formula gets an apostrophe in front."""
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def plain(cell: str) -> str:
    """The text before `safe`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*FORMULA, "'")) else cell


def _workbook(headings: Sequence[str], rows: Iterable[Sequence[str]], widths: Sequence[int]) -> bytes:
    out = io.BytesIO()
    workbook = xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    bold = workbook.add_format({"bold": True, "bottom": 1, "valign": "top"})
    cell = workbook.add_format({"text_wrap": True, "valign": "top", "num_format": "@"})
    page = workbook.add_worksheet("creole")
    page.freeze_panes(1, 0)
    for column, heading in enumerate(headings):
        page.write_string(0, column, heading, bold)
        page.set_column(column, column, widths[column] if column < len(widths) else 18, cell)
    for number, row in enumerate(rows, 1):
        for column, text in enumerate(row):
            page.write_string(number, column, text, cell)
    workbook.close()
    return out.getvalue()


# -- and back


def read(path: Path, texts: Iterable[CreoleText]) -> Read:
    """What a reader decided on the texts of today. Raises `FileRefused` for what is no spreadsheet, `UserError` where a
    column is missing.
    """
    table = read_table(path)
    named = {_first(heading): folded(heading) for heading in table.headers}
    if lacking := [name for name in COLUMNS if folded(name) not in named and name not in ("where", "comment")]:
        raise UserError(N_("The column “{column}” is missing. Export the texts again."), column=lacking[0])
    known = {text.pair: text for text in texts}
    decided: dict[Pair, set[bool]] = {}
    told: list[Told] = []
    for row in table.rows:
        cells = _cells(row, named)
        verdict = _judged(cells, known)
        if isinstance(verdict, Why):
            told.append(_told(row.number, cells, verdict))
        elif verdict is not None:
            decided.setdefault(pair_of(cells["Spanish"], cells["Creole"]), set()).add(verdict)
    corrected = {pair_of(each.es, each.ht) for each in told}
    doubted = [pair for pair, said in decided.items() if len(said) > 1 or pair in corrected]
    for pair in doubted:
        told.append(Told(0, "", known[pair].es, known[pair].ht, "", "", Why.TWICE))
        del decided[pair]

    def those(answer: bool) -> tuple[tuple[str, str], ...]:
        return tuple((known[pair].es, known[pair].ht) for pair, said in decided.items() if said == {answer})

    return Read(those(True), those(False), tuple(told))


def _first(heading: str) -> str:
    return next(iter(folded(heading).split()), "")


def _cells(row: Row, named: dict[str, str]) -> dict[str, str]:
    """The cells of a row, without the apostrophes of `safe` unless those belong to the text."""
    found = {name: row.cells.get(named.get(folded(name), ""), "") for name in COLUMNS}
    return found if _is_whole(found) else {name: plain(cell) for name, cell in found.items()}


def _is_whole(cells: dict[str, str]) -> bool:
    """Whether the two texts are still those that were written out."""
    return cells["code"] == "-".join(pair_of(cells["Spanish"], cells["Creole"]))


def _judged(cells: dict[str, str], known: dict[Pair, CreoleText]) -> bool | Why | None:
    """Whether a row approves its text or takes an approval back, or why it does neither though it says something; None
    for a row left alone.
    """
    ok = folded(cells["ok"])
    if cells["correction"]:
        return Why.CORRECTED
    if ok and ok not in YES | NO:
        return Why.NOT_SAID
    if not _is_whole(cells):
        return Why.EDITED
    text = known.get(pair_of(cells["Spanish"], cells["Creole"]))
    if ok in YES:
        return True if text else Why.CHANGED
    return False if ok and text and text.review else None


def _told(number: int, cells: dict[str, str], why: Why) -> Told:
    return Told(number, cells["where"], cells["Spanish"], cells["Creole"], cells["correction"], cells["comment"], why)


REPORT = ("row", "where", "Spanish", "Creole", "correction", "comment", "why")


def report(found: Read, tr: Translator, kind: str = ".csv") -> bytes:
    """The rows that somebody must look at, as a spreadsheet for whoever keeps the texts."""
    rows: Iterator[tuple[str, ...]] = (
        (str(t.row or ""), t.where, t.es, t.ht, t.correction, t.comment, t.why.text(tr)) for t in found.told
    )
    return spreadsheet(REPORT, rows, kind, (6, 28, 44, 44, 44, 30, 44))
