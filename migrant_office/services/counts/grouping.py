"""The records of one stream of events, sorted into the cells of a table with all its margins."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from migrant_office.models.counts.catalogue import Catalogue
from migrant_office.models.counts.record import Record
from migrant_office.models.counts.terms import TOTAL, UNKNOWN, Lines

Codes = tuple[str, ...]
Cells = dict[Codes, list[int]]  # codes (one a dimension, "_T" for a margin) -> row numbers


@dataclass(frozen=True, slots=True)
class Behind:
    """The records behind one figure: each distinct person with how many events, and the distinct events (numbers)."""

    persons: Counter[str]
    events: set[int]


class Stream:
    """The events of one kind in the period, as columns; a row is one record.

    What is of a person (sex, age, nationality) is taken from the first event of that person, by id, so that one
    person stands on one line even when she has a birthday in the month. A row repeated changes nothing.
    """

    def __init__(self, records: Iterable[Record], catalogue: Catalogue) -> None:
        self._records = list(records)
        self._catalogue = catalogue
        self._columns: dict[str, list[str]] = {}
        self._cells: dict[tuple[str, ...], Cells] = {}
        self._behind: dict[frozenset[tuple[str, str]], Behind] = {}
        self.persons = [record.person for record in self._records]
        numbers: dict[tuple[str, str], int] = {}
        # An event is one person's; should one id stand for several persons, each of them had it.
        self.event_of = [numbers.setdefault((r.event, r.person), len(numbers)) for r in self._records]
        self.event_ids = [event for event, _person in numbers]
        self.person_of_event = [person for _event, person in numbers]
        self._first = self._first_rows()

    def _first_rows(self) -> list[Record]:
        """For every row the record of that person's first event."""
        first: dict[str, Record] = {}
        for record in self._records:
            known = first.setdefault(record.person, record)
            if record is not known and record.event <= known.event and _order(record) < _order(known):
                first[record.person] = record
        return [first[person] for person in self.persons]

    def column(self, name: str) -> list[str]:
        """The code of every row in a dimension ("age:month")."""
        if name not in self._columns:
            dimension, scheme = self._catalogue.dimension(name), self._catalogue.scheme(name)
            rows = self._first if dimension.of == "person" else self._records
            raw = [row.value(dimension.code) for row in rows]
            if scheme is None:
                codes: dict[str | int | None, str] = {value: _each(value) for value in set(raw)}
            else:
                codes = {value: scheme.code_of(value) for value in set(raw)}
            self._columns[name] = [codes[value] for value in raw]
        return self._columns[name]

    def cells(self, dimensions: Sequence[str]) -> Cells:
        """Row numbers by cell, margins included; only cells that have rows, and always the total."""
        names = tuple(dimensions)
        if names not in self._cells:
            base: Cells = defaultdict(list)
            columns = [self.column(name) for name in names]
            keys = zip(*columns, strict=True) if columns else itertools.repeat((), len(self.persons))
            for row, key in enumerate(keys):
                base[key].append(row)
            self._cells[names] = _with_margins(base, len(names))
        return self._cells[names]

    def behind(self, dimensions: Sequence[str], codes: Codes) -> Behind:
        """Who and what is behind one cell; worked out once for a cell that several tables share."""
        named = frozenset(pair for pair in zip(dimensions, codes, strict=True) if pair[1] != TOTAL)
        if named not in self._behind:
            rows = self.cells(dimensions).get(codes, [])
            events = set(map(self.event_of.__getitem__, rows))
            self._behind[named] = Behind(Counter(map(self.person_of_event.__getitem__, events)), events)
        return self._behind[named]


def streams(records: Iterable[Record], catalogue: Catalogue) -> dict[str, Stream]:
    """The records by stream; each stream of the catalogue is there, also without records.

    Raises ValueError for a record of a stream that no indicator counts: it would be lost without a word.
    """
    sorted_out: dict[str, list[Record]] = {name: [] for name in catalogue.streams}
    for record in records:
        if record.indicator not in sorted_out:
            raise ValueError(f"no indicator counts {record.indicator!r}")
        sorted_out[record.indicator].append(record)
    return {name: Stream(rows, catalogue) for name, rows in sorted_out.items()}


def _order(record: Record) -> tuple[object, ...]:
    """Which of two records of a person comes first: the older event; the rest makes the choice the same every time."""
    age = -1 if record.age is None else record.age
    return record.event, record.sex, age, record.nationality, record.service_type, sorted(record.extra.items())


def _each(value: str | int | None) -> str:
    return UNKNOWN if value is None or str(value) == "" or str(value).startswith("?") else str(value)


def every_cell(lines: Sequence[Lines]) -> Iterable[Codes]:
    """The codes of all cells of a table in reading order, margins last in each dimension."""
    return itertools.product(*([*(category.code for category in one.categories), TOTAL] for one in lines))


def _with_margins(base: Cells, width: int) -> Cells:
    cells: Cells = defaultdict(list, {(TOTAL,) * width: []})
    for key, rows in base.items():
        for kept in itertools.product((True, False), repeat=width):
            codes = tuple(code if keep else TOTAL for code, keep in zip(key, kept, strict=True))
            cells[codes].extend(rows)
    return dict(cells)
