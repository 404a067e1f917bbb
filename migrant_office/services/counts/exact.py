"""Exact counts, for the office's own management. They stay on the screen: no writer of files may import this."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from migrant_office.models.counts.catalogue import Catalogue, Table
from migrant_office.models.counts.record import Record
from migrant_office.models.counts.terms import TOTAL, UNKNOWN, Category, Indicator, Label, Lines, Unit
from migrant_office.services.counts.grouping import Stream, every_cell, streams
from migrant_office.services.counts.words import title_of, word_of


@dataclass(frozen=True, slots=True)
class ExactCell:
    """One exact figure, twice: `persons` are distinct people, `events` what happened to them."""

    codes: tuple[str, ...]
    persons: int
    events: int

    def value(self, unit: Unit) -> int:
        return self.persons if unit == "persons" else self.events


@dataclass(frozen=True)
class ExactTable:
    """One table of one indicator, exact, with every line of its dimensions and the margins ("_T")."""

    code: str
    label: Label
    indicator: str
    indicator_label: Label
    unit: Unit
    dimensions: tuple[Lines, ...]
    cells: tuple[ExactCell, ...]

    def cell(self, *codes: str) -> ExactCell:
        """The cell of these codes, in the order of the dimensions. Raises KeyError when there is none."""
        return self._by_codes[codes]

    @property
    def total(self) -> ExactCell:
        return self.cell(*(TOTAL for _ in self.dimensions))

    @cached_property
    def _by_codes(self) -> dict[tuple[str, ...], ExactCell]:
        return {cell.codes: cell for cell in self.cells}


def exact_tables(
    records: Iterable[Record],
    catalogue: Catalogue,
    period: str = "month",
    by: Sequence[str] | None = None,
    services: Mapping[str, str] | None = None,
) -> list[ExactTable]:
    """The catalogue's tables of a kind of period, exact; or with `by` one one-way table for each named dimension.

    `by` names dimensions ("sex", "age:survey", "nationality:each") or keys of `Record.extra`, for every indicator;
    `services` names the services that a dimension "service" lists by id. Every line has words, single values too.
    Raises KeyError for a scheme that is not there, ValueError for a record that no indicator counts.
    """
    by_stream = streams(records, catalogue)
    tables = catalogue.tables[period] if by is None else [_one_way(name, catalogue) for name in by]
    return [
        _exact(table, catalogue.indicator(code), by_stream[catalogue.indicator(code).counts], catalogue, services or {})
        for table in tables
        for code in table.indicators
    ]


def _one_way(name: str, catalogue: Catalogue) -> Table:
    return Table(
        code=name,
        label=_dimension_label(name, catalogue),
        dimensions=(catalogue.full_name(name),),
        indicators=tuple(indicator.code for indicator in catalogue.indicators),
    )


def _dimension_label(name: str, catalogue: Catalogue) -> Label:
    dimension = catalogue.dimension(name)
    return dimension.label if dimension.code in catalogue.dimensions else title_of(dimension.code)


def _exact(
    table: Table, indicator: Indicator, stream: Stream, catalogue: Catalogue, services: Mapping[str, str]
) -> ExactTable:
    lines = tuple(_lines(name, stream, catalogue, services) for name in table.dimensions)
    cells = []
    for codes in every_cell(lines):
        behind = stream.behind(table.dimensions, codes)
        cells.append(ExactCell(codes, len(behind.persons), len(behind.events)))
    return ExactTable(table.code, table.label, indicator.code, indicator.label, indicator.unit, lines, tuple(cells))


def _lines(name: str, stream: Stream, catalogue: Catalogue, services: Mapping[str, str]) -> Lines:
    """The lines of the catalogue; where every value has its own, those that occur, in words."""
    lines = catalogue.lines(name, _found(stream, name))
    if catalogue.scheme(name) is not None:
        return lines
    code = catalogue.dimension(name).code
    named = tuple(Category(one.code, word_of(code, one.code, services)) for one in lines.categories)
    return replace(lines, label=_dimension_label(name, catalogue), categories=named)


def _found(stream: Stream, name: str) -> list[str]:
    """The codes that occur, sorted, "no answer" last."""
    return sorted(set(stream.column(name)), key=lambda code: (code == UNKNOWN, code))
