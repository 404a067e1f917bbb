"""The report of a month on paper: what its figures are, each released table, two charts, what is counted.

It sees a release and nothing else: a contract of `pyproject.toml` keeps every module that names a person away from it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import TypeVar
from xml.sax.saxutils import escape

from migrant_office.models.counts.release import Release, ReleasedCell, ReleasedTable
from migrant_office.models.counts.terms import TOTAL, Indicator, Label, Lines
from migrant_office.models.parity import Reviews
from migrant_office.models.sheet import SheetDefinition, SheetText
from migrant_office.services.sheets.composing import Facts, compose
from migrant_office.services.sheets.content import Block, Line, Pair
from migrant_office.services.sheets.document import Document, Form, paged
from migrant_office.services.sheets.figures import Bar, BarsPiece, FigureRow, FigureTable
from migrant_office.services.sheets.fitting import BlockPiece, Printing, finished
from migrant_office.services.sheets.layout import Grid, measure
from migrant_office.services.sheets.pieces import Piece, Title, Told
from migrant_office.services.sheets.words import Words

MOST_COLUMNS = 4  # of figures side by side: with five a head in two languages is torn; more go on in a table below
FIRST_TOTALS = 4  # on the first page; with more, how to read them would not stand beside
CHARTS = 2
T = TypeVar("T")
READ = "read"
"""The block that stands on the first page beside the totals: no figure is read without it."""


def month_document(
    release: Release, definition: SheetDefinition, form: Form, printing: Printing, reviews: Reviews
) -> Document:
    """The report, on as many pages as its tables take; letters never under 11 points, legends apart.

    `reviews` are the approvals of the Creole, for the words that the release brings with it.
    """
    report = _Report(release, Words(definition, form.columns), reviews)
    grid = next((grid for grid in form.grids() if report.fits(grid, form.room)), form.grid())
    pages = paged((*report.first(grid), *report.rest(grid, form.room)), form.room, grid.gap)
    return finished(pages, report.words, form, printing)


class _Report:
    """The words and figures of one release in the languages of the sheet."""

    def __init__(self, release: Release, words: Words, reviews: Reviews) -> None:
        self.release, self.words, self.reviews = release, words, reviews
        self.values = self._left_and_right()
        under = f"{release.office.name}, {release.place.name}  ·  {words.joined('revision')} {release.revision}"
        self.content = compose(words, self._facts(), under=(escape(under),))
        self.legend = words.filled(words.frame["legend"], self.values)

    # -- pages

    def first(self, grid: Grid) -> list[Piece]:
        """The first page: title, totals, and how to read them."""
        title = self.content.title
        pieces: list[Piece] = [Title(title.icon, title.texts, grid, under=self.content.under)]
        pieces += [table.piece(grid) for table in list(self._totals())[:1]]
        return pieces + [
            piece for block in self.content.blocks if block.section == READ for piece in self._rows(block, grid)
        ]

    def fits(self, grid: Grid, room: float) -> bool:
        return sum(piece.height for piece in self.first(grid)) - grid.gap <= room

    def rest(self, grid: Grid, room: float) -> Iterator[Piece]:
        """The other totals, charts, tables, and the blocks that explain."""
        for table in list(self._totals())[1:]:
            yield table.piece(grid)
        yield from self._charts(grid)
        for table in self._tables():
            yield from table.parts(grid, room)
        for block in self.content.blocks:
            if block.section != READ:
                yield from self._rows(block, grid)

    def _rows(self, block: Block, grid: Grid) -> Iterator[Piece]:
        """A block that a page may cut between two rows, its heading with the first."""
        parts = [block.lines[:2], *((line,) for line in block.lines[2:])]
        for lines in parts[:-1]:
            yield Told(measure(Block(block.section, lines), grid), grid)
        last = replace(self.content, blocks=(Block(block.section, parts[-1]),))
        yield BlockPiece(last, 0, grid)

    # -- tables

    def _by_code(self) -> dict[str, list[ReleasedTable]]:
        found: dict[str, list[ReleasedTable]] = {}
        for table in self.release.tables:
            found.setdefault(table.code, []).append(table)
        return found

    def _totals(self) -> Iterator[FigureTable]:
        for tables in self._by_code().values():
            halves = (tables[:FIRST_TOTALS], tables[FIRST_TOTALS:]) if not tables[0].dimensions else ()
            for some in filter(None, halves):
                rows = [FigureRow(self._counted(one, " · "), (self._figure(one.total),)) for one in some]
                yield FigureTable("table", self._pair(tables[0].label), ("", ""), tuple(rows), self.legend)

    def _tables(self) -> Iterator[FigureTable]:
        for tables in self._by_code().values():
            if len(tables[0].dimensions) == 1:
                yield from self._one_way(tables)
            elif tables[0].dimensions:
                for table in tables:
                    yield from self._two_way(table)

    def _one_way(self, tables: list[ReleasedTable]) -> Iterator[FigureTable]:
        """The lines of one dimension, an indicator a column."""
        lines = self.release.lines(tables[0].dimensions[0])
        for beside in _chunks(tables, MOST_COLUMNS):
            heads = (self._joined(lines.label), *(self._counted(one, "<br/>") for one in beside))
            rows = [
                FigureRow(name, tuple(self._figure(one.cell(code)) for one in beside), total=code == TOTAL)
                for code, name in self._names(lines)
            ]
            yield FigureTable("table", self._pair(tables[0].label), heads, tuple(rows), self.legend)

    def _two_way(self, table: ReleasedTable) -> Iterator[FigureTable]:
        """One indicator: one dimension downwards, the other across."""
        down, across = (self.release.lines(name) for name in table.dimensions)
        for beside in _chunks(self._names(across), MOST_COLUMNS):
            rows = [
                FigureRow(name, tuple(self._figure(table.cell(code, other)) for other, _ in beside), code == TOTAL)
                for code, name in self._names(down)
            ]
            heads = (self._joined(down.label), *(name for _, name in beside))
            yield FigureTable("table", self._of(table), heads, tuple(rows), self.legend)

    def _names(self, lines: Lines) -> list[tuple[str, str]]:
        """Code and name of every line, the total last."""
        named = [(one.code, self._joined(one.label)) for one in lines.categories]
        return [*named, (TOTAL, escape(self.words.joined("total")))]

    def _of(self, table: ReleasedTable) -> Pair:
        """The table with what it counts."""
        counted = self._pair(self.release.indicator(table.indicator).label)
        left, right = (f"{title}: {of}" for title, of in zip(self._pair(table.label), counted, strict=True))
        return left, right

    def _counted(self, table: ReleasedTable, between: str) -> str:
        """What a column or row counts, with its unit; the second language in thinner letters."""
        indicator = self.release.indicator(table.indicator)
        first, *second = dict.fromkeys(self._pair(indicator.label))
        unit = f"({escape(self.words.joined(indicator.unit))})"
        return f"{between.join((f'<b>{first}</b>', *second))}{between.replace(' · ', ' ')}{unit}"

    def _figure(self, cell: ReleasedCell) -> str:
        """As in the workbook: a figure, or the mark in its place."""
        return cell.marker if cell.value is None else self.words.columns[0].number(cell.value)

    # -- charts

    def _charts(self, grid: Grid) -> Iterator[Piece]:
        """Bars of the tables that tell most: those of persons, of one dimension, with the most figures that may be
        shown. A table of which hardly anything may be shown has no picture.
        """
        persons = {one.code for one in self.release.indicators if one.unit == "persons"}
        first = {
            tables[0].code: tables[0]
            for tables in self._by_code().values()
            if len(tables[0].dimensions) == 1 and tables[0].indicator in persons
        }
        told = sorted(first.values(), key=lambda table: -len(_shown(table)))[:CHARTS]
        for table in first.values():
            if table in told and len(_shown(table)) > 1:
                yield self._bars(table, grid)

    def _bars(self, table: ReleasedTable, grid: Grid) -> Piece:
        lines = self.release.lines(table.dimensions[0])
        bars = [
            Bar(name, table.cell(code).value, self._figure(table.cell(code)))
            for code, name in self._names(lines)
            if code != TOTAL
        ]
        note = "<br/>".join(dict.fromkeys(map(escape, self.words.pair("shaded"))))
        return BarsPiece("chart-bar", self._of(table), note, bars, grid)

    # -- words

    def _pair(self, label: Label) -> Pair:
        """A text that the release brings, in both languages, as markup; noted as used, so that a draft is marked."""
        row = SheetText("release", "", "", label.es, label.ht, label.en).judged(self.reviews)
        left, right = self.words.texts(row)
        return escape(left), escape(right)

    def _joined(self, label: Label) -> str:
        return " · ".join(dict.fromkeys(self._pair(label)))

    def _left_and_right(self) -> tuple[Mapping[str, str], Mapping[str, str]]:
        release, parameters = self.release, self.release.parameters
        said = {
            "office": release.office.name,
            "place": release.place.name,
            "threshold": str(parameters.threshold),
            "base": str(parameters.base),
            "office_persons": str(parameters.office_persons),
            "release": release.name,
            "fingerprint": release.sha256,
        }
        left, right = (
            {
                **said,
                "month": column.period(release.start, release.end),
                "first": column.date(release.start),
                "last": column.date(release.end),
            }
            for column in self.words.columns
        )
        return left, right

    def _facts(self) -> Facts:
        release = self.release
        impossible = any(cell.obs_status == "M" for table in release.tables for cell in table.cells)
        known = {"demo": release.office.demo, "total_only": release.total_only, "impossible": impossible}
        return Facts(
            flags=frozenset(name for name, is_so in known.items() if is_so),
            values=self.values,
            items={
                "meaning": tuple(map(self._meaning, release.indicators)),
                "law": (Line("", self._pair(release.legal)),),
            },
        )

    def _meaning(self, indicator: Indicator) -> Line:
        parts = (indicator.label, indicator.definition, indicator.source)
        units, sources = self.words.pair(indicator.unit), self.words.pair("read_from")
        left, right = (
            f"<b>{label}</b> ({escape(unit)}). {definition} {escape(before)} {source}"
            for unit, before, (label, definition, source) in zip(
                units, sources, zip(*map(self._pair, parts), strict=True), strict=True
            )
        )
        return Line("users" if indicator.unit == "persons" else "list-numbers", (left, right))


def _shown(table: ReleasedTable) -> list[ReleasedCell]:
    return [cell for cell in table.cells if cell.value is not None and TOTAL not in cell.codes]


def _chunks(items: list[T], size: int) -> Iterator[list[T]]:
    return (items[start : start + size] for start in range(0, len(items), size))
